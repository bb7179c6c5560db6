package org.citystream.service.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import java.nio.ByteBuffer;
import org.citystream.model.wire.JsonCodec;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457 problems for requests that Jetty refuses before any route hears of them, such as a path that is not UTF-8. By
 * itself it answers with a page that shows the path.
 */
public final class ServerProblems extends ErrorHandler {
    private ServerProblems() {}

    /** Adds them to a server that is being configured. */
    public static void addTo(JavalinConfig config) {
        ServerProblems problems = new ServerProblems();
        config.jetty.modifyServer(server -> server.setErrorHandler(problems));
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(problems));
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        String title = HttpStatus.getMessage(status);
        ObjectNode problem = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", message == null || status >= 500 ? title : message);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(JsonCodec.write(problem)), callback);
    }
}

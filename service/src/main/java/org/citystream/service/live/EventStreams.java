package org.citystream.service.live;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Streams of server-sent events. Javalin's own handler answers a request whose {@code Accept} does not name their type,
 * such as curl's, with an empty 200; these are for whoever asks.
 */
public final class EventStreams {
    private EventStreams() {}

    /**
     * Adds a stream to a server that is being configured.
     *
     * @param opened takes each new client, whose stream stays open until it is cut
     */
    public static void addTo(JavalinConfig config, String path, Consumer<EventConnection> opened) {
        config.routes.get(path, context -> {
            begin(context);
            context.async(task -> task.timeout = 0, () -> opened.accept(new EventConnection(context)));
        });
    }

    private static void begin(Context context) throws IOException {
        HttpServletResponse response = context.res();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setCharacterEncoding("UTF-8");
        response.setContentType("text/event-stream");
        response.addHeader("Connection", "close");
        response.addHeader("Cache-Control", "no-cache");
        // Proxies must not collect events until a buffer is full.
        response.addHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
    }
}

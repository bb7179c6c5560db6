package org.citystream.service.live;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;

/**
 * One client of an event stream, written to and ended directly. Javalin's own sending and closing go on with the request,
 * which the server has taken back when its connection broke, and then fail without end: a thread that only logs.
 */
public final class EventConnection {
    private final OutputStream out;
    private final Connection connection;

    /** Keeps the stream open when its handler returns. */
    EventConnection(Context context) {
        new SseClient(context).keepAlive();
        this.connection = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection();
        try {
            this.out = context.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event as it is written. */
    public static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data.replace("\r", "").replace("\n", "\ndata: ") + "\n\n";
    }

    /**
     * Sends events or comments; may wait for the client.
     *
     * @throws IOException if the connection is broken
     */
    public void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends the connection, and a write that waits on it; the client comes back if it wants to. */
    public void cut() {
        connection.close();
    }
}

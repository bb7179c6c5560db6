package org.citystream.dashboard.api;

import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.citystream.dashboard.live.LiveMessage;
import org.citystream.dashboard.live.Mailbox;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;

/** Writes one watcher's mailbox to its connection, a few times a second at most, so that news of a subject coalesce. */
final class LiveWriter implements Runnable {
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long IDLE = -1;
    private static final String HEARTBEAT = ": still here\n\n";

    private final SseClient client;
    private final Mailbox mailbox;
    private final Duration heartbeat;
    private final OutputStream out;
    private final AtomicLong writingSince = new AtomicLong(IDLE);
    private final Connection connection;

    LiveWriter(SseClient client, Mailbox mailbox, Duration heartbeat) {
        this.client = client;
        this.mailbox = mailbox;
        this.heartbeat = heartbeat;
        this.connection = ServletContextRequest.getServletContextRequest(
                        client.ctx().req())
                .getConnectionMetaData()
                .getConnection();
        try {
            this.out = client.ctx().res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /*
     * The stream is written directly: Javalin's own sending ends the request when a write fails, which the server has
     * done already, and fails loudly on what is left of it. So a connection that broke is only let go, and one that
     * works is closed in order.
     */
    @Override
    public void run() {
        try {
            while (!mailbox.isClosed()) {
                write(mailbox.take(heartbeat));
                LockSupport.parkNanos(PACE_NANOS);
            }
            client.close();
        } catch (IOException e) {
            abandon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<LiveMessage> messages) throws IOException {
        StringBuilder text = new StringBuilder(messages.isEmpty() ? HEARTBEAT : "");
        for (LiveMessage message : messages) {
            String data = message.json().replace("\r", "").replace("\n", "\ndata: ");
            text.append("event: ")
                    .append(message.event())
                    .append("\ndata: ")
                    .append(data)
                    .append("\n\n");
        }
        writingSince.set(System.nanoTime() & Long.MAX_VALUE);
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } finally {
            writingSince.set(IDLE);
        }
    }

    boolean isStuck(Duration patience) {
        long since = writingSince.get();
        return since != IDLE && (System.nanoTime() & Long.MAX_VALUE) - since > patience.toNanos();
    }

    /** Cuts the connection, which also ends a stuck write. */
    void abandon() {
        mailbox.close();
        connection.close();
    }
}

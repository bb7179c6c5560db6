package org.citystream.dashboard.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.citystream.dashboard.live.LiveMessage;
import org.citystream.dashboard.live.Mailbox;
import org.citystream.service.live.EventConnection;
import org.citystream.service.live.WriteWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one watcher's mailbox to its connection, a few times a second at most, so that news of a subject coalesce. */
final class LiveWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWriter.class);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String HEARTBEAT = ": still here\n\n";

    private final EventConnection connection;
    private final Mailbox mailbox;
    private final Duration heartbeat;
    private final WriteWatch watch = new WriteWatch();

    LiveWriter(EventConnection connection, Mailbox mailbox, Duration heartbeat) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.heartbeat = heartbeat;
    }

    @Override
    public void run() {
        try {
            while (!mailbox.isClosed()) {
                write(mailbox.take(heartbeat));
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (IOException e) {
            LOG.debug("a live client has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            abandon();
        }
    }

    private void write(List<LiveMessage> messages) throws IOException {
        StringBuilder text = new StringBuilder(messages.isEmpty() ? HEARTBEAT : "");
        for (LiveMessage message : messages) {
            text.append(EventConnection.event(message.event(), message.json()));
        }
        watch.during(() -> connection.write(text.toString()));
    }

    boolean isStuck(Duration patience) {
        return watch.isStuck(patience);
    }

    /** Cuts the connection, which also ends a stuck write. */
    void abandon() {
        mailbox.close();
        connection.cut();
    }
}

package org.citystream.dashboard.api;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.citystream.dashboard.live.LiveMessage;
import org.citystream.dashboard.live.Mailbox;
import org.jspecify.annotations.Nullable;

/** Writes one watcher's mailbox to its connection, a few times a second at most, so that news of a subject coalesce. */
final class LiveWriter implements Runnable {
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long IDLE = -1;

    private final SseClient client;
    private final Mailbox mailbox;
    private final Duration heartbeat;
    private final AtomicLong writingSince = new AtomicLong(IDLE);
    private volatile @Nullable Thread thread;

    LiveWriter(SseClient client, Mailbox mailbox, Duration heartbeat) {
        this.client = client;
        this.mailbox = mailbox;
        this.heartbeat = heartbeat;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!mailbox.isClosed() && !client.terminated()) {
                write(mailbox.take(heartbeat));
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }

    private void write(List<LiveMessage> messages) {
        if (messages.isEmpty()) {
            timed(() -> client.sendComment("still here"));
        }
        for (LiveMessage message : messages) {
            if (client.terminated()) {
                return;
            }
            timed(() -> client.sendEvent(message.event(), message.json()));
        }
    }

    private void timed(Runnable write) {
        writingSince.set(System.nanoTime() & Long.MAX_VALUE);
        try {
            write.run();
        } finally {
            writingSince.set(IDLE);
        }
    }

    boolean isStuck(Duration patience) {
        long since = writingSince.get();
        return since != IDLE && (System.nanoTime() & Long.MAX_VALUE) - since > patience.toNanos();
    }

    /** Breaks off a stuck write, which ends the connection. */
    void abandon() {
        mailbox.close();
        Thread writer = thread;
        if (writer != null) {
            writer.interrupt();
        }
    }
}

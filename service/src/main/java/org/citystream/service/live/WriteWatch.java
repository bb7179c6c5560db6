package org.citystream.service.live;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Whether a write to a client is stuck, for whoever looks after the threads that write. Thread-safe. */
public final class WriteWatch {
    private static final long IDLE = -1;

    private final AtomicLong writingSinceNanos = new AtomicLong(IDLE);

    /** A write, which may wait for the client. */
    @FunctionalInterface
    public interface Write {
        void run() throws IOException;
    }

    /** Writes; one at a time. */
    public void during(Write write) throws IOException {
        writingSinceNanos.set(System.nanoTime() & Long.MAX_VALUE);
        try {
            write.run();
        } finally {
            writingSinceNanos.set(IDLE);
        }
    }

    /** Whether the write under way, if there is one, has been waiting for longer. */
    public boolean isStuck(Duration patience) {
        long since = writingSinceNanos.get();
        return since != IDLE && (System.nanoTime() & Long.MAX_VALUE) - since > patience.toNanos();
    }
}

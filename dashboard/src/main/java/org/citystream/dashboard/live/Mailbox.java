package org.citystream.dashboard.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one watcher has yet to be told: the newest per subject, so that its size is bounded by the city and not by the
 * speed of the stream. Thread-safe.
 */
public final class Mailbox {
    private final Map<String, LiveMessage> pending = new LinkedHashMap<>();
    private boolean closed;

    /** Replaces what was pending on the same subject. */
    public synchronized void put(LiveMessage message) {
        if (closed) {
            return;
        }
        pending.remove(message.key());
        pending.put(message.key(), message);
        notifyAll();
    }

    /** Takes everything pending, oldest news first; waits for it, and returns nothing when time is up or on close. */
    public synchronized List<LiveMessage> take(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (pending.isEmpty() && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        List<LiveMessage> taken = new ArrayList<>(pending.values());
        pending.clear();
        return taken;
    }

    /** Ends waiting; nothing is taken in any more. */
    public synchronized void close() {
        closed = true;
        pending.clear();
        notifyAll();
    }

    public synchronized boolean isClosed() {
        return closed;
    }
}

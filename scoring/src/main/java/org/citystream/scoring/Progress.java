package org.citystream.scoring;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells every two seconds how far a long run is, and how long it may still take. Thread-safe. */
public final class Progress {
    private static final long BETWEEN_NANOS = 2_000_000_000L;
    private static final int LOOK_EVERY = 1 << 12;

    private final PrintWriter err;
    private final long all;
    private final long started = System.nanoTime();
    private long toldAt = started;
    private long read;

    /** @param all readings there are */
    public Progress(PrintWriter err, long all) {
        this.err = err;
        this.all = all;
    }

    /** One more reading is done. */
    public synchronized void read() {
        read++;
        if (read % LOOK_EVERY != 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - toldAt >= BETWEEN_NANOS) {
            toldAt = now;
            double seconds = (now - started) / 1e9;
            err.printf(
                    Locale.ROOT,
                    "%3d %% of %,d readings, %,.0f a second, %.0f s left%n",
                    Math.min(100, 100 * read / Math.max(1, all)),
                    all,
                    read / seconds,
                    Math.max(0, seconds / read * (all - read)));
            err.flush();
        }
    }
}

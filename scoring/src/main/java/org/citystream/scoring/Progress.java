package org.citystream.scoring;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells every few percent how far a long run is, and how long it may still take. */
final class Progress implements RecordedTraffic.Progress {
    private static final long BETWEEN_NANOS = 2_000_000_000L;
    private static final int LOOK_EVERY = 1 << 12;

    private final PrintWriter err;
    private final long started = System.nanoTime();
    private long toldAt = started;

    Progress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void read(long readings, long ofAll) {
        if (readings % LOOK_EVERY != 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - toldAt >= BETWEEN_NANOS) {
            toldAt = now;
            double seconds = (now - started) / 1e9;
            err.printf(
                    Locale.ROOT,
                    "%3d %% of %,d readings, %,.0f a second, %.0f s left%n",
                    100 * readings / ofAll,
                    ofAll,
                    readings / seconds,
                    seconds / readings * (ofAll - readings));
        }
    }

    void done() {
        err.flush();
    }
}

package org.citystream.simulator.publish;

import java.util.function.LongSupplier;

/** Lets readings pass as a load shape demands. What was held up by a slow broker is made up for. Belongs to one thread. */
final class LoadGate {
    private final LoadShape shape;
    private final LongSupplier nanoTime;
    private long begunNanos;
    private long passed;

    LoadGate(LoadShape shape, LongSupplier nanoTime) {
        this.shape = shape;
        this.nanoTime = nanoTime;
    }

    /** Whether one more may pass now; it then counts as passed. */
    boolean tryPass() {
        if (passed == 0 && begunNanos == 0) {
            begunNanos = nanoTime.getAsLong();
        }
        double seconds = (nanoTime.getAsLong() - begunNanos) / 1e9;
        if (shape.due(seconds) < passed + 1) {
            return false;
        }
        passed++;
        return true;
    }
}

package org.citystream.stack.up;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * The end of a stack, which comes once: services that are told to stop while they start make the start fail, and one that fails
 * may do so while Ctrl-C is pressed. Who comes second lets the first finish, which ends the process.
 */
public final class Ending {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final IntConsumer halt;

    /** @param halt ends the process with this exit code */
    public Ending(IntConsumer halt) {
        this.halt = halt;
    }

    /** Ends it in the way given, and the process whatever goes wrong meanwhile; never returns if somebody does so already. */
    public void by(Runnable end, int exitCode) throws InterruptedException {
        if (!begun.compareAndSet(false, true)) {
            new CountDownLatch(1).await();
        }
        try {
            end.run();
        } finally {
            halt.accept(exitCode);
        }
    }
}

package org.citystream.stack.up;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a stack, which comes once: services that are told to stop while they start make the start fail, and one that fails
 * may do so while Ctrl-C is pressed. Who comes second lets the first finish, which ends the process.
 */
public final class Ending {
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Ends it in the way given, if nobody does yet; else never returns. */
    public void by(Runnable end) throws InterruptedException {
        if (!begun.compareAndSet(false, true)) {
            new CountDownLatch(1).await();
        }
        end.run();
    }
}

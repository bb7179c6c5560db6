package org.citystream.simulator;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a state down once a second and at the end. */
final class StateKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

    private final Runnable write;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "state");
        thread.setDaemon(true);
        return thread;
    });

    private StateKeeper(Runnable write) {
        this.write = write;
    }

    static StateKeeper start(Runnable write) {
        StateKeeper keeper = new StateKeeper(write);
        keeper.executor.scheduleWithFixedDelay(keeper::tryWrite, 1, 1, TimeUnit.SECONDS);
        return keeper;
    }

    private void tryWrite() {
        try {
            write.run();
        } catch (RuntimeException e) {
            LOG.warn("the state was not written", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        executor.shutdown();
        if (executor.awaitTermination(2, TimeUnit.SECONDS)) {
            tryWrite();
        }
    }
}

package org.citystream.stack.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final Ending ending = new Ending();
    private final List<String> done = new CopyOnWriteArrayList<>();

    /** As when Ctrl-C stops services that are starting: the start fails by it, and that is no failure to tell. */
    @Test
    void whoComesSecondLetsTheFirstFinish() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread second = new Thread(() -> end("failed"));
        Thread first = new Thread(() -> {
            try {
                ending.by(() -> {
                    second.start();
                    await().until(() -> second.getState() == Thread.State.WAITING);
                    done.add("stopped");
                    stopped.countDown();
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        first.start();
        stopped.await();
        first.join();

        assertThat(done).containsExactly("stopped");
        assertThat(second.isAlive()).as("until the process ends").isTrue();
        second.interrupt();
        second.join();
        assertThat(done).containsExactly("stopped");
    }

    private void end(String how) {
        try {
            ending.by(() -> done.add(how));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

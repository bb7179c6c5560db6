package org.citystream.stack.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Ending ending = new Ending(exitCode -> done.add("exit code " + exitCode));

    /** As when Ctrl-C stops services that are starting: the start fails by it, and that is no failure to tell. */
    @Test
    void whoComesSecondLetsTheFirstFinish() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread second = new Thread(() -> end("failed"));
        Thread first = new Thread(() -> {
            try {
                ending.by(
                        () -> {
                            second.start();
                            await().until(() -> second.getState() == Thread.State.WAITING);
                            done.add("stopped");
                            stopped.countDown();
                        },
                        0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        first.start();
        stopped.await();
        first.join();

        assertThat(done).containsExactly("stopped", "exit code 0");
        assertThat(second.isAlive()).as("until the process ends").isTrue();
        second.interrupt();
        second.join();
        assertThat(done).containsExactly("stopped", "exit code 0");
    }

    /** As on a full disk, where not even that can be written. */
    @Test
    void anEndThatFailsEndsTheProcessAllTheSame() {
        assertThatThrownBy(() -> ending.by(
                        () -> {
                            throw new IllegalStateException("disk full");
                        },
                        1))
                .hasMessage("disk full");

        assertThat(done).containsExactly("exit code 1");
    }

    private void end(String how) {
        try {
            ending.by(() -> done.add(how), 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

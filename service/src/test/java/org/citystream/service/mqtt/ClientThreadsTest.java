package org.citystream.service.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientThreadsTest {
    @Test
    void whatEndsAThreadStartedWithinDoesNotReachTheProcess() throws Exception {
        AtomicReference<@Nullable Throwable> reached = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> reached.set(e));
        try {
            Thread user = new Thread(new ClientThreads("mqtt"), ClientThreadsTest::startAndAwait, "user");
            user.start();
            user.join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(reached).hasNullValue();
    }

    /** As Paho does: the thread names no group. */
    private static void startAndAwait() {
        Thread receiver = new Thread(
                () -> {
                    throw new IllegalStateException("closed meanwhile");
                },
                "MQTT Rec");
        receiver.start();
        try {
            receiver.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

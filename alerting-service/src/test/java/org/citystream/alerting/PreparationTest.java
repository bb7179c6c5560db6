package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreparationTest {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Preparation prepare(Preparation.Step rules, Preparation.Step database) {
        Preparation preparation =
                new Preparation(threads, Map.of("rules", rules, "database", database), begun::incrementAndGet);
        assertThat(preparation.problem()).contains("starting");
        preparation.start();
        return preparation;
    }

    private static Optional<String> metBy(CountDownLatch mine, CountDownLatch other) {
        mine.countDown();
        try {
            other.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Test
    void stepsAreTakenSideBySide() {
        CountDownLatch rules = new CountDownLatch(1);
        CountDownLatch database = new CountDownLatch(1);
        Preparation preparation = prepare(() -> metBy(rules, database), () -> metBy(database, rules));
        await().until(() -> begun.get() == 1);
        assertThat(preparation.problem()).isEmpty();
    }

    @Test
    void aStepIsTriedUntilItIsDoneAndTheWorkBeginsOnceAfterTheLast() {
        AtomicBoolean rules = new AtomicBoolean();
        AtomicInteger refusals = new AtomicInteger();
        Preparation preparation = prepare(() -> rules.get() ? Optional.empty() : Optional.of("no rules yet"), () -> {
            if (refusals.incrementAndGet() < 3) {
                throw new IllegalStateException("no database");
            }
            return Optional.empty();
        });
        await().until(() -> preparation.problem().equals(Optional.of("no database; no rules yet")));
        await().until(() -> refusals.get() == 3);
        await().until(() -> preparation.problem().equals(Optional.of("no rules yet")));
        assertThat(begun).hasValue(0);
        rules.set(true);
        await().until(() -> begun.get() == 1);
        assertThat(preparation.problem()).isEmpty();
        assertThat(refusals).as("what is done is done").hasValue(3);
    }
}

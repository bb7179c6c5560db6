package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.citystream.alerting.rule.RuleLogException;
import org.citystream.model.reading.ClockState;
import org.junit.jupiter.api.Test;

class CityClockTest {
    private static final Instant WALL = Instant.parse("2026-11-27T12:00:00Z");
    private static final Instant CITY = Instant.parse("2014-10-01T06:00:00Z");

    private Instant now = WALL;

    @Test
    void itIsTheWallClockUntilThereIsAnotherToRead() {
        assertThat(new CityClock(Optional::empty, () -> now).get()).isEqualTo(WALL);
    }

    @Test
    void itIsCarriedOnAtItsSpeedAlsoWhileItCannotBeRead() {
        CompletableFuture<Boolean> away = new CompletableFuture<>();
        CityClock clock = new CityClock(
                () -> {
                    if (away.isDone()) {
                        throw new RuleLogException("played", new IllegalStateException());
                    }
                    return Optional.of(new ClockState(CITY, 60, null, "replay"));
                },
                () -> now);
        clock.read();
        away.complete(true);
        now = WALL.plusSeconds(10);
        clock.read();

        assertThat(clock.get()).isEqualTo(CITY.plus(Duration.ofMinutes(10)));
    }

    @Test
    void itAnswersWhileItIsBeingRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CityClock clock = new CityClock(
                () -> {
                    reading.countDown();
                    awaitQuietly(answered);
                    return Optional.empty();
                },
                () -> now);
        CompletableFuture<Void> slow = CompletableFuture.runAsync(clock::read);
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

        Instant answer = CompletableFuture.supplyAsync(clock::get).get(10, TimeUnit.SECONDS);

        assertThat(answer).isEqualTo(WALL);
        answered.countDown();
        slow.get(10, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.citystream.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.citystream.model.reading.ClockState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeploymentClockTest {
    private static final Instant WALL_START = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant FEBRUARY_2014 = Instant.parse("2014-02-13T11:30:00Z");

    private final Wall wall = new Wall(WALL_START.toString());

    private static ClockState announcement(Instant now, double speed) {
        return new ClockState(now, speed, null, "replay");
    }

    @Nested
    class FromTheWall {
        private final DeploymentClock clock = new DeploymentClock(ClockSource.WALL, wall);

        @Test
        void isTheWallClock() {
            assertThat(clock.stamp(null)).contains(WALL_START);
            wall.passes(Duration.ofSeconds(3));
            assertThat(clock.now()).contains(WALL_START.plusSeconds(3));
            assertThat(clock.sourceName()).isEqualTo("wall");
            assertThat(clock.problem()).isEmpty();
        }

        @Test
        void heedsNobodyElse() {
            clock.announced(announcement(WALL_START.plusSeconds(3_600), 60));
            assertThat(clock.stamp(WALL_START.plusSeconds(7_200))).contains(WALL_START);
            assertThat(clock.speed()).isEqualTo(1);
        }

        @Test
        void standsStillWhenTheHostsClockIsSetBack() {
            clock.stamp(null);
            wall.passes(Duration.ofSeconds(-3));
            assertThat(clock.stamp(null)).contains(WALL_START);
            assertThat(clock.problem()).isEmpty();
            wall.passes(Duration.ofSeconds(-3));
            assertThat(clock.problem())
                    .get()
                    .asString()
                    .contains("2026-11-23T08:00:00Z")
                    .contains("host's clock");
        }

        @Test
        void afterARestartDoesNotStandBeforeItsLastTick() {
            clock.resume(WALL_START.plusSeconds(4));
            assertThat(clock.now()).contains(WALL_START.plusSeconds(4));
            assertThat(clock.problem()).isEmpty();
            wall.passes(Duration.ofSeconds(10));
            assertThat(clock.now()).contains(WALL_START.plusSeconds(10));
        }

        @Test
        void futureToleranceIsTwoMinutes() {
            assertThat(clock.futureTolerance()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @Nested
    class Published {
        private final DeploymentClock clock = new DeploymentClock(ClockSource.PUBLISHED, wall);

        @Test
        void doesNotExistUntilSomebodyPublishesIt() {
            assertThat(clock.stamp(null)).isEmpty();
            assertThat(clock.now()).isEmpty();
            assertThat(clock.problem()).isEmpty();
        }

        @Test
        void isWhatThePublishersReadingsSay() {
            assertThat(clock.stamp(FEBRUARY_2014)).contains(FEBRUARY_2014);
            assertThat(clock.now()).contains(FEBRUARY_2014);
        }

        @Test
        void othersGetItExtrapolatedAtItsSpeed() {
            clock.announced(announcement(FEBRUARY_2014, 10));
            wall.passes(Duration.ofMillis(500));
            assertThat(clock.stamp(null)).contains(FEBRUARY_2014.plusSeconds(5));
        }

        @Test
        void extrapolationEndsWhenThePublisherIsGone() {
            clock.announced(announcement(FEBRUARY_2014, 10));
            wall.passes(Duration.ofHours(1));
            assertThat(clock.stamp(null)).contains(FEBRUARY_2014.plusSeconds(20));
        }

        @Test
        void extrapolationDoesNotLeaveThePublishersOwnReadingsHoursBehind() {
            clock.announced(announcement(FEBRUARY_2014, 100_000));
            wall.passes(Duration.ofSeconds(1));
            assertThat(clock.stamp(null)).contains(FEBRUARY_2014.plus(DeploymentClock.MAX_LEAD));
        }

        @Test
        void ticksDoNotRunAheadOfReadingsOnTheirWay() {
            clock.announced(announcement(FEBRUARY_2014, 600));
            wall.passes(Duration.ofSeconds(1));
            assertThat(clock.now()).contains(FEBRUARY_2014);
        }

        @Test
        void ticksFollowWhatOthersWereStampedWith() {
            clock.announced(announcement(FEBRUARY_2014, 60));
            wall.passes(Duration.ofSeconds(1));
            Instant stamped = clock.stamp(null).orElseThrow();
            assertThat(clock.now()).contains(stamped);
        }

        @Test
        void neverRunsBackwards() {
            clock.stamp(FEBRUARY_2014);
            assertThat(clock.stamp(FEBRUARY_2014.minusSeconds(60))).contains(FEBRUARY_2014);
            clock.announced(announcement(FEBRUARY_2014.minusSeconds(30), 1));
            assertThat(clock.now()).contains(FEBRUARY_2014);
            assertThat(clock.problem()).as("a minute is no other era").isEmpty();
        }

        @Test
        void replayOfAnEarlierYearIsRefusedWithTheRemedy() {
            clock.resume(WALL_START);
            clock.announced(announcement(FEBRUARY_2014, 60));
            assertThat(clock.now()).contains(WALL_START);
            assertThat(clock.problem()).get().asString().contains("2014-02-13").contains("data directory of its own");
            clock.announced(announcement(WALL_START.plusSeconds(1), 1));
            assertThat(clock.problem()).isEmpty();
        }

        @Test
        void takesUpWhereItStoodBeforeARestart() {
            clock.resume(new ClockState(FEBRUARY_2014, 60, FEBRUARY_2014, "replay"));
            wall.passes(Duration.ofSeconds(1));
            assertThat(clock.stamp(null))
                    .as("nobody has said that time goes on")
                    .contains(FEBRUARY_2014);
            assertThat(clock.futureTolerance()).isEqualTo(Duration.ofMinutes(2));
            assertThat(clock.sourceName()).isEqualTo("replay");
        }

        @Test
        void futureToleranceGrowsWithSpeed() {
            clock.announced(announcement(FEBRUARY_2014, 600));
            assertThat(clock.futureTolerance()).isEqualTo(Duration.ofMinutes(20));
        }

        @Test
        void impossibleSpeedsAreNotTaken() {
            clock.announced(announcement(FEBRUARY_2014, 60));
            clock.announced(announcement(FEBRUARY_2014, Double.NaN));
            clock.announced(announcement(FEBRUARY_2014, -1));
            assertThat(clock.speed()).isEqualTo(60);
        }
    }
}

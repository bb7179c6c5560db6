package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citystream.stack.failure.CityFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that goes a quarter of a second each time it is asked stands for the wall clock. */
@Timeout(20)
class OrdealTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> done = new ArrayList<>();
    private final Part gateway = new Part("gateway", Proof.READINGS);
    private final Part kafka = new Part("kafka", Proof.SUMMARIES);
    private Instant now = EIGHT;
    private Instant readingsStopAt = Instant.MAX;
    private Instant readingsFlowAgainAt = Instant.MIN;
    private Duration longestGap = Duration.ofMillis(1_500);

    @Test
    void recoveryIsCountedFromTheFaultToTheFirstNewReading() throws Exception {
        gateway.wellAfter = Duration.ofSeconds(4);
        gateway.onFault = () -> {
            readingsStopAt = now;
            readingsFlowAgainAt = now.plusSeconds(7);
        };

        Outcome outcome = only(run(fault("gateway", FaultKind.KILL)));

        assertThat(outcome.recovered()).isTrue();
        assertThat(outcome.recovery()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void aPauseIsEndedAndRecoveryCountedFromItsEnd() throws Exception {
        kafka.wellAfter = Duration.ofSeconds(3);

        Outcome outcome = only(run(fault("kafka", FaultKind.PAUSE)));

        assertThat(done).containsExactly("pause of kafka", "end of kafka's");
        assertThat(outcome.recovery()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    @Test
    void theLastReadingsThatWereOnTheirWayAreNoRecovery() throws Exception {
        gateway.onFault = () -> {
            readingsStopAt = now.plusSeconds(1);
            readingsFlowAgainAt = now.plusSeconds(30);
        };

        Outcome outcome = only(run(fault("gateway", FaultKind.HALF_OPEN)));

        assertThat(outcome.recovery()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
    }

    @Test
    void whereReadingsAreFarApartOneIsEnough() throws Exception {
        longestGap = Duration.ofDays(1);
        gateway.onFault = () -> {
            readingsStopAt = now.plusSeconds(1);
            readingsFlowAgainAt = now.plusSeconds(50);
        };

        Outcome outcome = only(run(fault("gateway", FaultKind.KILL)));

        assertThat(outcome.recovery()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void whatLooksWellOnlyForAMomentHasNotRecovered() throws Exception {
        gateway.wellAfter = Duration.ofSeconds(5);
        gateway.stillLooksWellFor = Duration.ofSeconds(1);

        Outcome outcome = only(run(fault("gateway", FaultKind.KILL)));

        assertThat(outcome.recovery()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theNextFaultWaitsUntilEverythingIsWell() throws Exception {
        gateway.onFault = () -> kafka.brokenSince = now;
        kafka.wellAfter = Duration.ofSeconds(20);

        List<Outcome> outcomes = run(fault("gateway", FaultKind.KILL), fault("kafka", FaultKind.RESTART));

        assertThat(outcomes.get(0).recovery()).isLessThan(Duration.ofSeconds(3));
        assertThat(outcomes.get(0).whole()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(outcomes.get(1).begunAt()).isAfterOrEqualTo(outcomes.get(0).endedAt());
    }

    @Test
    void aFaultWithoutRecoveryIsTheLastAndSaysWhatIsWrong() throws Exception {
        gateway.wellAfter = Duration.ofDays(1);

        List<Outcome> outcomes = run(fault("gateway", FaultKind.KILL), fault("kafka", FaultKind.RESTART));

        assertThat(only(outcomes).recovered()).isFalse();
        assertThat(only(outcomes).problem()).isEqualTo("broken");
        assertThat(done).containsExactly("kill of gateway");
    }

    /** What has been broken so far is to be audited all the same. */
    @Test
    void aFaultThatCannotBeInflictedIsTheLastAndSaysWhy() throws Exception {
        kafka.onFault = () -> {
            throw new CityFailure("the command for kafka ended with 7", "run it by hand");
        };

        List<Outcome> outcomes = run(
                fault("gateway", FaultKind.KILL), fault("kafka", FaultKind.RESTART), fault("gateway", FaultKind.KILL));

        assertThat(outcomes).extracting(Outcome::recovered).containsExactly(true, false);
        assertThat(outcomes.get(1).problem()).contains("the command for kafka ended with 7");
        assertThat(done).containsExactly("kill of gateway", "restart of kafka");
    }

    @Test
    void aPauseThatCannotBeEndedKeepsNoOtherFromItsEnd() throws Exception {
        gateway.onRelief = () -> {
            throw new CityFailure("the command for gateway ended with 1", "run it by hand");
        };

        List<Outcome> outcomes = ordeal().run(
                        List.of(fault("gateway", FaultKind.PAUSE), fault("kafka", FaultKind.PAUSE)),
                        new Pace(2, Duration.ZERO),
                        Interlude.NONE);

        assertThat(done).endsWith("end of gateway's", "end of kafka's");
        assertThat(outcomes).extracting(Outcome::recovered).containsExactly(false, false);
    }

    @Test
    void nothingBeginsWhileSomethingIsWrong() throws Exception {
        kafka.brokenSince = EIGHT;
        kafka.wellAfter = Duration.ofDays(1);

        assertThat(ordeal().awaitWell()).contains("kafka: broken");
    }

    @Test
    void thoseOfARoundBeginTogetherAndAreJudgedByThemselves() throws Exception {
        gateway.wellAfter = Duration.ofSeconds(4);
        kafka.wellAfter = Duration.ofSeconds(20);

        List<Outcome> outcomes = ordeal().run(
                        List.of(fault("gateway", FaultKind.PAUSE), fault("kafka", FaultKind.KILL)),
                        new Pace(2, Duration.ZERO),
                        () -> done.add("all well"));

        assertThat(done).containsExactly("pause of gateway", "kill of kafka", "end of gateway's", "all well");
        assertThat(outcomes)
                .extracting(Outcome::begunAt)
                .containsOnly(outcomes.get(0).begunAt());
        assertThat(outcomes.get(0).recovery()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
        assertThat(outcomes.get(0).whole()).isGreaterThan(Duration.ofSeconds(18));
        assertThat(outcomes.get(1).recovery()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(23));
    }

    @Test
    void faultsAreKeptApart() throws Exception {
        List<Outcome> outcomes = ordeal().run(
                        List.of(fault("gateway", FaultKind.KILL), fault("kafka", FaultKind.KILL)),
                        new Pace(1, Duration.ofMinutes(2)),
                        () -> done.add("all well"));

        assertThat(done).containsExactly("kill of gateway", "all well", "kill of kafka", "all well");
        assertThat(Duration.between(outcomes.get(0).begunAt(), outcomes.get(1).begunAt()))
                .isBetween(Duration.ofSeconds(119), Duration.ofSeconds(123));
    }

    private List<Outcome> run(PlannedFault... faults) throws InterruptedException {
        return ordeal().run(List.of(faults), Pace.ONE_BY_ONE, Interlude.NONE);
    }

    private Ordeal ordeal() {
        InstantSource clock = () -> {
            now = now.plusMillis(250);
            return now;
        };
        Flow flow = new Flow() {
            @Override
            public Instant lastReadingAt() {
                return now.isAfter(readingsFlowAgainAt) || now.isBefore(readingsStopAt) ? now : readingsStopAt;
            }

            @Override
            public Instant lastSummaryAt() {
                return lastReadingAt();
            }

            @Override
            public Duration longestGap() {
                return longestGap;
            }
        };
        return new Ordeal(
                new Pipeline(List.of(gateway, kafka), flow), PATIENCE, Duration.ofMillis(1), clock, outcome -> {});
    }

    private static PlannedFault fault(String component, FaultKind kind) {
        return new PlannedFault(1, component, kind, Duration.ZERO, Duration.ofMillis(5));
    }

    private static Outcome only(List<Outcome> outcomes) {
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private final class Part implements Component {
        private final String name;
        private final Proof proof;
        private Duration wellAfter = Duration.ZERO;
        private Duration stillLooksWellFor = Duration.ZERO;
        private Instant brokenSince = Instant.MIN;
        private Runnable onFault = () -> {};
        private Runnable onRelief = () -> {};
        private boolean paused;

        private Part(String name, Proof proof) {
            this.name = name;
            this.proof = proof;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<FaultKind> faults() {
            return EnumSet.allOf(FaultKind.class);
        }

        @Override
        public void inflict(FaultKind kind) {
            done.add(kind.wireName() + " of " + name);
            paused = kind.lasts();
            brokenSince = now;
            onFault.run();
        }

        @Override
        public void relieve() {
            if (paused) {
                done.add("end of " + name + "'s");
                onRelief.run();
            }
        }

        @Override
        public Optional<String> problem() {
            boolean well = brokenSince.equals(Instant.MIN)
                    || now.isBefore(brokenSince.plus(stillLooksWellFor))
                    || now.isAfter(brokenSince.plus(wellAfter));
            return well ? Optional.empty() : Optional.of("broken");
        }

        @Override
        public Proof proof() {
            return proof;
        }
    }
}

package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisturbancesTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration RECOVERY = Duration.ofSeconds(12);

    /** Of a stack with lines; one kind of fault is as good as another here. */
    private static final List<String> COMPONENTS = List.of(
            "gateway",
            "mqtt",
            "kafka",
            "flink-jobmanager",
            "flink-taskmanager",
            "postgres",
            "alerting",
            "timeseries",
            "dashboard",
            "line-to-mqtt",
            "line-to-kafka",
            "line-to-postgres",
            "line-to-timeseries");

    @Test
    void onlyWhatReadingsPassThroughExplainsACopyAndNotForLong() {
        List<String> options = new Disturbances(StackPipeline::isOnTheWayIn)
                .options(
                        EIGHT.minusSeconds(30),
                        List.of(
                                outcome(fault("flink-taskmanager"), EIGHT),
                                outcome(fault("mqtt"), EIGHT.plusSeconds(60))));

        assertThat(options)
                .containsExactly(
                        "--disturbed",
                        "1970-01-01T00:00:00Z/2026-11-23T07:59:30Z",
                        "--disturbed",
                        "2026-11-23T08:01:00Z/2026-11-23T08:01:27Z");
    }

    /** Nothing on the way in is broken: every copy of the run needs another explanation. */
    @Test
    void aRunThatBreaksNothingOnTheWayInIsAskedForCopiesAllTheSame() {
        assertThat(new Disturbances(StackPipeline::isOnTheWayIn)
                        .options(EIGHT, List.of(outcome(fault("dashboard"), EIGHT.plusSeconds(5)))))
                .containsExactly("--disturbed", "1970-01-01T00:00:00Z/2026-11-23T08:00:00Z");
    }

    /** However the seed falls: a copy that arrives at some other time is found. */
    @Test
    void theFaultsOfAPlanLeaveMuchOfARunUndisturbed() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Outcome> outcomes = run(seed);
            List<String> options = new Disturbances(StackPipeline::isOnTheWayIn).options(EIGHT, outcomes);
            long undisturbed = IntStream.range(0, seconds(EIGHT, outcomes.get(9).endedAt()))
                    .mapToObj(EIGHT::plusSeconds)
                    .filter(second -> !covers(options, second))
                    .count();

            assertThat(undisturbed).as("seconds of seed " + seed).isGreaterThan(20);
        }
    }

    /** Ten faults, the next as soon as all is well and the plan's calm is over. */
    private static List<Outcome> run(long seed) {
        Map<String, Set<FaultKind>> permitted = new TreeMap<>();
        COMPONENTS.forEach(component -> permitted.put(component, EnumSet.of(FaultKind.KILL)));
        List<Outcome> outcomes = new ArrayList<>();
        Instant now = EIGHT;
        for (PlannedFault fault : FaultPlan.of(seed, 10, permitted)) {
            Outcome outcome = outcome(fault, now.plus(fault.calm()));
            outcomes.add(outcome);
            now = outcome.endedAt();
        }
        return outcomes;
    }

    private static boolean covers(List<String> options, Instant time) {
        return options.stream().filter(option -> option.contains("/")).anyMatch(period -> {
            String[] ends = period.split("/", -1);
            return !time.isBefore(Instant.parse(ends[0])) && !time.isAfter(Instant.parse(ends[1]));
        });
    }

    private static int seconds(Instant from, Instant to) {
        return (int) Duration.between(from, to).toSeconds();
    }

    private static PlannedFault fault(String component) {
        return new PlannedFault(1, component, FaultKind.KILL, Duration.ZERO, Duration.ZERO);
    }

    private static Outcome outcome(PlannedFault fault, Instant begunAt) {
        return new Outcome(fault, begunAt, begunAt.plus(RECOVERY), RECOVERY, RECOVERY, "");
    }
}

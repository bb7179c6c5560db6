package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.citystream.analytics.pane.ArrivalProperty;
import org.citystream.analytics.pane.Compared;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneCity;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.model.event.SubjectType;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.RandomTraffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results of road segments and corridors do not depend on how readings arrive; see {@link ArrivalProperty} for cases and seeds. */
class ArrivalOrderTest {
    /** A rush hour, a midnight in Copenhagen, and the night in which clocks are set back. */
    private static final List<Instant> BEGINNINGS = List.of(
            Instant.parse("2026-11-23T05:00:00Z"),
            Instant.parse("2026-11-23T21:00:00Z"),
            Instant.parse("2026-10-24T22:30:00Z"));

    private static final int CASES = 200;
    private static final Compared compared = new Compared();

    private final ArrivalProperty<TrafficReading, TrafficState, TrafficSummary> property = new ArrivalProperty<>(
            ArrivalOrderTest::city,
            TrafficCity::withCorridors,
            ArrivalOrderTest::observation,
            RandomTraffic::observedAt,
            Map.of(
                    PaneTiming.TRAFFIC,
                    1,
                    timing(Duration.ofHours(1), Duration.ofMinutes(30)),
                    2,
                    timing(Duration.ofMinutes(30), Duration.ofMinutes(25)),
                    13));

    private static PaneTiming timing(Duration horizon, Duration longestPeriod) {
        return PaneTiming.standard(TrafficFold.PANE, horizon, longestPeriod);
    }

    static LongStream seeds() {
        return ArrivalProperty.seeds(CASES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void resultsDoNotDependOnArrival(long seed) {
        compared.add(property.holds(seed));
    }

    /** Cases in which nothing happens would prove nothing. */
    @AfterAll
    static void somethingHappened() {
        compared.print("traffic");
        if (compared.cases() >= CASES) {
            assertThat(compared.episodes(SubjectType.ROAD_SEGMENT, RuleKind.CONGESTION))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.ROAD_SEGMENT, RuleKind.THRESHOLD))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.CORRIDOR, RuleKind.CONGESTION))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.CORRIDOR, RuleKind.INCIDENT))
                    .isPositive();
        }
    }

    /** Now and then a hundred segments, of whose sensors one may lie; else a few, over more than the horizon. */
    private static City<TrafficReading> city(Random random, PaneTiming timing) {
        Instant from = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
        return random.nextInt(100) == 0
                ? RandomTraffic.city(random, 100, from, Duration.ofMinutes(40))
                : RandomTraffic.city(
                        random,
                        1 + random.nextInt(5),
                        from,
                        timing.horizon().multipliedBy(4).dividedBy(3).plusMinutes(30));
    }

    private static Observation observation(PaneCity<TrafficState, TrafficSummary> city, TrafficReading reading) {
        return TrafficMeasure.observation(city.registry(), reading);
    }
}

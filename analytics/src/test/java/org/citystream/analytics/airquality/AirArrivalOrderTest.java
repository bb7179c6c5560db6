package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.citystream.analytics.pane.ArrivalProperty;
import org.citystream.analytics.pane.Compared;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneCity;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.rule.RuleKind;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.RandomAir;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results of air stations do not depend on how readings arrive; see {@link ArrivalProperty} for cases and seeds. */
class AirArrivalOrderTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    private static final int CASES = 200;
    private static final Compared compared = new Compared();

    private final ArrivalProperty<AirQualityReading, AirState, AirHour> property = new ArrivalProperty<>(
            AirArrivalOrderTest::city,
            AirCity::new,
            AirArrivalOrderTest::observation,
            RandomAir::observedAt,
            Map.of(
                    PaneTiming.AIR,
                    1,
                    timing(Duration.ofHours(24), Duration.ofHours(4)),
                    1,
                    timing(Duration.ofHours(6), Duration.ofHours(4)),
                    4,
                    timing(Duration.ofHours(3), Duration.ofHours(4)),
                    8,
                    timing(Duration.ofHours(3), Duration.ofHours(5)).withPreviewEvery(Duration.ofMinutes(5)),
                    2));

    private static PaneTiming timing(Duration horizon, Duration longestPeriod) {
        return PaneTiming.standard(AirFold.PANE, horizon, longestPeriod);
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
        compared.print("air quality");
        if (compared.cases() >= CASES) {
            assertThat(compared.episodes(SubjectType.STATION, RuleKind.AIR_INDEX))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.STATION, RuleKind.AIR_EXCEEDANCE))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.STATION, RuleKind.AIR_RAPID_RISE))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.STATION, RuleKind.THRESHOLD))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.DISTRICT, RuleKind.AIR_INDEX))
                    .isPositive();
            assertThat(compared.episodes(SubjectType.DISTRICT, RuleKind.AIR_EXCEEDANCE))
                    .isPositive();
        }
    }

    /** Now and then a hundred stations, of whose sensors one may lie; else a few, over more than the horizon. */
    private static City<AirQualityReading> city(Random random, PaneTiming timing) {
        return random.nextInt(100) == 0
                ? RandomAir.city(random, 100, MIDNIGHT, Duration.ofHours(12))
                : RandomAir.city(
                        random,
                        1 + random.nextInt(3),
                        MIDNIGHT,
                        timing.horizon().multipliedBy(4).dividedBy(3).plusHours(6));
    }

    private static Observation observation(PaneCity<AirState, AirHour> city, AirQualityReading reading) {
        Sensor sensor = city.registry()
                .observer(reading.sensorId(), reading.observedAt().toEpochMilli());
        Integer seconds = reading.periodSeconds();
        return AirObservations.of(
                sensor == null ? reading.sensorId() : sensor.subjectId(),
                reading.sensorId(),
                reading.observedAt().toEpochMilli(),
                1000L * (seconds == null ? Sensor.DEFAULT_INTERVAL_SECONDS : seconds),
                reading.bootId(),
                reading.sequence() == null ? 0 : reading.sequence(),
                RecordedAir.values(reading));
    }
}

package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.place.SensorLog;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reading on its way into a segment's minutes. */
class ReadingTotalsTest {
    private static final long NOT_MEASURED = Observation.NOT_MEASURED;
    private static final Instant OBSERVED_AT = OneMinute.END;

    /** Of the segment "a", every half minute. */
    private static final Detector HALF_MINUTELY =
            new Detector("loop-a", OneMinute.SEGMENT, 1, Facility.FREEWAY, Measurement.POINT, 100.0, 30);

    private static TrafficReading reading(
            @Nullable Integer periodSeconds,
            @Nullable Integer lane,
            @Nullable Integer count,
            @Nullable Double speedKmh,
            @Nullable Double occupancy) {
        return new TrafficReading(
                "loop-a",
                OBSERVED_AT,
                periodSeconds,
                null,
                null,
                lane,
                count,
                speedKmh,
                occupancy,
                null,
                null,
                null,
                null,
                null);
    }

    private static Observation ofRegistered(TrafficReading reading) {
        return TrafficMeasure.observation(OneMinute.of(HALF_MINUTELY).registry(), reading);
    }

    /** 12 vehicles at 40 km/h need 0.3 h for a kilometre, together; a quarter of a minute is 15 s. */
    @Test
    void vehiclesTimeForAKilometreAndTimeCovered() {
        assertThat(TrafficMeasure.totals(12, 40, 0.25, 60_000))
                .containsExactly(12_000, 12_000, 300_000_000, 15_000_000);
    }

    @Test
    void aSpeedWithoutACountIsThatOfOneVehicle() {
        assertThat(TrafficMeasure.totals(Double.NaN, 50, Double.NaN, 60_000))
                .containsExactly(NOT_MEASURED, 1000, 20_000_000, NOT_MEASURED);
    }

    @Test
    void whereNothingPassedThereIsNoSpeed() {
        assertThat(TrafficMeasure.totals(0, 50, 0, 60_000)).containsExactly(0, NOT_MEASURED, NOT_MEASURED, 0);
        assertThat(TrafficMeasure.totals(5, 0, Double.NaN, 60_000))
                .containsExactly(5000, NOT_MEASURED, NOT_MEASURED, NOT_MEASURED);
        assertThat(TrafficMeasure.speedKmh(1000, 0)).isNaN();
    }

    @Test
    void segmentAndPeriodAreThoseOfTheRegistry() {
        Observation observation = ofRegistered(reading(null, 2, 12, 40.0, 0.25));

        assertThat(observation.subjectId()).isEqualTo(OneMinute.SEGMENT);
        assertThat(observation.sensorId()).isEqualTo("loop-a");
        assertThat(observation.laneId()).isEqualTo(2);
        assertThat(observation.observedAt()).isEqualTo(OBSERVED_AT.toEpochMilli());
        assertThat(observation.periodMillis()).isEqualTo(30_000);
        assertThat(observation.support()).isEqualTo(12);
        assertThat(observation.totals()).containsExactly(12_000, 12_000, 300_000_000, 7_500_000);
    }

    @Test
    void aReadingThatTellsItsPeriodIsBelieved() {
        assertThat(ofRegistered(reading(20, null, 12, 40.0, null)).periodMillis())
                .isEqualTo(20_000);
    }

    @Test
    void aSensorThatNobodyHasRegisteredIsItsOwnSegmentByTheMinute() {
        Observation observation = TrafficMeasure.observation(new SensorLog(), reading(null, null, null, 50.0, null));

        assertThat(observation.subjectId()).isEqualTo("loop-a");
        assertThat(observation.laneId()).as("the whole carriageway").isZero();
        assertThat(observation.periodMillis()).isEqualTo(60_000);
        assertThat(observation.support()).as("the reading itself").isEqualTo(1);
        assertThat(observation.totals()).containsExactly(NOT_MEASURED, 1000, 20_000_000, NOT_MEASURED);
    }

    @Test
    void aReadingIsKnownByItsBootAndSequenceElseByItsTime() {
        TrafficReading numbered = new TrafficReading(
                "loop-a", OBSERVED_AT, null, "boot-1", 7L, null, 12, 40.0, null, null, null, null, null, null);

        assertThat(ofRegistered(numbered).boot()).isEqualTo(Identity.bootKey("boot-1"));
        assertThat(ofRegistered(numbered).number()).isEqualTo(7);

        Observation unnumbered = ofRegistered(reading(null, null, 12, 40.0, null));
        assertThat(unnumbered.boot()).isEqualTo(Identity.NO_BOOT);
        assertThat(unnumbered.number()).isEqualTo(OBSERVED_AT.toEpochMilli());
    }
}

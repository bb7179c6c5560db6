package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.summary.ExcludedSensor;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;

/** A street with two detectors, of which one has a fault. */
class BelievedTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final ExcludedSensor STUCK = new ExcludedSensor("loop-a", null, "stuck");

    private final Detector loop = Detector.onStreet("a", 50.0);
    private final Detector second = loop.named("loop-b");
    private final TrafficCity city =
            TrafficCity.withDefaultRules().with(loop.registered()).with(second.registered());
    private final Random random = new Random(20261123);

    private static Instant minute(int minute) {
        return EIGHT.plusSeconds(60L * minute);
    }

    private void minute(int minute, Observation... readings) {
        city.clock(minute(minute + 1));
        city.receives(List.of(readings));
    }

    private Observation hanging(int minute) {
        return loop.reads(minute(minute + 1), 60, 0, 14, 12, 0.4);
    }

    /** As real traffic looks. */
    private Observation changing(Detector detector, int minute) {
        int count = 10 + random.nextInt(8);
        double occupancy = 0.1 + random.nextInt(5) / 100.0;
        return detector.reads(minute(minute + 1), 60, 0, count, 45 + random.nextInt(6), occupancy);
    }

    /** Of a minute that has closed. */
    private TrafficSummary summary(int minute) {
        return city.summary("a", minute(minute));
    }

    @Test
    void aDetectorThatRepeatsItselfIsLeftOutAndNamed() {
        for (int i = 0; i < 35; i++) {
            minute(i, hanging(i), changing(second, i));
        }
        city.clock(minute(36));

        assertThat(summary(29).excluded()).as("half an hour may be chance").isNull();
        assertThat(summary(29).sensors()).containsExactly("loop-a", "loop-b");
        assertThat(summary(32).excluded()).containsExactly(STUCK);
        assertThat(summary(32).sensors()).containsExactly("loop-b");
        assertThat(summary(32).spaceMeanSpeedKmh()).isGreaterThan(44);
        assertThat(summary(32).completeness()).isEqualTo(0.5);
        assertThat(summary(32).readingCount()).as("both were heard").isEqualTo(2);
    }

    /** It may have begun in a queue that was real: what was told of that stands, and nothing more is said of it. */
    @Test
    void aStuckDetectorAloneDecidesNothingFurther() {
        for (int i = 0; i < 60; i++) {
            minute(i, hanging(i));
        }
        city.clock(minute(61));

        assertThat(summary(50).spaceMeanSpeedKmh()).isNull();
        assertThat(city.events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);
    }

    @Test
    void oneValueThatChangesMakesItBelievedAgain() {
        for (int i = 0; i < 35; i++) {
            minute(i, hanging(i));
        }
        minute(35, loop.reads(minute(36), 60, 0, 13, 30, 0.2));
        city.clock(minute(37));

        assertThat(summary(34).excluded()).containsExactly(STUCK);
        assertThat(summary(35).excluded()).isNull();
        assertThat(summary(35).spaceMeanSpeedKmh()).isEqualTo(30);
    }

    @Test
    void anEmptyStreetRepeatsItselfHonestly() {
        for (int i = 0; i < 120; i++) {
            minute(i, loop.reads(minute(i + 1), 60, 0, 0, Double.NaN, 0));
        }
        city.clock(minute(121));

        assertThat(summary(118).excluded()).isNull();
    }

    @Test
    void aVehicleMayStandOnADetectorForAnHour() {
        for (int i = 0; i < 65; i++) {
            minute(i, loop.reads(minute(i + 1), 60, 0, 0, Double.NaN, 1));
        }
        city.clock(minute(66));

        assertThat(summary(59).excluded()).isNull();
        assertThat(summary(61).excluded()).containsExactly(STUCK);
    }

    /** A reading of five minutes is five equal minutes, and that is no repetition: thirty readings are. */
    @Test
    void longPeriodsRepeatTheirMinutesHonestly() {
        Detector slow = new Detector("loop-c", "c", 1, loop.facility(), loop.measurement(), 50.0, 300);
        city.with(slow.registered());
        for (int i = 1; i <= 31; i++) {
            Instant end = EIGHT.plusSeconds(300L * i);
            city.clock(end);
            city.receives(slow.reads(end, 300, 0, 37, 41, 0.11));
        }
        city.clock(minute(158));

        assertThat(city.summary("c", minute(149)).excluded()).isNull();
        assertThat(city.summary("c", minute(151)).excluded()).isNotNull();
    }

    @Test
    void noLaneCarriesOneVehicleASecondAndNoneIsFasterThanAnyCar() {
        minute(0, loop.reads(minute(1), 60, 1, 80, 50, 0.3), changing(second, 0));
        minute(1, loop.reads(minute(2), 60, 1, 10, 240, 0.05), changing(second, 1));
        city.clock(minute(3));

        ExcludedSensor lane = new ExcludedSensor("loop-a", 1, "implausible");
        assertThat(summary(0).excluded()).containsExactly(lane);
        assertThat(summary(1).excluded()).containsExactly(lane);
    }

    @Test
    void evidenceTellsHowFarADetectorIsTrusted() {
        for (int i = 0; i < 28; i++) {
            Observation repeated = loop.reads(minute(i + 1), 60, 0, 1, 30, 0.02);
            minute(i, repeated, i < 20 ? changing(second, i) : slow(i));
        }
        city.clock(minute(29));

        var sensors = city.events().get(0).evidence().path("sensors");
        assertThat(sensors.path(0).path("sensorId").asText()).isEqualTo("loop-a");
        assertThat(sensors.path(0).path("trust").asDouble()).isBetween(0.2, 0.4);
        assertThat(sensors.path(1).path("trust").asDouble()).isEqualTo(1);
    }

    private Observation slow(int minute) {
        return second.reads(minute(minute + 1), 60, 0, 10 + random.nextInt(8), 10 + random.nextInt(4), 0.4);
    }

    @Test
    void vehiclesAtSpeedDoNotCoverADetectorAsIfTheyStood() {
        minute(0, loop.reads(minute(1), 60, 0, 15, 90, 0.9), changing(second, 0));
        city.clock(minute(2));

        assertThat(summary(0).excluded()).containsExactly(new ExcludedSensor("loop-a", null, "implausible"));
    }
}

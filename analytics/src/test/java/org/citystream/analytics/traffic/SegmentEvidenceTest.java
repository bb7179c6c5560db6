package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.traffic.OneMinute.END;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.citystream.analytics.pane.Observation;
import org.junit.jupiter.api.Test;

/** What people are shown of the minute that decided. */
class SegmentEvidenceTest {
    private static final Detector LOOP = Detector.onFreeway(OneMinute.SEGMENT, 100);

    @Test
    void eachLaneIsShownWithWhatItMeasured() {
        JsonNode evidence = OneMinute.of(LOOP.withLanes(2))
                .evidence(LOOP.reads(END, 60, 1, 12, 36, 0.25), LOOP.reads(END, 60, 2, 9, 72, Double.NaN));

        assertThat(evidence.path("completeness").asDouble()).isEqualTo(1);
        assertThat(evidence.path("sensors"))
                .hasToString("[{\"sensorId\":\"loop-a\",\"laneId\":1,\"readings\":1,\"trust\":1.0},"
                        + "{\"sensorId\":\"loop-a\",\"laneId\":2,\"readings\":1,\"trust\":1.0}]");
        assertThat(evidence.path("samples"))
                .hasToString(
                        "[{\"sensorId\":\"loop-a\",\"laneId\":1,\"observedAt\":\"2026-11-23T08:01:00Z\",\"speedKmh\":36.0,"
                                + "\"vehicles\":12.0,\"occupancy\":0.25},"
                                + "{\"sensorId\":\"loop-a\",\"laneId\":2,\"observedAt\":\"2026-11-23T08:01:00Z\",\"speedKmh\":72.0,"
                                + "\"vehicles\":9.0}]");
    }

    @Test
    void aDetectorOfTheWholeCarriagewayHasNoLaneAndNoOneIsExcluded() {
        JsonNode evidence = OneMinute.of(LOOP).evidence(LOOP.reads(END, Double.NaN, 50));

        assertThat(evidence.has("excluded")).isFalse();
        assertThat(evidence.path("sensors")).hasToString("[{\"sensorId\":\"loop-a\",\"readings\":1,\"trust\":1.0}]");
        assertThat(evidence.path("samples"))
                .as("nothing was counted")
                .hasToString("[{\"sensorId\":\"loop-a\",\"observedAt\":\"2026-11-23T08:01:00Z\",\"speedKmh\":50.0}]");
    }

    /** 7 vehicles in five minutes are 1.4 a minute. */
    @Test
    void ofALongReadingTheMinutesShareIsShown() {
        JsonNode evidence = OneMinute.of(LOOP).evidence(LOOP.reads(END.plusSeconds(60), 300, 0, 7, 40, 0.2));

        assertThat(evidence.path("samples"))
                .as("it ends in a later minute")
                .hasToString("[{\"sensorId\":\"loop-a\",\"speedKmh\":40.0,\"vehicles\":1.4,\"occupancy\":0.2}]");
        assertThat(evidence.path("sensors").path(0).path("readings").asInt()).isZero();
    }

    @Test
    void whereNothingPassesNoSpeedIsKnown() {
        JsonNode evidence = OneMinute.of(LOOP).evidence(LOOP.reads(END, 60, 0, 0, Double.NaN, 0.9));

        JsonNode sample = evidence.path("samples").path(0);
        assertThat(sample.path("speedKmh").isNull()).isTrue();
        assertThat(sample.path("vehicles").asDouble(-1)).isZero();
        assertThat(sample.path("occupancy").asDouble()).isEqualTo(0.9);
    }

    @Test
    void whoWasLeftOutIsNamedWithLaneAndReason() {
        Detector other = LOOP.named("loop-b");
        JsonNode evidence = OneMinute.of(LOOP.registered(), other.registered())
                .evidence(LOOP.reads(END, 60, 1, 80, 50, 0.3), other.reads(END, 60, 0, 15, 90, 0.9));

        assertThat(evidence.path("excluded"))
                .hasToString("[{\"sensorId\":\"loop-a\",\"laneId\":1,\"reason\":\"implausible\"},"
                        + "{\"sensorId\":\"loop-b\",\"reason\":\"implausible\"}]");
        assertThat(evidence.path("sensors")).isEmpty();
        assertThat(evidence.path("samples")).isEmpty();
    }

    @Test
    void twentySensorsAreEnough() {
        Observation[] readings = IntStream.rangeClosed(1, 21)
                .mapToObj(i -> LOOP.named("loop-%02d".formatted(i)).reads(END, 10, 40))
                .toArray(Observation[]::new);
        JsonNode evidence = OneMinute.of().evidence(readings);

        assertThat(evidence.path("sensors")).hasSize(20);
        assertThat(evidence.path("samples")).hasSize(20);
        assertThat(evidence.path("samples").path(19).path("sensorId").asText()).isEqualTo("loop-20");
    }
}

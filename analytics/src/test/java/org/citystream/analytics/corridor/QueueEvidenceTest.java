package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.minute;
import static org.citystream.analytics.corridor.Stations.part;
import static org.citystream.analytics.corridor.TrackedCorridor.subject;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citystream.analytics.traffic.SegmentPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a queue of stations every 500 m: the first is its tail, the last but one its head. */
class QueueEvidenceTest {
    private static final Extent EXTENT = new Extent(180_000, 1250, 2750);

    /** The last station is the first one behind the head. */
    private static QueueEvidence queue(@Nullable SegmentPart... parts) {
        return evidence(parts.length - 2, parts);
    }

    private static QueueEvidence evidence(int head, @Nullable SegmentPart... parts) {
        List<Station> stations = new ArrayList<>();
        for (SegmentPart part : parts) {
            stations.add(Stations.station(stations.size(), 500 * stations.size(), true, part));
        }
        return new QueueEvidence(
                TrackedCorridor.RULE, TrackedCorridor.CONGESTION, stations, new Congested(0, head, true, true));
    }

    private static JsonNode json(QueueEvidence evidence) {
        return evidence.json(minute(0), minute(3), EXTENT, Double.NaN, Double.NaN);
    }

    private static JsonNode observed(QueueEvidence evidence) {
        return json(evidence).path("observed");
    }

    private static SegmentPart usually(double typicalSpeedKmh) {
        return new SegmentPart(40, 0.4, 1800, 0.1, 100, typicalSpeedKmh, "configured", 1, 1, 0, 1);
    }

    private static SegmentPart freeFlowUnknown(double speedKmh) {
        return new SegmentPart(speedKmh, Double.NaN, 1800, 0.1, Double.NaN, Double.NaN, null, 1, 1, 0, 1);
    }

    @Test
    void aCorridorWithoutANameGoesByItsId() {
        QueueEvidence evidence = queue(part(40, 1800), part(90, 1800));

        assertThat(evidence.summary(subject(null), EXTENT))
                .isEqualTo("Queue of 1.5 km on ring, from km 2.8 back to km 1.3, at 40 km/h");
        assertThat(evidence.summary(subject("Ring road"), EXTENT)).contains(" on Ring road, ");
    }

    /** A station is free above 70 of 100 km/h. */
    @ParameterizedTest
    @CsvSource({"69.9, 0.699, true, ', usual at this hour'", "70, 0.7, false, ', unusual at this hour'"})
    void aQueueIsUsualWhereItsHeadIsNotFreeInOtherWeeks(
            double typicalSpeedKmh, double ratio, boolean recurrent, String words) {
        QueueEvidence evidence = queue(usually(typicalSpeedKmh), part(90, 1800));

        assertThat(evidence.summary(subject(null), EXTENT)).endsWith(words);
        assertThat(json(evidence).path("typical").path("headSpeedRatio").asDouble())
                .isEqualTo(ratio);
        assertThat(json(evidence).path("typical").path("recurrent").asBoolean()).isEqualTo(recurrent);
    }

    @Test
    void ofAHeadWithoutOtherWeeksNothingTypicalIsTold() {
        assertThat(json(queue(part(40, 1800), part(90, 1800))).has("typical")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-80, moving", "-79.9, fixed", "0, fixed"})
    void aHeadThatGoesBackEightyMetresAMinuteIsAMovingJam(double headMPerMin, String head) {
        JsonNode queue = queue(part(40, 1800), part(90, 1800))
                .json(minute(0), minute(3), EXTENT, 120.4, headMPerMin)
                .path("queue");

        assertThat(queue.path("head").asText()).isEqualTo(head);
        assertThat(queue.path("growthMPerMin").asDouble()).isEqualTo(120);
    }

    @Test
    void whileGrowthIsNotKnownNeitherItNorTheHeadIsTold() {
        assertThat(json(queue(part(40, 1800), part(90, 1800))).path("queue").fieldNames())
                .toIterable()
                .containsExactly("headM", "tailM", "lengthM", "headSegmentId", "tailSegmentId");
    }

    /** 1800 veh/h at 60 km/h and 600 at 20 are 30 vehicles on each kilometre: 2400 / 60. */
    @Test
    void itsSpeedIsTheSpaceMean() {
        assertThat(observed(queue(part(60, 1800), part(20, 600), part(90, 1800)))
                        .path("speedKmh")
                        .asDouble())
                .isEqualTo(40);
    }

    /** 2 / (1/40 + 1/80). */
    @ParameterizedTest
    @CsvSource({"0", "NaN"})
    void whereNobodyCountsStationsWeighTheSame(double flowPerHour) {
        QueueEvidence evidence = queue(part(40, flowPerHour), part(80, flowPerHour), part(90, 1800));

        assertThat(observed(evidence).path("speedKmh").asDouble()).isEqualTo(53.3);
    }

    @Test
    void aStationWithoutASpeedDoesNotEnterTheMean() {
        assertThat(observed(queue(part(0, 600), part(40, 600), part(90, 1800)))
                        .path("speedKmh")
                        .asDouble())
                .isEqualTo(40);
    }

    @Test
    void theLowestRatioIsOfThoseWhoseFreeFlowIsKnown() {
        QueueEvidence evidence = queue(freeFlowUnknown(10), part(40, 1800), part(20, 600), part(90, 1800));

        assertThat(observed(evidence).path("lowestSpeedRatio").asDouble()).isEqualTo(0.2);
        assertThat(observed(queue(freeFlowUnknown(10), part(90, 1800)))
                        .path("lowestSpeedRatio")
                        .isNull())
                .isTrue();
    }

    /** Covered for 90 % of the time, and nothing passes: that is what the rule judged, as 0. */
    @Test
    void whereTrafficStandsTheLowestRatioIsZero() {
        SegmentPart standing =
                new SegmentPart(Double.NaN, Double.NaN, 0, 0.9, 100, Double.NaN, "configured", 1, 1, 0, 1);

        assertThat(observed(queue(part(40, 1800), standing, part(90, 1800))).path("lowestSpeedRatio"))
                .hasToString("0.0");
        assertThat(observed(queue(standing, part(90, 1800))).path("lowestSpeedRatio"))
                .hasToString("0.0");
    }

    @Test
    void whatLeavesItIsCountedAtTheFirstStationBehindItsHead() {
        assertThat(observed(queue(part(40, 1800), part(90, 1234.4)))
                        .path("dischargeFlowVehH")
                        .asDouble())
                .isEqualTo(1234);
        assertThat(observed(queue(part(40, 1800), null))
                        .path("dischargeFlowVehH")
                        .isNull())
                .as("it says nothing")
                .isTrue();
        assertThat(observed(evidence(0, part(40, 1800)))
                        .path("dischargeFlowVehH")
                        .isNull())
                .as("the road ends there")
                .isTrue();
    }

    @Test
    void itsStationsAreToldFromTheHeadBackAndTheSilentOnesAreNamed() {
        JsonNode json = json(queue(part(40, 1800), null, part(20, 600), part(90, 1800)));

        assertThat(json.path("segments"))
                .extracting(segment -> segment.path("segmentId").asText() + " "
                        + segment.path("speedKmh").asDouble())
                .containsExactly("s2 20.0", "s0 40.0");
        assertThat(json.path("sensors"))
                .extracting(sensor -> sensor.path("sensorId").asText())
                .containsExactly("loop-2", "loop-0");
        assertThat(json.path("excluded")).hasToString("[{\"segmentId\":\"s1\",\"reason\":\"no-data\"}]");
        assertThat(json.path("completeness").asDouble()).as("two of three").isEqualTo(0.667);
    }

    @Test
    void noMoreThanTwentyStationsAreTold() {
        SegmentPart[] parts = new SegmentPart[22];
        Arrays.fill(parts, part(40, 1800));

        JsonNode segments = json(queue(parts)).path("segments");
        assertThat(segments).hasSize(20);
        assertThat(segments.path(0).path("segmentId").asText()).isEqualTo("s20");
        assertThat(segments.path(19).path("segmentId").asText()).isEqualTo("s1");
    }
}

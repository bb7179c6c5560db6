package org.citystream.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.place.SensorLog;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.RuleKind;
import org.citystream.recordings.TruthRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ring road with a detector every 500 m, a morning on it, and what was told of it. */
class MatchingTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void anEpisodeOfTheSameKindTimeAndPlaceIsTheThingThatHappened() {
        TrafficScore score = score(List.of(congestion(0, 60, 2_000, 4_000)), List.of(queue(4, 70, 2_250, 4_250)));

        assertThat(score.detected()).isEqualTo(1);
        assertThat(score.falseAlarms()).isZero();
        assertThat(score.meanTimeToDetectSeconds()).isEqualTo(240);
        assertThat(score.headErrorM()).isEqualTo(250);
        assertThat(score.queueLengthErrorM()).isZero();
    }

    @Test
    void whatBeginsUpToAQuarterOfAnHourAfterTheEndStillBelongsToIt() {
        assertThat(score(List.of(congestion(0, 60, 2_000, 4_000)), List.of(queue(75, 80, 2_000, 4_000)))
                        .detected())
                .isEqualTo(1);
        assertThat(score(List.of(congestion(0, 60, 2_000, 4_000)), List.of(queue(76, 80, 2_000, 4_000)))
                        .detected())
                .isZero();
    }

    @Test
    void whatEndsBeforeItBeginsIsAFalseAlarm() {
        TrafficScore score = score(List.of(congestion(30, 60, 2_000, 4_000)), List.of(queue(0, 29, 2_000, 4_000)));

        assertThat(score.detected()).isZero();
        assertThat(score.falseAlarms()).isEqualTo(1);
        assertThat(score.meanTimeToDetectSeconds()).isNull();
    }

    @Test
    void oneDetectorSpacingAwayIsTheSamePlaceMoreIsNot() {
        assertThat(score(List.of(congestion(0, 60, 2_000, 4_000)), List.of(queue(0, 60, 4_500, 5_500)))
                        .detected())
                .isEqualTo(1);
        assertThat(score(List.of(congestion(0, 60, 2_000, 4_000)), List.of(queue(0, 60, 4_501, 5_500)))
                        .detected())
                .isZero();
    }

    @Test
    void anIncidentHasAnIncidentAndAQueueAndNoMore() {
        TrafficScore score = score(
                List.of(incident(0, 60, 2_000, 4_000)),
                List.of(
                        queue(3, 60, 2_000, 4_000),
                        called(RuleKind.INCIDENT, 5, 50, 3_750, 4_250),
                        queue(20, 60, 2_000, 3_000)));

        assertThat(score.events()).isEqualTo(1);
        assertThat(score.detected()).isEqualTo(1);
        assertThat(score.falseAlarms()).isEqualTo(1);
        assertThat(score.meanTimeToDetectSeconds()).as("by its queue").isEqualTo(180);
        assertThat(score.headErrorM()).as("where it was called an incident").isZero();
        assertThat(score.byKind().get("incident")).isEqualTo(new TrafficScore.Group(1, 1, 1, 180.0, null, 0.0, 1.0));
    }

    @Test
    void congestionIsNoIncident() {
        TrafficScore score = score(
                List.of(congestion(0, 60, 2_000, 4_000)), List.of(called(RuleKind.INCIDENT, 5, 50, 3_750, 4_250)));

        assertThat(score.detected()).isZero();
        assertThat(score.falseAlarms()).isEqualTo(1);
    }

    @Test
    void twoThingsNeedTwoEpisodes() {
        TrafficScore score = score(
                List.of(congestion(0, 30, 2_000, 4_000), congestion(10, 60, 2_000, 4_000)),
                List.of(queue(4, 60, 2_000, 4_000)));

        assertThat(score.detected()).isEqualTo(1);
        assertThat(score.missed()).extracting(TruthRow::start).containsExactly(minute(10));
    }

    @Test
    void whatWasToldBeforeItHappenedTookNoTime() {
        assertThat(score(List.of(congestion(10, 60, 2_000, 4_000)), List.of(queue(4, 60, 2_000, 4_000)))
                        .meanTimeToDetectSeconds())
                .isZero();
    }

    @Test
    void anIncidentThatTouchesOnlyAPlaceIsReportedApartToo() {
        TrafficScore score = score(List.of(incident(0, 60, 4_000, 4_000)), List.of());

        assertThat(score.withoutQueue()).isEqualTo(new TrafficScore.Group(1, 0, 0, null, null, null, null));
        assertThat(score.detectionRate()).isZero();
    }

    @Test
    void ratesAreACorridorAndDayAndAThousandDecisions() {
        TrafficScore score = score(List.of(), List.of(queue(0, 60, 2_000, 4_000), queue(90, 99, 2_000, 4_000)));

        assertThat(score.falseAlarmsPerCorridorDay()).isCloseTo(1.0, within(1e-9));
        assertThat(score.falseAlarmsPerThousandDecisions()).isCloseTo(0.2, within(1e-9));
        assertThat(score.detectionRate()).as("nothing was there to detect").isNull();
    }

    @Test
    void aSegmentOnNoCorridorIsMatchedByItsName() {
        TruthRow row = new TruthRow(
                minute(0), minute(60), "congestion", "road-segment", "high-street", null, null, null, null, null);

        assertThat(score(List.of(row), List.of(onSegment("high-street"))).detected())
                .isEqualTo(1);
        assertThat(score(List.of(row), List.of(onSegment("low-street"))).detected())
                .isZero();
    }

    // ---- how the tests say it ----------------------------------------------------------------------------------

    /** Over two days, and 10,000 decisions. */
    private static TrafficScore score(List<TruthRow> truth, List<Detection> told) {
        Roads roads = ring();
        return TrafficScore.of(List.of(new TrafficTrial.Judgement(
                new Matching(truth, told, roads), roads, new SlowMinutes(), Duration.ofDays(2), 10_000)));
    }

    private static Roads ring() {
        SensorLog sensors = new SensorLog();
        for (int i = 0; i < 20; i++) {
            sensors.apply(detector(i));
        }
        return new Roads(sensors, EIGHT);
    }

    private static Sensor detector(int index) {
        return new Sensor(
                "loop-" + index,
                SensorKind.TRAFFIC,
                "testville",
                null,
                null,
                "s" + index,
                2,
                "ring",
                index * 500.0,
                500.0,
                Facility.FREEWAY,
                Measurement.POINT,
                100.0,
                null,
                null,
                60,
                null,
                "UTC",
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }

    private static Instant minute(int minute) {
        return EIGHT.plusSeconds(60L * minute);
    }

    private static TruthRow congestion(int from, int to, double fromM, double toM) {
        return truth("congestion", from, to, fromM, toM);
    }

    private static TruthRow incident(int from, int to, double fromM, double toM) {
        return truth("incident", from, to, fromM, toM);
    }

    private static TruthRow truth(String kind, int from, int to, double fromM, double toM) {
        return new TruthRow(minute(from), minute(to), kind, "corridor", "ring", "ring", fromM, toM, "severe", "test");
    }

    private static Detection queue(int from, int to, double fromM, double toM) {
        return called(RuleKind.CONGESTION, from, to, fromM, toM);
    }

    private static Detection called(RuleKind kind, int from, int to, double fromM, double toM) {
        Stretch stretch = new Stretch(fromM, toM);
        return detection(kind, "ring", from, to, "ring", stretch);
    }

    private static Detection onSegment(String segmentId) {
        return detection(RuleKind.CONGESTION, segmentId, 5, 30, null, null);
    }

    private static Detection detection(
            RuleKind kind, String subject, int from, int to, @Nullable String corridor, @Nullable Stretch stretch) {
        return new Detection(
                kind, subject, "rule", "told", minute(from), minute(from), minute(to), corridor, stretch, stretch);
    }
}

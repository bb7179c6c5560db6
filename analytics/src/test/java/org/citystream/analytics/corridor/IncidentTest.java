package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.citystream.analytics.corridor.CorridorLife.Traffic;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.RuleKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Six segments of a corridor, every 500 m, free flow 100 km/h, and the default rules. */
class IncidentTest {
    private static final Traffic FREE = new Traffic(95, 3600, 0.08);
    private static final Traffic STARVED = new Traffic(98, 1200, 0.03);
    private static final Traffic QUEUED = new Traffic(15, 1200, 0.45);
    private static final int QUIET_MINUTES = 25;

    private final CorridorLife road = new CorridorLife(6, "segment-congestion", "road-incident");

    private void quiet() {
        for (int minute = 0; minute < QUIET_MINUTES; minute++) {
            road.minute(minute, all(FREE));
        }
    }

    private static Traffic[] all(Traffic traffic) {
        Traffic[] all = new Traffic[6];
        Arrays.fill(all, traffic);
        return all;
    }

    /** Something blocks the road behind {@code head}; the queue reaches back to {@code tail}. */
    private static Traffic[] blocked(int tail, int head, Traffic queued, Traffic behind) {
        Traffic[] traffic = all(FREE);
        for (int i = tail; i < traffic.length; i++) {
            traffic[i] = i <= head ? queued : behind;
        }
        return traffic;
    }

    private List<CityEvent> incidents() {
        return road.events().stream()
                .filter(event -> event.kind() == RuleKind.INCIDENT)
                .toList();
    }

    @Test
    void slowBeforeFreeBehindAndLessGettingThroughIsAnIncident() {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 4; minute++) {
            road.minute(minute, blocked(3, 3, QUEUED, STARVED));
        }

        CityEvent opened = incidents().get(0);
        assertThat(opened.transition()).isEqualTo(Transition.OPENED);
        assertThat(opened.at()).isBeforeOrEqualTo(minute(QUIET_MINUTES + 3));
        assertThat(opened.summary())
                .isEqualTo("Incident on Ring road between km 1.5 and km 2.0, 33 % of the flow gets through");
        JsonNode evidence = opened.evidence();
        assertThat(evidence.path("place").path("fromM").asDouble()).isEqualTo(1500);
        assertThat(evidence.path("place").path("toM").asDouble()).isEqualTo(2000);
        assertThat(evidence.path("capacityDrop").path("votes").asBoolean()).isTrue();
        assertThat(evidence.path("capacityDrop").path("flowBeforeVehH").asDouble())
                .isEqualTo(3600);
        assertThat(evidence.path("california7").path("votes").asBoolean()).isTrue();
        assertThat(evidence.path("observed").path("upstreamSpeedRatio").asDouble())
                .isEqualTo(0.15);
        assertThat(evidence.path("observed").path("flowShare").asDouble()).isEqualTo(0.333);
        assertThat(evidence.path("threshold").path("upstreamSpeedRatioBelow").asDouble())
                .isEqualTo(0.6);
        assertThat(evidence.path("threshold").path("flowShareBelow").asDouble()).isEqualTo(0.7);
        assertThat(evidence.path("upstream").path("freeFlowSpeedKmh").asDouble())
                .isEqualTo(100);
        assertThat(evidence.path("sensors")).isNotEmpty();
        assertThat(evidence.path("completeness").asDouble()).isEqualTo(1);
        assertThat(evidence.path("excluded")).isEmpty();
    }

    @Test
    void beforeAnyFlowIsKnownASuddenOnsetIsTheSecondVote() {
        for (int minute = 0; minute < 7; minute++) {
            road.minute(minute, all(FREE));
        }
        for (int minute = 7; minute < 11; minute++) {
            road.minute(minute, blocked(3, 3, QUEUED, STARVED));
        }

        JsonNode evidence = incidents().get(0).evidence();
        assertThat(evidence.path("capacityDrop").path("share").isMissingNode()
                        || evidence.path("capacityDrop").path("share").isNull())
                .isTrue();
        assertThat(evidence.path("standardNormalDeviate").path("votes").asBoolean())
                .isTrue();
        assertThat(evidence.path("california7").path("votes").asBoolean()).isTrue();
    }

    @Test
    void beforeAnyFlowIsKnownAQueueThatComesOnSlowlyIsNone() {
        for (int minute = 0; minute < 11; minute++) {
            double grown = minute / 10.0;
            Traffic growing = new Traffic(95 - 80 * grown, 3600 - 2400 * grown, 0.08 + 0.37 * grown);
            road.minute(minute, blocked(3, 3, growing, STARVED));
        }

        assertThat(incidents()).isEmpty();
    }

    @Test
    void aBottleneckThatLetsThroughWhatItAlwaysDidIsNone() {
        quiet();
        Traffic crowded = new Traffic(30, 3500, 0.3);
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 30; minute++) {
            road.minute(minute, blocked(1, 3, crowded, FREE));
        }

        assertThat(incidents()).isEmpty();
        assertThat(road.events()).as("but it is congestion").isNotEmpty();
    }

    @Test
    void theQueueThatGrowsBackFromItIsTheSameIncident() {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 20; minute++) {
            int tail = Math.max(0, 3 - (minute - QUIET_MINUTES) / 5);
            road.minute(minute, blocked(tail, minute % 4 == 0 ? 2 : 3, QUEUED, STARVED));
        }

        assertThat(incidents())
                .extracting(CityEvent::episodeId)
                .containsOnly(incidents().get(0).episodeId());
    }

    @Test
    void itIsOverWhenTrafficHasFlownForFiveMinutes() {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 10; minute++) {
            road.minute(minute, blocked(2, 3, QUEUED, STARVED));
        }
        for (int minute = QUIET_MINUTES + 10; minute < QUIET_MINUTES + 16; minute++) {
            road.minute(minute, all(FREE));
        }

        CityEvent closed = incidents().get(incidents().size() - 1);
        assertThat(closed.transition()).isEqualTo(Transition.CLOSED);
        assertThat(closed.endedAt()).isEqualTo(minute(QUIET_MINUTES + 10));
    }

    @ParameterizedTest(name = "segment {0}")
    @ValueSource(ints = {3, 4, 5})
    void itEndsWithTheLastOfItsStations(int first) {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 6; minute++) {
            road.minute(minute, blocked(3, 3, QUEUED, STARVED));
        }
        for (int segment = first; segment < 6; segment++) {
            road.retires(segment, minute(QUIET_MINUTES + 6));
        }
        road.minute(QUIET_MINUTES + 6, blocked(3, 3, QUEUED, STARVED));

        CityEvent last = incidents().get(incidents().size() - 1);
        boolean stillBetweenTwo = first == 5;
        assertThat(last.transition()).isEqualTo(stillBetweenTwo ? Transition.OPENED : Transition.CLOSED);
        assertThat(last.endedAt()).isEqualTo(stillBetweenTwo ? null : minute(QUIET_MINUTES + 6));
    }

    private static CorridorLife roadWith(String method) throws InvalidRuleException {
        return new CorridorLife(6)
                .with("{id: road-incident, kind: incident, method: " + method + ", severity: severe}");
    }

    /** Before a ramp it is always fuller than behind it. */
    private static List<CityEvent> crowdedBeforeTheRamp(CorridorLife ring) {
        for (int minute = 0; minute < 150; minute++) {
            Traffic[] usual = all(FREE);
            usual[2] = new Traffic(80, 3600, 0.15);
            usual[3] = new Traffic(95, 2400, 0.06);
            ring.minute(minute, usual);
        }
        for (int minute = 150; minute < 160; minute++) {
            Traffic[] slow = all(FREE);
            slow[2] = new Traffic(55, 3300, 0.18);
            slow[3] = new Traffic(95, 1900, 0.06);
            ring.minute(minute, slow);
        }
        return ring.events();
    }

    @Test
    void aStationThatIsAlwaysFullerThanTheNextNeedsMoreToBeUnusual() throws Exception {
        assertThat(crowdedBeforeTheRamp(roadWith("{california7: {calibrate: true}}")))
                .isEmpty();
        assertThat(crowdedBeforeTheRamp(roadWith("{california7: {calibrate: false}}")))
                .as("by the published thresholds it is one")
                .extracting(CityEvent::kind)
                .containsExactly(RuleKind.INCIDENT);
    }

    private static List<CityEvent> slowBeforeFree(CorridorLife ring, double flowBehind) {
        for (int minute = 0; minute < QUIET_MINUTES; minute++) {
            ring.minute(minute, all(FREE));
        }
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 5; minute++) {
            ring.minute(minute, blocked(3, 3, QUEUED, new Traffic(98, flowBehind, 0.03)));
        }
        return ring.events();
    }

    @Test
    void whereTrafficIsSlowAtThisHourEveryWeekOccupancyIsNoVote() throws Exception {
        CorridorLife usuallyFree = roadWith("{california7: {calibrate: true}}");
        usuallyFree.usually(95, 95, 95, 95, 95, 95);
        CorridorLife usuallySlow = roadWith("{california7: {calibrate: true}}");
        usuallySlow.usually(95, 95, 95, 50, 95, 95);

        assertThat(slowBeforeFree(usuallyFree, 2800)).isNotEmpty();
        assertThat(slowBeforeFree(usuallySlow, 2800)).isEmpty();
    }

    @ParameterizedTest(name = "{0}, {1} veh/h get through: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {california7: {calibrate: true}} | 2800 | true
            {california7: {calibrate: true}} | 3200 | false
            {capacity-drop: {below: 0.7}}    | 2400 | true
            {capacity-drop: {below: 0.7}}    | 2600 | false
            """)
    void eachMethodVotesForItself(String method, double flowBehind, boolean isIncident) throws Exception {
        assertThat(slowBeforeFree(roadWith(method), flowBehind).isEmpty()).isNotEqualTo(isIncident);
    }

    /** Flow: 1200 of 3600. Occupancy: 45 % against a mean of 15.4 % (8, 8, 8, 8, 45) with a deviation of 14.8 %. */
    @Test
    void theEvidenceSaysWhatEachMethodSaw() {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 3; minute++) {
            road.minute(minute, blocked(3, 3, QUEUED, STARVED));
        }

        CityEvent opened = incidents().get(0);
        assertThat(opened.startedAt()).isEqualTo(minute(QUIET_MINUTES + 1));
        assertThat(opened.at()).isEqualTo(minute(QUIET_MINUTES + 3));
        JsonNode evidence = opened.evidence();
        assertThat(evidence.path("place"))
                .hasToString("{\"fromM\":1500.0,\"toM\":2000.0,\"upstreamSegmentId\":\"s3\","
                        + "\"downstreamSegmentId\":\"s4\"}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"upstreamSpeedRatioBelow\":0.6,\"downstreamSpeedRatioAbove\":0.7,"
                        + "\"flowShareBelow\":0.7,\"enterFor\":\"PT2M\",\"exitFor\":\"PT5M\"}");
        assertThat(evidence.path("california7"))
                .hasToString("{\"votes\":true,\"state\":\"continuing\",\"differencePercent\":8.1,"
                        + "\"relativeDifference\":0.313,\"downstreamPercent\":16.8}");
        assertThat(evidence.path("standardNormalDeviate")).hasToString("{\"votes\":true,\"now\":2.0,\"critical\":4.0}");
        assertThat(evidence.path("capacityDrop"))
                .hasToString("{\"votes\":true,\"flowNowVehH\":1200.0,\"flowBeforeVehH\":3600.0,\"share\":0.333,"
                        + "\"below\":0.7}");
        assertThat(evidence.path("upstream").path("segmentId").asText()).isEqualTo("s3");
        assertThat(evidence.path("downstream").path("segmentId").asText()).isEqualTo("s4");
        assertThat(evidence.path("sensors"))
                .extracting(sensor -> sensor.path("sensorId").asText() + " "
                        + sensor.path("trust").asDouble())
                .containsExactly("loop-3 1.0", "loop-4 0.8");
        assertThat(evidence.has("typical")).as("nobody knows what is usual").isFalse();
    }

    @Test
    void detectorsLeftOutAreNamedAndSoIsWhatIsUsual() {
        road.usually(95, 95, 95, 95, 90, 80);
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 3; minute++) {
            road.minute(minute, blocked(4, 4, QUEUED, STARVED));
        }

        JsonNode evidence = incidents().get(0).evidence();
        assertThat(evidence.path("excluded"))
                .extracting(left -> left.path("segmentId").asText())
                .containsExactly("s5");
        assertThat(evidence.path("typical"))
                .hasToString("{\"upstreamSpeedRatio\":0.9,\"downstreamSpeedRatio\":0.8,\"recurrent\":false}");
    }

    @Test
    void anIncidentBetweenStationsThatFallSilentIsNotOver() {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 4; minute++) {
            road.minute(minute, blocked(3, 3, QUEUED, STARVED));
        }
        road.minutes(QUIET_MINUTES + 4, 10, 95, 95, 95, CorridorLife.SILENT, CorridorLife.SILENT, 95);

        assertThat(incidents()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);
    }

    /** Another blockage at the same time before segment 5, which is seen first. */
    @ParameterizedTest(name = "behind segment {0}: {1}")
    @CsvSource({"0, s4 s0", "1, s4 s1", "2, s4"})
    void blockagesMoreThanTwoStationsApartAreTwoIncidents(int other, String upstreamSegments) {
        quiet();
        for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 4; minute++) {
            Traffic[] traffic = blocked(4, 4, QUEUED, STARVED);
            traffic[other] = QUEUED;
            traffic[other + 1] = STARVED;
            road.minute(minute, traffic);
        }

        assertThat(incidents())
                .extracting(event ->
                        event.evidence().path("place").path("upstreamSegmentId").asText())
                .containsExactly(upstreamSegments.split(" "));
    }
}

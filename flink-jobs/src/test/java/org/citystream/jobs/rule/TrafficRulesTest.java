package org.citystream.jobs.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.jobs.rule.RunningJob.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citystream.jobs.control.Surroundings;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Rules and registry that change while the traffic job runs. Minutes of each test go by in one city after another. */
class TrafficRulesTest {
    private static final String CONGESTION = """
            id: %1$s-jam
            kind: congestion
            scope: {road-segments: [%1$s]}
            enter: {speed-ratio-below: %2$s, for: PT3M}
            exit: {speed-ratio-above: 0.8, for: PT3M}
            """;
    private static final int FREE_FLOW_KMH = 100;

    @RegisterExtension
    static final RunningJob city =
            new RunningJob(TrafficJob::wire, Topics.READINGS_TRAFFIC, Topics.SUMMARIES_TRAFFIC, Duration.ofMinutes(1));

    @Test
    void aVersionDecidesFromItsMinuteOnAndIsNamedInItsEvents() throws Exception {
        road("swap");
        Rule first = city.apply(CONGESTION.formatted("swap", 0.5));
        drive(8, 40, "swap");
        await(() -> assertThat(last("swap")).satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.OPENED);
            assertThat(jam.startedAt()).isEqualTo(first.effectiveFrom());
            assertThat(jam.at()).isEqualTo(first.effectiveFrom().plusSeconds(180));
            assertThat(jam.rule()).isEqualTo(reference(first));
        }));

        Rule second = city.apply(CONGESTION.formatted("swap", 0.3));
        drive(5, 40, "swap");
        await(() -> assertThat(last("swap")).satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.CLOSED);
            assertThat(jam.reason()).isEqualTo("rule-changed");
            assertThat(jam.endedAt()).isEqualTo(second.effectiveFrom());
            assertThat(jam.rule()).as("decided by the version that held").isEqualTo(reference(first));
        }));
        drive(4, 20, "swap");
        await(() -> assertThat(last("swap")).satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.OPENED);
            assertThat(jam.startedAt()).isEqualTo(city.now().minusSeconds(240));
            assertThat(jam.rule()).isEqualTo(reference(second));
        }));
    }

    @Test
    void aPausedRuleEndsItsEpisodesAndOpensNone() throws Exception {
        road("pause");
        city.apply(CONGESTION.formatted("pause", 0.5));
        drive(8, 40, "pause");
        Rule off = city.apply(CONGESTION.formatted("pause", 0.5) + "mode: off\n");
        drive(8, 40, "pause");

        await(() -> assertThat(last("pause")).satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.CLOSED);
            assertThat(jam.reason()).isEqualTo("rule-off");
            assertThat(jam.endedAt()).isEqualTo(off.effectiveFrom());
        }));
        Rule again = city.apply(CONGESTION.formatted("pause", 0.5));
        drive(8, 40, "pause");
        await(() -> assertThat(last("pause")).satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.OPENED);
            assertThat(jam.startedAt()).isEqualTo(again.effectiveFrom());
        }));
    }

    @Test
    void otherLabelsEndNothing() throws Exception {
        road("label");
        city.apply(CONGESTION.formatted("label", 0.5) + "labels: {team: roads}\n");
        drive(8, 40, "label");
        Rule second = city.apply(CONGESTION.formatted("label", 0.5) + "labels: {team: buses}\n");
        drive(5, 40, "label");

        await(() -> assertThat(events("label"))
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.UPDATED));
        CityEvent revised = last("label");
        assertThat(revised.reason()).isEqualTo("rule-revised");
        assertThat(revised.at()).isEqualTo(second.effectiveFrom());
        assertThat(revised.labels()).isEqualTo(Map.of("team", "buses"));
        assertThat(revised.rule()).isEqualTo(reference(second));
        assertThat(revised.episodeId()).isEqualTo(events("label").get(0).episodeId());
    }

    @Test
    void aRuleRolledBackDecidesAsItOnceDid() throws Exception {
        road("back");
        Rule first = city.apply(CONGESTION.formatted("back", 0.5));
        Rule second = city.apply(CONGESTION.formatted("back", 0.3));
        drive(8, 40, "back");
        Rule third = city.apply(CONGESTION.formatted("back", 0.5));
        drive(8, 40, "back");

        assertThat(third.hash()).isEqualTo(first.hash()).isNotEqualTo(second.hash());
        await(() -> assertThat(events("back")).singleElement().satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.OPENED);
            assertThat(jam.startedAt()).isEqualTo(third.effectiveFrom());
            assertThat(jam.rule()).isEqualTo(new RuleReference("back-jam", 3, first.hash(), RuleMode.ACTIVE));
        }));
    }

    @Test
    void aShadowRuleIsEvaluatedAndRecordedAsSuch() throws Exception {
        road("shadow");
        city.apply(CONGESTION.formatted("shadow", 0.5) + "mode: shadow\n");
        drive(8, 40, "shadow");
        await(() -> assertThat(last("shadow").rule().mode()).isEqualTo(RuleMode.SHADOW));

        Rule active = city.apply(CONGESTION.formatted("shadow", 0.5));
        drive(5, 40, "shadow");

        await(() -> assertThat(last("shadow")).satisfies(jam -> {
            assertThat(jam.transition()).as("the mode ends nothing").isEqualTo(Transition.UPDATED);
            assertThat(jam.at()).isEqualTo(active.effectiveFrom());
            assertThat(jam.rule().mode()).isEqualTo(RuleMode.ACTIVE);
        }));
    }

    @Test
    void recordsThatAreNoRulesAreCountedAndLoggedAndStopNothing() throws Exception {
        List<Long> before = city.refused();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Surroundings.class);
        log.start();
        logger.addAppender(log);
        road("broken");
        Rule first = city.apply(CONGESTION.formatted("broken", 0.5));
        String valid = "{\"id\":\"broken-jam\",\"kind\":\"congestion\",\"version\":9,"
                + "\"effectiveFrom\":\"2000-01-01T00:00:00Z\",\"enter\":{\"speed-ratio-below\":7,\"for\":\"PT3M\"},"
                + "\"exit\":{\"speed-ratio-above\":0.8,\"for\":\"PT3M\"}}";
        record("broken-jam@7", "\u0000\u0001 not json");
        record("broken-jam@8", valid.replace("congestion", "telepathy"));
        record("broken-jam@9", valid);
        record("broken-jam@10", "{}");
        city.control(
                Topics.SENSORS,
                "broken@2",
                "{\"sensorId\":\"broken\",\"kind\":\"rain\"}".getBytes(StandardCharsets.UTF_8));
        city.awaitControlsRead();
        drive(8, 40, "broken");

        try {
            await(() -> assertThat(events("broken"))
                    .singleElement()
                    .satisfies(jam -> assertThat(jam.rule()).isEqualTo(reference(first))));
            assertThat(city.refused())
                    .as("once a record in every subtask that listens")
                    .hasSize(6)
                    .hasSameSizeAs(before)
                    .allMatch(count -> count == before.get(0) + 5);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("invalid RULE record 'broken-jam@8'") && line.contains("telepathy"))
                    .anyMatch(line ->
                            line.contains("invalid RULE record 'broken-jam@9'") && line.contains("speed-ratio-below"))
                    .anyMatch(line -> line.contains("invalid SENSOR record 'broken@2'"));
        } finally {
            logger.detachAppender(log);
        }
    }

    private static void record(String key, String value) {
        city.control(Topics.RULES, key, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aVersionThatArrivesTooLateIsMadeUpForAtTheNextClose() throws Exception {
        road("tardy");
        city.apply(CONGESTION.formatted("tardy", 0.3));
        drive(12, 40, "tardy");
        await(() -> assertThat(city.summaries("tardy", TrafficSummary.class))
                .extracting(TrafficSummary::windowEnd)
                .contains(city.now()));
        assertThat(events("tardy")).isEmpty();

        Rule late = city.write(CONGESTION.formatted("tardy", 0.5), city.now().minusSeconds(6 * 60));
        city.awaitControlsRead();
        drive(1, 40, "tardy");

        await(() -> assertThat(events("tardy")).singleElement().satisfies(jam -> {
            assertThat(jam.transition()).isEqualTo(Transition.OPENED);
            assertThat(jam.startedAt()).isEqualTo(late.effectiveFrom());
            assertThat(jam.at()).isEqualTo(late.effectiveFrom().plusSeconds(180));
            assertThat(jam.rule()).isEqualTo(reference(late));
        }));
    }

    @Test
    void thresholdsHoldForAnyFieldOfASummary() throws Exception {
        road("limits");
        String threshold = """
                id: limits-%s
                kind: threshold
                scope: {road-segments: [limits]}
                metric: traffic.%s
                aggregate: %s
                window: PT%dM
                slide: PT%dM
                enter: {%s}
                exit: {%s}
                """;
        city.apply(threshold.formatted("occupancy", "occupancy", "mean", 3, 1, "above: 0.5", "below: 0.3"));
        city.apply(threshold.formatted("speed", "spaceMeanSpeedKmh", "max", 2, 1, "below: 30, for: PT2M", "above: 50"));
        city.apply(threshold.formatted("flow", "vehicleFlowPerHour", "min", 2, 2, "above: 500", "below: 100"));
        city.apply(threshold.formatted("readings", "readingCount", "sum", 3, 1, "above: 2", "below: 2"));
        city.apply(threshold.formatted("index", "travelTimeIndex", "p85", 5, 5, "above: 3", "below: 2"));
        city.apply(threshold.formatted("ratio", "speedRatio", "last", 1, 1, "below: 0.25", "above: 0.5"));
        drive(12, 20, "limits");

        await(() -> assertThat(city.openRules("limits"))
                .containsExactly(
                        "limits-flow",
                        "limits-index",
                        "limits-occupancy",
                        "limits-ratio",
                        "limits-readings",
                        "limits-speed"));
        drive(12, 90, "limits");
        await(() -> assertThat(city.openRules("limits")).containsExactly("limits-flow", "limits-readings"));
        assertThat(city.events("limits-occupancy", "limits").get(0).summary()).contains("occupancy", "limits");
    }

    @Test
    void rulesCoverTheRoadsInTheirScope() throws Exception {
        place("scope-1", "'cityId':'scopia','corridorId':'scope-ring'", 12.1, 57.1);
        place("scope-2", "'cityId':'elsewhere','corridorId':'scope-ring'", 12.2, 57.2);
        place("scope-3", "'cityId':'elsewhere','corridorId':'scope-radial'", 12.9, 57.9);
        place("other-scope", "'cityId':'elsewhere'", 12.15, 57.15);
        String[] roads = {"scope-1", "scope-2", "scope-3", "other-scope"};
        crowded("city", "city: scopia");
        crowded("corridor", "corridors: [scope-ri*]");
        crowded("segment", "road-segments: [\"scope-*\"]");
        crowded("both", "road-segments: [\"*scope\", scope-3], city: elsewhere");
        crowded("polygon", "polygon: [[12.0, 57.0], [12.3, 57.0], [12.3, 57.3], [12.0, 57.3]]");
        drive(6, 20, roads);

        await(() -> assertThat(covered("city")).containsExactly("scope-1"));
        await(() -> assertThat(covered("corridor")).containsExactly("scope-1", "scope-2"));
        await(() -> assertThat(covered("segment")).containsExactly("scope-1", "scope-2", "scope-3"));
        await(() -> assertThat(covered("both")).containsExactly("other-scope", "scope-3"));
        await(() -> assertThat(covered("polygon")).containsExactly("other-scope", "scope-1", "scope-2"));
    }

    private static void crowded(String name, String scope) throws Exception {
        city.apply(crowding("scope-" + name, scope));
    }

    private static String crowding(String id, String scope) {
        return """
                id: %s
                kind: threshold
                scope: {%s}
                metric: traffic.occupancy
                window: PT1M
                enter: {above: 0.5}
                exit: {below: 0.3}
                """.formatted(id, scope);
    }

    private static Set<String> covered(String name) {
        return city.subjects("scope-" + name);
    }

    @Test
    void rulesAreOnWhenTheirSchedulesSayInTheirZoneAndNotOnHolidays() throws Exception {
        road("hours");
        ZoneId zone = ZoneId.of("Asia/Kathmandu");
        Instant begin = city.earliestEffect().plusSeconds(120);
        LocalTime from = begin.atZone(zone).toLocalTime();
        LocalDate today = begin.atZone(zone).toLocalDate();
        String hours = crowding("hours-%s", "road-segments: [hours]")
                + "schedule: {days: [mon, tue], from: \"" + from + "\", to: \"" + from.plusMinutes(4)
                + "\", time-zone: Asia/Kathmandu%s}\n";
        city.apply(hours.formatted("plain", ""));
        city.apply(hours.formatted("holiday", ", holidays: [\"" + today.minusDays(1) + "/" + today + "\"]"));
        city.apply(hours.formatted("as-monday", ", holidays: [\"" + today + "\"], holidays-as: mon"));
        city.apply(hours.formatted("utc", "").replace("Asia/Kathmandu", "UTC"));
        drive(12, 20, "hours");

        for (String onToday : List.of("plain", "as-monday")) {
            await(() -> assertThat(city.events("hours-" + onToday, "hours"))
                    .extracting(event -> event.transition() + " " + event.reason() + " " + event.at())
                    .containsExactly(
                            "OPENED dwell-completed " + begin.plusSeconds(60),
                            "CLOSED rule-off " + begin.plusSeconds(240)));
        }
        assertThat(city.events("hours-holiday")).isEmpty();
        assertThat(city.events("hours-utc")).isEmpty();
    }

    @Test
    void aSensorThatHasMovedCountsWhereItStoodWhenItObserved() {
        road("moving");
        drive(4, 50, "moving");
        Instant moved = city.earliestEffect();
        city.register(
                "'sensorId':'moving','kind':'traffic','cityId':'testville','roadSegmentId':'moved-to','laneCount':1",
                moved);
        city.awaitControlsRead();
        int minutes = 6;
        drive(minutes, 50, "moving");

        await(() -> assertThat(minutesWithReadings("moving")).contains(moved.minusSeconds(60)));
        await(() ->
                assertThat(minutesWithReadings("moved-to")).hasSize(minutes - 3).contains(moved));
        assertThat(minutesWithReadings("moving")).allMatch(minute -> minute.isBefore(moved));
        assertThat(minutesWithReadings("moved-to")).noneMatch(minute -> minute.isBefore(moved));
    }

    @Test
    void aRetiredSensorCountsForWhatItObservedBefore() {
        road("retired");
        drive(2, 50, "retired");
        city.pass(1, minute -> "");
        Instant missing = city.now();
        Instant retired = city.earliestEffect();
        city.register("'sensorId':'retired','kind':'traffic','cityId':'testville','retired':true", retired);
        city.awaitControlsRead();
        drive(6, 50, "retired");
        city.sendLate("retired", missing, measures(50).of(1));
        city.pass(2, minute -> "");

        await(() -> assertThat(minutesWithReadings("retired"))
                .contains(missing.minusSeconds(60), retired.minusSeconds(60)));
        assertThat(minutesWithReadings("retired")).allMatch(minute -> minute.isBefore(retired));
    }

    @Test
    void whatIsWrittenWhileTheJobIsDownHoldsFromTheFirstReadingOn(@TempDir Path savepoints) throws Exception {
        road("down");
        city.apply(CONGESTION.formatted("down", 0.3).replace("[down]", "[\"down*\"]"));
        drive(4, 40, "down");
        await(() -> assertThat(city.summaries("down", TrafficSummary.class))
                .extracting(TrafficSummary::windowEnd)
                .contains(city.now()));
        Rule[] second = new Rule[1];
        city.stoppedWhile(savepoints, () -> {
            second[0] = city.write(
                    CONGESTION.formatted("down", 0.5).replace("[down]", "[\"down*\"]"), city.earliestEffect());
            city.register(
                    "'sensorId':'down','kind':'traffic','cityId':'testville','roadSegmentId':'down-below',"
                            + "'laneCount':1,'lengthM':500,'freeFlowSpeedKmh':" + FREE_FLOW_KMH,
                    city.earliestEffect());
            while (city.now().isBefore(second[0].effectiveFrom())) {
                city.pass(1, minute -> "");
            }
            drive(8, 40, "down");
        });

        await(() -> assertThat(city.summaries("down-below", TrafficSummary.class))
                .extracting(TrafficSummary::windowEnd)
                .contains(city.now()));
        assertThat(minutesWithReadings("down")).allMatch(minute -> minute.isBefore(second[0].effectiveFrom()));
        assertThat(city.summaries("down-below", TrafficSummary.class))
                .hasSize(8)
                .allSatisfy(summary -> {
                    assertThat(summary.revision()).as("right at once").isEqualTo(1);
                    assertThat(summary.readingCount()).isEqualTo(1);
                });
        await(() -> assertThat(city.events("down-jam")).singleElement().satisfies(jam -> {
            assertThat(jam.subject().id()).isEqualTo("down-below");
            assertThat(jam.transition()).isEqualTo(Transition.OPENED);
            assertThat(jam.startedAt()).isEqualTo(second[0].effectiveFrom());
            assertThat(jam.rule()).isEqualTo(reference(second[0]));
        }));
    }

    private static Set<Instant> minutesWithReadings(String segment) {
        return city.summaries(segment, TrafficSummary.class).stream()
                .filter(summary -> summary.readingCount() > 0)
                .map(TrafficSummary::windowStart)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // ---- the city ----------------------------------------------------------------------------------------------

    /** A road of its own for a test, with one detector of the same name. */
    private static void road(String name) {
        city.register(
                "'sensorId':'" + name + "','kind':'traffic','cityId':'testville','laneCount':1,'lengthM':500,"
                        + "'freeFlowSpeedKmh':" + FREE_FLOW_KMH,
                Instant.EPOCH);
    }

    private static void place(String name, String attributes, double longitude, double latitude) {
        city.register(
                "'sensorId':'" + name + "','kind':'traffic','laneCount':1,'freeFlowSpeedKmh':" + FREE_FLOW_KMH + ","
                        + attributes + ",'location':{'latitude':" + latitude + ",'longitude':" + longitude + "}",
                Instant.EPOCH);
    }

    private static void drive(int minutes, int speedKmh, String... roads) {
        city.pass(minutes, measures(speedKmh), roads);
    }

    /** The slower, the fuller. */
    private static RunningJob.Measures measures(int speedKmh) {
        return minute -> "'vehicleCount':" + (12 + minute % 5) + ",'averageSpeedKmh':" + (speedKmh + 0.1 * (minute % 7))
                + ",'occupancy':" + (0.8 - speedKmh / 125.0 + 0.001 * (minute % 9));
    }

    private static List<CityEvent> events(String road) {
        return city.events(road + "-jam", road);
    }

    private static CityEvent last(String road) {
        List<CityEvent> events = events(road);
        assertThat(events).isNotEmpty();
        return events.get(events.size() - 1);
    }

    private static RuleReference reference(Rule rule) {
        return new RuleReference(rule.id(), rule.version(), rule.hash(), rule.mode());
    }
}

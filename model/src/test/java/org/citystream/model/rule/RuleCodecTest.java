package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCodecTest {
    private static final String CONTRACT_EXAMPLES = """
            - id: ring-road-congestion
              kind: congestion
              mode: active
              scope: {city: aarhus, road-segments: ["ring-*"]}
              enter: {speed-ratio-below: 0.5, for: PT3M}
              exit:  {speed-ratio-above: 0.7, for: PT5M}
              severity: {moderate: {speed-ratio-below: 0.5}, severe: {speed-ratio-below: 0.3}}
              schedule: {days: [mon, tue, wed, thu, fri], from: "06:00", to: "20:00", time-zone: Europe/Copenhagen}
              labels: {team: traffic-control}
            - id: freeway-incident
              kind: incident
              scope: {corridors: ["*"]}
              method: {california7: {calibrate: true}, capacity-drop: {below: 0.7}}
              severity: severe
            - id: bad-air
              kind: air-index
              index: european
              enter: {level-at-least: poor, for: PT1H}
              exit:  {level-at-most: moderate, for: PT2H}
            - id: no2-alert
              kind: air-exceedance
              pollutant: no2
              above: 200 ug/m3
              consecutive-hours: 3
            - id: pm-rise
              kind: air-rapid-rise
              pollutant: pm25
              rise: {at-least: 20 ug/m3, within: PT3H, sigmas: 4}
            - id: any-threshold
              kind: threshold
              metric: traffic.occupancy
              aggregate: mean
              window: PT10M
              slide: PT1M
              enter: {above: 0.6}
              exit: {below: 0.4}
            - id: sensor-trouble
              kind: sensor-health
              states: [silent, stuck, implausible, clock-skewed]
              for: PT10M
              severity: minor
            """;

    @Test
    void everyRuleKindOfTheContractsIsRead() throws InvalidRuleException {
        List<Rule> rules = RuleCodec.readDocument(CONTRACT_EXAMPLES);

        assertThat(rules).extracting(Rule::kind).containsExactly(RuleKind.values());
        assertThat(rules.get(0).condition())
                .isEqualTo(new Condition.Congestion(0.5, Duration.ofMinutes(3), 0.7, Duration.ofMinutes(5)));
        assertThat(rules.get(0).severity())
                .containsExactly(new SeverityStep(Severity.MODERATE, 0.5), new SeverityStep(Severity.SEVERE, 0.3));
        assertThat(rules.get(3).condition()).isEqualTo(new Condition.Exceedance(Pollutant.NO2, 200, Averaging.HOUR, 3));
    }

    @Test
    void aRuleSurvivesTheTopicUnchanged() throws InvalidRuleException {
        for (Rule rule : RuleCodec.readDocument(CONTRACT_EXAMPLES)) {
            Rule applied = rule.withVersion(3, Instant.parse("2026-11-23T08:15:00Z"));
            assertThat(RuleCodec.read(RuleCodec.write(applied))).isEqualTo(applied);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'averaging: 8h, consecutive-hours: 1', EIGHT_HOURS, 1",
        "'averaging: 24h, consecutive-hours: 2', TWENTY_FOUR_HOURS, 2",
        "'averaging: day, consecutive-days: 3', DAY, 3",
        "'averaging: 1h, consecutive-hours: 1', HOUR, 1"
    })
    void concentrationsAreAveragedAsTheRuleSays(String given, Averaging averaging, int consecutive)
            throws InvalidRuleException {
        Rule rule = RuleCodec.readDocument(
                        "{id: x, kind: air-exceedance, pollutant: pm10, above: 50 ug/m3, " + given + "}")
                .get(0);

        assertThat(rule.condition()).isEqualTo(new Condition.Exceedance(Pollutant.PM10, 50, averaging, consecutive));
        assertThat(RuleCodec.read(RuleCodec.write(rule))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "'averaging: 2h, consecutive-hours: 1', 'is not one of 1h, 8h, 24h, day'",
        "'averaging: day, consecutive-hours: 1', 'consecutive-days: is required'",
        "'averaging: day, consecutive-days: 25', 'consecutive-days: must be within 1..24 but is 25'"
    })
    void whatCannotBeAveragedIsRefused(String given, String problem) {
        assertThatThrownBy(() -> RuleCodec.readDocument(
                        "{id: x, kind: air-exceedance, pollutant: pm10, above: 50 ug/m3, " + given + "}"))
                .hasMessageContaining(problem);
    }

    @Test
    void theHashDependsOnTheMeaningAndNotOnTheSpelling() throws InvalidRuleException {
        Rule spelled = RuleCodec.readDocument(
                        "[{kind: air-exceedance, id: x, above: 0.2 mg/m3, pollutant: no2, consecutive-hours: 3, mode: active}]")
                .get(0);
        Rule same = RuleCodec.readDocument(
                        "- {id: x, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 3}")
                .get(0);
        Rule other = RuleCodec.readDocument(
                        "- {id: x, kind: air-exceedance, pollutant: no2, above: 201 ug/m3, consecutive-hours: 3}")
                .get(0);

        assertThat(spelled.hash()).isEqualTo(same.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void theHashIsThatOfTheCanonicalJson() throws Exception {
        Rule rule = RuleCodec.readDocument("""
                        id: any
                        kind: threshold
                        metric: traffic.occupancy
                        window: PT10M
                        slide: PT1M
                        aggregate: mean
                        enter: {above: 5.0e-4}
                        exit: {below: 0}
                        severity: {severe: {above: 20.0}, minor: {above: 0.60}}
                        labels: {z: "Søgade \\"1\\"/\\x1f", B: b, a: ""}
                        """).get(0);

        assertThat(rule.hash())
                .isEqualTo(sha256(
                        "{\"aggregate\":\"mean\",\"enter\":{\"above\":0.0005},\"exit\":{\"below\":0},\"id\":\"any\","
                                + "\"kind\":\"threshold\",\"labels\":{\"B\":\"b\",\"a\":\"\",\"z\":\"Søgade \\\"1\\\"/\\u001f\"},"
                                + "\"metric\":\"traffic.occupancy\",\"mode\":\"active\",\"severity\":{\"minor\":{\"above\":0.6},"
                                + "\"severe\":{\"above\":20}},\"slide\":\"PT1M\",\"window\":\"PT10M\"}"));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aHashThatIsANumberIsTakenAsItsText() throws Exception {
        Rule rule = RuleCodec.defaultRules().get(0);
        String json = new String(RuleCodec.write(rule), StandardCharsets.UTF_8).replace("\"" + rule.hash() + "\"", "5");

        assertThat(RuleCodec.read(json.getBytes(StandardCharsets.UTF_8)).hash()).isEqualTo("5");
    }

    /** Or a new way of making hashes would be a change of every rule to jobs, and to those who look at events. */
    @Test
    void anAppliedVersionKeepsTheHashItWasAppliedWith() throws Exception {
        String record =
                "{\"id\":\"x\",\"kind\":\"incident\",\"method\":{\"capacity-drop\":{\"below\":0.70}},\"version\":3,"
                        + "\"effectiveFrom\":\"2026-11-23T08:00:00Z\",\"hash\":\"of-an-older-form\"}";

        Rule applied = RuleCodec.read(record.getBytes(StandardCharsets.UTF_8));
        Rule document = RuleCodec.readDocument(record).get(0);

        assertThat(applied.hash()).isEqualTo("of-an-older-form");
        assertThat(RuleCodec.read(RuleCodec.write(applied))).isEqualTo(applied);
        assertThat(document.hash()).isEqualTo(RuleCodec.hash(applied)).isNotEqualTo(applied.hash());
        assertThat(document.saysTheSameAs(applied)).isTrue();
    }

    @Test
    void everyProblemIsNamedWithItsPath() {
        String document = """
                - id: a b
                  kind: congestion
                  enter: {speed-ratio-below: 0.5, for: 3 minutes}
                  exit: {speed-ratio-over: 0.7, for: PT5M}
                - id: bad-air
                  kind: air-index
                  index: european
                  enter: {level-at-least: terrible, for: PT1H}
                  exit: {level-at-most: moderate, for: PT2H}
                """;

        assertThatThrownBy(() -> RuleCodec.readDocument(document))
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidRuleException.Problem::path)
                                .contains(
                                        "[0].enter.for",
                                        "[0].exit.speed-ratio-above",
                                        "[0].exit.speed-ratio-over",
                                        "[1].enter.level-at-least"));
    }

    @Test
    void contradictoryThresholdsAreRefused() {
        assertThatThrownBy(
                        () -> RuleCodec.readDocument(
                                "- {id: x, kind: congestion, enter: {speed-ratio-below: 0.7, for: PT3M}, exit: {speed-ratio-above: 0.5, for: PT5M}}"))
                .hasMessage("[0].exit.speed-ratio-above: must not be below enter.speed-ratio-below (0.7) but is 0.5");
    }

    @Test
    void theDefaultRulesHoldFromTheBeginningOfTime() {
        assertThat(RuleCodec.defaultRules()).hasSize(10).allSatisfy(rule -> {
            assertThat(rule.version()).isEqualTo(1);
            assertThat(rule.effectiveFrom()).isEqualTo(Instant.EPOCH);
        });
    }

    @Test
    void everyKindShipsWithARuleAndWhatIsOnTrialTellsNobody() throws InvalidRuleException {
        List<Rule> trial = RuleCodec.readDocument(RuleCodec.shipped("trial"));
        Set<RuleKind> kinds = EnumSet.noneOf(RuleKind.class);
        RuleCodec.defaultRules().forEach(rule -> kinds.add(rule.kind()));

        assertThat(trial).extracting(Rule::mode).containsOnly(RuleMode.SHADOW);
        assertThat(trial).extracting(Rule::kind).doesNotContainAnyElementsOf(kinds);
        trial.forEach(rule -> kinds.add(rule.kind()));
        assertThat(kinds).containsExactly(RuleKind.values());
    }

    /** What is refused, where, and why. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metric: traffic.ocupancy | [0].metric | 'traffic.ocupancy' is not a metric; the nearest known one is traffic.occupancy",
                "metric: air.PM25         | [0].metric | the nearest known one is air.pm25UgM3",
                "metric: traffic.revision | [0].metric | is not a metric",
                "window: PT4H             | [0].window | must be a multiple of PT1M and at most PT3H, which is what is kept of traffic, but is PT4H",
                "window: PT90S            | [0].window | must be a multiple of PT1M",
                "window: PT0S             | [0].window | must be a multiple of PT1M",
                "window: PT9999999999999H | [0].window | at most PT3H",
                "window: ten minutes      | [0].window | must be an ISO 8601 duration such as PT3M but is 'ten minutes'",
                "slide: PT30S             | [0].slide  | must be a multiple of PT1M but is PT30S",
                "slide: PT20M             | [0].slide  | must not be longer than the window (PT10M) but is PT20M",
                "aggregate: median        | [0].aggregate | 'median' is not one of mean, min, max, sum, last, p85",
                "'enter: {above: 0.6, for: PT30S}' | [0].enter.for | must be at least one slide but is PT30S",
                "'enter: {above: 0.6, for: P99D}'  | [0].enter.for | must be PT0S to P31D",
                "'enter: {above: 1e999}'  | [0].enter.above | must be a number",
                "'exit: {below: 0.7}'     | [0].exit.below | must lie on the quiet side of the enter limit (0.6) but is 0.7",
                "'exit: {above: 0.5}'     | [0].exit.below | is required",
                "'scope: {stations: [a]}' | [0].scope.stations | this kind of rule is about roads",
                "'scope: {road-segments: []}' | [0].scope.road-segments | must name at least one",
                "'scope: {roadSegments: [a]}' | [0].scope.roadSegments | the nearest known one is 'road-segments'",
                "'severity: {severe: {above: 0.7}, extreme: {above: 0.65}}' | [0].severity.extreme | must be worse than the step before it",
                "'labels: {team: [a]}'    | [0].labels.team | must be a text",
                "'schedule: {time-zone: Europe/Aarhus}' | [0].schedule.time-zone | must be an IANA time zone",
                "'schedule: {from: 6am, time-zone: UTC}' | [0].schedule.from | must be a time of day",
                "'schedule: {time-zone: UTC, holidays: [25.12.2026]}' | [0].schedule.holidays | '25.12.2026' is no date such as 2026-12-25",
                "'schedule: {time-zone: UTC, holidays: [2026-12-26/2026-12-24]}' | [0].schedule.holidays | ends before it begins",
                "'schedule: {time-zone: UTC, holidays-as: sun}' | [0].schedule.holidays-as | says nothing without holidays",
                "mode: paused             | [0].mode | 'paused' is not one of active, shadow, off, deleted",
            })
    void whatCannotBeIsRefusedWithItsPathAndTheReason(String changed, String path, String reason) {
        String field = changed.substring(0, changed.indexOf(':'));
        StringBuilder rule = new StringBuilder("id: x\nkind: threshold\n");
        List.of(
                        "metric: traffic.occupancy",
                        "aggregate: mean",
                        "window: PT10M",
                        "slide: PT1M",
                        "enter: {above: 0.6}",
                        "exit: {below: 0.4}")
                .stream()
                .filter(line -> !line.startsWith(field + ":"))
                .forEach(line -> rule.append(line).append('\n'));

        assertThatThrownBy(() -> RuleCodec.readDocument(rule + changed))
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        e -> assertThat(e.problems()).anySatisfy(problem -> {
                            assertThat(problem.path()).isEqualTo(path);
                            assertThat(problem.reason()).contains(reason);
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: air-rapid-rise, pollutant: pm25, rise: {at-least: 20 ug/m3, within: PT9H, sigmas: 4}",
                "kind: air-rapid-rise, pollutant: pm25, rise: {at-least: 20 ug/m3, within: PT90M, sigmas: 4}",
                "kind: air-exceedance, pollutant: no2, above: 200, consecutive-hours: 3",
                "kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 25",
                "kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 3, scope: {corridors: [ring]}",
                "kind: incident, method: {}",
                "kind: sensor-health, states: [broken], for: PT1M",
                "kind: sensor-health, states: [stuck], for: PT1M, severity: {severe: {above: 3}}",
                "kind: sensor-health, states: [stuck], for: PT1M, scope: {stations: [a], road-segments: [b]}",
                "kind: threshold, metric: air.windDirectionDeg, window: PT2H, enter: {above: 9}, exit: {below: 8}",
                "kind: threshold, metric: air.no2UgM3, window: PT10M, enter: {above: 9}, exit: {below: 8}",
                "kind: threshold, metric: air.no2UgM3, window: PT49H, enter: {above: 9}, exit: {below: 8}",
                "kind: flood",
            })
    void everyKindRefusesWhatItCannotDecide(String rule) {
        assertThatThrownBy(() -> RuleCodec.readDocument("{id: x, " + rule + "}"))
                .isInstanceOf(InvalidRuleException.class);
    }

    @Test
    void everyProblemOfARuleIsToldAtOnce() {
        assertThatThrownBy(() -> RuleCodec.readDocument("""
                        id: a b
                        kind: threshold
                        metric: traffic.occupancy
                        window: PT5H
                        slide: PT30S
                        enter: {above: 1}
                        exit: {below: 2}
                        mode: sleepy
                        colour: red
                        """))
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidRuleException.Problem::path)
                                .containsExactlyInAnyOrder(
                                        "[0].id",
                                        "[0].window",
                                        "[0].slide",
                                        "[0].exit.below",
                                        "[0].mode",
                                        "[0].colour"));
    }

    /** What such a kind of rule should say nobody knows. */
    @Test
    void ofAMisspeltKindTheKindIsTheOnlyProblem() {
        assertThatThrownBy(
                        () -> RuleCodec.readDocument(
                                "{id: x, kind: thresold, metric: air.no2UgM3, window: PT2H,"
                                        + " severity: {severe: {above: 3}}, scope: {stations: [a]}, enter: {above: 1}, exit: {below: 1}}"))
                .hasMessageStartingWith("[0].kind: 'thresold' is not one of congestion, ")
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        e -> assertThat(e.problems()).hasSize(1));
    }

    /** Not also that it is about roads, which it is not. */
    @Test
    void ofAMistakeInAConditionTheScopeIsNotBlamed() {
        assertThatThrownBy(
                        () -> RuleCodec.readDocument("{id: x, kind: air-exceedance, pollutant: no2, above: 200 ug/m3,"
                                + " consecutive-hours: 25, scope: {stations: [a]}}"))
                .hasMessage("[0].consecutive-hours: must be within 1..24 but is 25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id: a\n\tkind: x\n", "id: a\nid: b\n", "- id: a\n- id: [", "{\"id\": \"a\",\n \"kind\" 7}"})
    void whatCannotBeParsedIsToldInOneLineWithItsLine(String document) {
        assertThatThrownBy(() -> RuleCodec.readDocument(document))
                .message()
                .contains("not readable: ", " at line 2")
                .doesNotContain("\n", "'reader'", "^");
    }

    @Test
    void aFileHoldsARuleOrAListOfThemOrSeveralDocuments() throws Exception {
        String one = "id: %s\nkind: sensor-health\nstates: [stuck]\nfor: PT1M\nmode: off\n";
        String several = one.formatted("a") + "---\n- {id: b, kind: sensor-health, states: [stuck], for: PT1M}\n---\n"
                + one.formatted("c");
        String json = "[\n\t{\"id\": \"d\", \"kind\": \"sensor-health\", \"states\": [\"stuck\"], \"for\": \"PT1M\"}]";

        assertThat(RuleCodec.readDocument(one.formatted("a")))
                .extracting(Rule::mode)
                .containsExactly(RuleMode.OFF);
        assertThat(RuleCodec.readDocument(several)).extracting(Rule::id).containsExactly("a", "b", "c");
        assertThat(RuleCodec.readDocument(json)).extracting(Rule::id).containsExactly("d");
        assertThatThrownBy(() -> RuleCodec.readDocument(several + "---\n" + one.formatted("a")))
                .hasMessage("[3].id: 'a' occurs twice");
    }

    @Test
    void whatFollowsAListOfRulesInAFileCountsToo() throws Exception {
        String rule = "{id: %s, kind: sensor-health, states: [stuck], for: PT1M}";

        assertThat(RuleCodec.readDocument("- " + rule.formatted("a") + "\n---\n" + rule.formatted("b") + "\n---\n- "
                        + rule.formatted("c")))
                .extracting(Rule::id)
                .containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n", "# nothing\n", "just words", "3", "[1]", "{", "- id: [", "[{\"id\": \"x\""})
    void whatHoldsNoRuleIsRefused(String document) {
        assertThatThrownBy(() -> RuleCodec.readDocument(document)).isInstanceOf(InvalidRuleException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"id\":\"x\"",
                "not json",
                "{\"id\":\"x\",\"kind\":\"congestion\"}",
                "{\"id\":\"x\",\"kind\":\"sensor-health\",\"states\":[\"stuck\"],\"for\":\"PT999999999999H\"}",
                "{\"id\":\"x\",\"kind\":\"sensor-health\",\"states\":[\"stuck\"],\"for\":\"PT1M\",\"effectiveFrom\":\"+999999999-12-31T00:00:00Z\"}",
                "{\"id\":\"x\",\"kind\":\"sensor-health\",\"states\":[{\"a\":1}],\"for\":\"PT1M\"}",
                "{\"id\":\"x\",\"kind\":\"sensor-health\",\"states\":[\"stuck\"],\"for\":\"PT1M\",\"scope\":{\"polygon\":[[1,2],\"x\"]}}"
            })
    void aRecordThatIsNoRuleIsSaidToBeNone(String record) {
        assertThatThrownBy(() -> RuleCodec.read(record.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidRuleException.class);
    }

    @Test
    void aScheduleWithHolidaysSurvivesTheTopic() throws InvalidRuleException {
        Rule rule = RuleCodec.readDocument("""
                        id: x
                        kind: sensor-health
                        states: [stuck]
                        for: PT1M
                        schedule:
                          days: [sun]
                          from: 06:00
                          time-zone: Europe/Copenhagen
                          holidays: [2026-12-25, 2026-12-31/2027-01-01]
                          holidays-as: sun
                        """).get(0);

        assertThat(rule.schedule())
                .isEqualTo(new Schedule(
                        Set.of(DayOfWeek.SUNDAY),
                        LocalTime.of(6, 0),
                        LocalTime.MIDNIGHT,
                        ZoneId.of("Europe/Copenhagen"),
                        List.of(Holiday.parse("2026-12-25"), Holiday.parse("2026-12-31/2027-01-01")),
                        DayOfWeek.SUNDAY));
        assertThat(RuleCodec.read(RuleCodec.write(rule))).isEqualTo(rule);
    }
}

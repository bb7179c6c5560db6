package org.citystream.analytics.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.MetricFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdPolicyTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final String CROWDED =
            "{id: r, kind: threshold, metric: traffic.occupancy, window: PT10M, slide: PT10M, "
                    + "enter: {above: 0.5}, exit: {below: 0.3}}";

    @Test
    void aMinuteAtAMultipleOfTheSlideDecidesAndNoOther() throws Exception {
        List<Integer> everyMinute = IntStream.rangeClosed(1, 30).boxed().toList();

        assertThat(decidedAt(everyMinute, Duration.ofMinutes(1))).containsExactly(10, 20, 30);
    }

    @Test
    void whereNoValueFallsOnOneTheFirstBehindItDecides() throws Exception {
        assertThat(decidedAt(List.of(3, 8, 13, 18, 23, 28, 33), Duration.ofMinutes(5)))
                .containsExactly(13, 23, 33);
    }

    /** Of the flows 100, 90, ..., 10 veh/h in ten minutes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mean | 55  | Flow at road: the mean over 10 minutes is 55 veh/h, limit above 5 veh/h (rule r)
        min  | 10  | Flow at road: the smallest over 10 minutes is 10 veh/h, limit above 5 veh/h (rule r)
        max  | 100 | Flow at road: the largest over 10 minutes is 100 veh/h, limit above 5 veh/h (rule r)
        sum  | 550 | Flow at road: the sum over 10 minutes is 550 veh/h, limit above 5 veh/h (rule r)
        last | 10  | Flow at road: the last value over 10 minutes is 10 veh/h, limit above 5 veh/h (rule r)
        p85  | 90  | Flow at road: the 85th percentile over 10 minutes is 90 veh/h, limit above 5 veh/h (rule r)
        """)
    void theWindowIsCondensedAsTheRuleSaysAndToldSo(String aggregate, double value, String summary) throws Exception {
        Verdict verdict = judge(
                flow("aggregate: " + aggregate + ", window: PT10M, enter: {above: 5}, exit: {below: 4}"),
                Duration.ofMinutes(1),
                100,
                90,
                80,
                70,
                60,
                50,
                40,
                30,
                20,
                10);

        Verdict.Telling telling = Objects.requireNonNull(verdict.telling());
        assertThat(telling.summary()).isEqualTo(summary);
        JsonNode observed = telling.evidence(EIGHT, EIGHT.plusSeconds(600)).path("observed");
        assertThat(observed.path("value").asDouble()).isEqualTo(value);
        assertThat(observed.path("aggregate").asText()).isEqualTo(aggregate);
        assertThat(observed.path("values").asInt()).isEqualTo(10);
        assertThat(observed.path("valuesOwed").asInt()).isEqualTo(10);
    }

    @Test
    void evidenceNamesTheRunTheLimitsAndWhatThePaneRestsOn() throws Exception {
        Verdict above = judge(
                flow("window: PT1H, slide: PT1M, enter: {above: 5, for: PT2M}, exit: {below: 4, for: PT3M}"),
                Duration.ofHours(1),
                10);
        JsonNode evidence = Objects.requireNonNull(above.telling()).evidence(EIGHT, EIGHT.plusSeconds(120));

        assertThat(above.telling().summary()).contains("over 1 hour is");
        assertThat(evidence.path("window"))
                .hasToString("{\"start\":\"2026-11-23T08:00:00Z\",\"end\":\"2026-11-23T08:02:00Z\"}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"enterAbove\":5.0,\"enterFor\":\"PT2M\",\"exitBelow\":4.0,\"exitFor\":\"PT3M\"}");
        assertThat(evidence.path("observed").path("over").asText()).isEqualTo("PT1H");
        assertThat(evidence.path("sensors").asText()).isEqualTo("s1");

        Verdict below =
                judge(flow("window: PT2H, enter: {below: 5}, exit: {above: 6}"), Duration.ofHours(1), 1.00004, 1.00004);
        assertThat(Objects.requireNonNull(below.telling()).summary())
                .contains("over 2 hours is 1 veh/h, limit below 5 veh/h");
        assertThat(below.telling().evidence(EIGHT, EIGHT).path("threshold").fieldNames())
                .toIterable()
                .containsExactly("enterBelow", "enterFor", "exitAbove", "exitFor");
    }

    @ParameterizedTest
    @CsvSource({
        "'enter: {above: 5}, exit: {below: 3}', 5.1, ENTER",
        "'enter: {above: 5}, exit: {below: 3}', 5, BETWEEN",
        "'enter: {above: 5}, exit: {below: 3}', 3, BETWEEN",
        "'enter: {above: 5}, exit: {below: 3}', 2.9, EXIT",
        "'enter: {below: 3}, exit: {above: 5}', 2.9, ENTER",
        "'enter: {below: 3}, exit: {above: 5}', 3, BETWEEN",
        "'enter: {below: 3}, exit: {above: 5}', 5, BETWEEN",
        "'enter: {below: 3}, exit: {above: 5}', 5.1, EXIT",
    })
    void limitsArePassedStrictly(String limits, double value, Standing standing) throws Exception {
        assertThat(judge(flow("window: PT1M, " + limits), Duration.ofMinutes(1), value)
                        .standing())
                .isEqualTo(standing);
    }

    @ParameterizedTest
    @CsvSource({"50, MINOR", "60, MINOR", "61, MODERATE", "90, MODERATE", "91, SEVERE"})
    void severityIsThatOfTheLastStepPassed(double value, Severity severity) throws Exception {
        Rule rule = flow("window: PT1M, enter: {above: 40}, exit: {below: 30}, "
                + "severity: {minor: {above: 40}, moderate: {above: 60}, severe: {above: 90}}");
        assertThat(judge(rule, Duration.ofMinutes(1), value).severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({"50, MINOR", "40, MINOR", "39, SEVERE"})
    void downwardsAStepIsPassedFromAbove(double value, Severity severity) throws Exception {
        Rule rule = flow("window: PT1M, enter: {below: 60}, exit: {above: 70}, "
                + "severity: {minor: {below: 60}, severe: {below: 40}}");
        assertThat(judge(rule, Duration.ofMinutes(1), value).severity()).isEqualTo(severity);
    }

    /** Of a window of ten minutes. */
    @ParameterizedTest
    @CsvSource({"mean, 1, 8", "sum, 1, 10", "last, 1, 1", "mean, 2, 4", "sum, 2, 5", "mean, 15, 1"})
    void aWindowDecidesOnceItHoldsEnoughOfWhatTheSensorsOwe(String aggregate, int everyMinutes, int needed)
            throws Exception {
        Rule rule =
                flow("aggregate: " + aggregate + ", window: PT10M, slide: PT1M, enter: {above: 5}, exit: {below: 4}");
        Duration every = Duration.ofMinutes(everyMinutes);

        assertThat(judge(rule, every, new double[needed]).standing()).isEqualTo(Standing.EXIT);
        if (needed > 1) {
            assertThat(judge(rule, every, new double[needed - 1]).standing()).isEqualTo(Standing.UNDECIDED);
        }
    }

    @Test
    void aVerdictCarriesTheRulesDwells() throws Exception {
        Rule rule = flow("window: PT5M, slide: PT1M, enter: {above: 5, for: PT2M}, exit: {below: 4, for: PT3M}");
        Verdict verdict = judge(rule, Duration.ofMinutes(5), 10);
        assertThat(verdict.enterFor()).isEqualTo(Duration.ofMinutes(2));
        assertThat(verdict.exitFor()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aRuleWithoutAWindowSaysNothing() throws Exception {
        Rule rule = flow("window: PT5M, enter: {above: 5}, exit: {below: 4}");
        Verdict verdict = new ThresholdPolicy(
                        "road", MetricFamily.TRAFFIC, Windows.NONE, EIGHT, Duration.ofMinutes(1), evidence -> {})
                .judge(rule, (Condition.Threshold) rule.condition());
        assertThat(verdict.standing()).isEqualTo(Standing.UNDECIDED);
    }

    private static Rule flow(String more) throws Exception {
        return RuleCodec.readDocument("{id: r, kind: threshold, metric: traffic.vehicleFlowPerHour, " + more + "}")
                .get(0);
    }

    /** The verdict of the last of these values, one in each expected interval. */
    private static Verdict judge(Rule rule, Duration every, double... values) {
        Windows windows = Windows.NONE;
        Instant end = EIGHT;
        for (double value : values) {
            end = end.plus(every);
            windows = windows.next(List.of(rule), end.minusSeconds(60), end, metric -> value);
        }
        return new ThresholdPolicy(
                        "road", MetricFamily.TRAFFIC, windows, end, every, evidence -> evidence.put("sensors", "s1"))
                .judge(rule, (Condition.Threshold) rule.condition());
    }

    /** @param ends of minutes with a value, minutes after eight */
    private static List<Integer> decidedAt(List<Integer> ends, Duration expectedInterval) throws Exception {
        Rule rule = RuleCodec.readDocument(CROWDED).get(0);
        Condition.Threshold condition = (Condition.Threshold) rule.condition();
        List<Integer> decided = new ArrayList<>();
        Windows windows = Windows.NONE;
        for (int minute : ends) {
            Instant end = EIGHT.plusSeconds(60L * minute);
            windows = windows.next(List.of(rule), end.minusSeconds(60), end, metric -> 0.7);
            Standing standing = new ThresholdPolicy(
                            "road", MetricFamily.TRAFFIC, windows, end, expectedInterval, evidence -> {})
                    .judge(rule, condition)
                    .standing();
            if (standing == Standing.ENTER) {
                decided.add(minute);
            }
        }
        return decided;
    }
}

package org.citystream.analytics.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.citystream.model.rule.Condition.Aggregate;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the threshold rules of a subject look back on. */
class WindowsTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private final Rule rule = rule("r", 0.5).withVersion(1, EIGHT);

    private static Rule rule(String id, double enter) {
        String document = "{id: %s, kind: threshold, metric: traffic.occupancy, window: PT3M, slide: PT1M, "
                + "enter: {above: %s}, exit: {below: 0.3}}";
        try {
            return RuleCodec.readDocument(document.formatted(id, enter)).get(0);
        } catch (org.citystream.model.rule.InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    /** After the minute with this number, which had this value. */
    private static Windows after(Windows before, int minute, List<Rule> rules, @Nullable Double value) {
        Instant start = EIGHT.plusSeconds(60L * minute);
        return before.next(rules, start, start.plusSeconds(60), metric -> value);
    }

    private static Windows minutes(Windows before, int first, List<Rule> rules, double... values) {
        Windows windows = before;
        for (int i = 0; i < values.length; i++) {
            windows = after(windows, first + i, rules, values[i]);
        }
        return windows;
    }

    private static double sum(Windows windows, Rule rule) {
        return Objects.requireNonNull(windows.of(rule)).aggregate(Aggregate.SUM);
    }

    @Test
    void aWindowHoldsTheMinutesThatBeginWithinIt() {
        Windows windows = minutes(Windows.NONE, 0, List.of(rule), 1, 20, 300);
        assertThat(sum(windows, rule)).isEqualTo(321);
        assertThat(sum(minutes(windows, 3, List.of(rule), 4000), rule)).isEqualTo(4320);
        assertThat(sum(minutes(windows, 4, List.of(rule), 4000), rule))
                .as("a minute without values between")
                .isEqualTo(4300);
    }

    @Test
    void aMinuteThatMeasuredNothingAddsNothingAndOldOnesStillLeave() {
        Windows windows = minutes(Windows.NONE, 0, List.of(rule), 1, 20, 300);
        assertThat(sum(after(windows, 3, List.of(rule), null), rule)).isEqualTo(320);
    }

    @Test
    void anotherVersionGoesOnWithTheWindowUnlessItsConditionDiffers() {
        Windows windows = minutes(Windows.NONE, 0, List.of(rule), 1, 20);
        Rule relabelled = rule.withVersion(2, EIGHT);
        assertThat(sum(minutes(windows, 2, List.of(relabelled), 300), relabelled))
                .isEqualTo(321);

        Rule stricter = rule("r", 0.4).withVersion(2, EIGHT);
        assertThat(sum(minutes(windows, 2, List.of(stricter), 300), stricter)).isEqualTo(300);
    }

    @Test
    void aRuleThatDoesNotDecideForAMinuteBeginsAnewAfterIt() {
        Windows windows = minutes(Windows.NONE, 0, List.of(rule), 1);
        Windows without = minutes(windows, 1, List.of(), 20);
        assertThat(without).isSameAs(Windows.NONE);
        assertThat(sum(minutes(without, 2, List.of(rule), 300), rule)).isEqualTo(300);
    }

    @Test
    void eachRuleHasAWindowOfItsOwnAndNoOtherKindHasOne() throws Exception {
        Rule other = rule("s", 0.6).withVersion(1, EIGHT);
        Rule congestion = RuleCodec.defaultRules().get(0);
        Windows windows = minutes(Windows.NONE, 0, List.of(rule), 1);
        windows = minutes(windows, 1, List.of(rule, other, congestion), 20);
        assertThat(sum(windows, rule)).isEqualTo(21);
        assertThat(sum(windows, other)).isEqualTo(20);
        assertThat(windows.of(congestion)).isNull();
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Rule other = rule("s", 0.6).withVersion(7, EIGHT);
        Windows windows = minutes(Windows.NONE, 0, List.of(rule), -1.5, 0.25);
        Windows read = copy(minutes(windows, 2, List.of(rule, other), 3.000001));

        assertThat(sum(read, rule)).isEqualTo(1.750001);
        assertThat(sum(read, other)).isEqualTo(3.000001);
        assertThat(sum(minutes(read, 3, List.of(rule, other), 1), rule))
                .as("times and versions too")
                .isEqualTo(4.250001);
        assertThat(sum(minutes(read, 3, List.of(rule, other), 1), other)).isEqualTo(4.000001);
        Rule relabelled = other.withVersion(8, EIGHT);
        assertThat(sum(minutes(read, 3, List.of(relabelled), 1), relabelled))
                .as("and conditions")
                .isEqualTo(4.000001);
        assertThat(copy(Windows.NONE)).isSameAs(Windows.NONE);
    }

    private static Windows copy(Windows windows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        windows.write(new DataOutputStream(bytes));
        return Windows.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}

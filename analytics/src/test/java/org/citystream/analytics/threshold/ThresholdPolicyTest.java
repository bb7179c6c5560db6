package org.citystream.analytics.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.MetricFamily;
import org.junit.jupiter.api.Test;

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

package org.citystream.analytics.threshold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Condition.Aggregate;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.citystream.model.rule.SeverityStep;
import org.citystream.model.summary.Metric;
import org.citystream.model.summary.MetricFamily;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * What one pane says about a threshold rule: at each multiple of its slide, its window condensed and held against its
 * limits. A window decides when it holds three quarters of the values that the subject's sensors owe in it (as an hourly
 * mean of air does), a sum only when it holds all, the last value as soon as there is one.
 */
public final class ThresholdPolicy {
    private static final int DECIMALS = 4;

    private final String subjectId;
    private final MetricFamily<?> family;
    private final Windows windows;
    private final Instant paneEnd;
    private final Duration expectedInterval;
    private final Consumer<ObjectNode> sources;

    /**
     * @param windows the pane taken in
     * @param expectedInterval longest expected time between readings
     * @param sources adds to the evidence of an event what the pane rests on: sensors, completeness
     */
    public ThresholdPolicy(
            String subjectId,
            MetricFamily<?> family,
            Windows windows,
            Instant paneEnd,
            Duration expectedInterval,
            Consumer<ObjectNode> sources) {
        this.subjectId = subjectId;
        this.family = family;
        this.windows = windows;
        this.paneEnd = paneEnd;
        this.expectedInterval = expectedInterval;
        this.sources = sources;
    }

    public Verdict judge(Rule rule, Condition.Threshold condition) {
        Window window = windows.of(rule);
        if (window == null || !isDue(window, condition) || window.size() < needed(condition)) {
            return Verdict.undecided(rule.severity().get(0).severity());
        }
        double value = window.aggregate(condition.aggregate());
        return new Verdict(
                standing(condition, value),
                severity(rule, condition, value),
                condition.enterFor(),
                condition.exitFor(),
                new ThresholdTelling(rule, condition, value, window.size()));
    }

    /** At each multiple of the slide, or at the first value behind it: sensors that report seldom may never have one there. */
    private boolean isDue(Window window, Condition.Threshold condition) {
        long slide = condition.slide().toMillis();
        long pane = family.pane().toMillis();
        long end = paneEnd.toEpochMilli();
        long before = window.newestBefore(end - pane);
        return before == Long.MIN_VALUE || Math.floorDiv(before + pane, slide) != Math.floorDiv(end, slide);
    }

    private int needed(Condition.Threshold condition) {
        if (condition.aggregate() == Aggregate.LAST) {
            return 1;
        }
        int owed = owed(condition);
        return condition.aggregate() == Aggregate.SUM ? owed : (3 * owed + 3) / 4;
    }

    /** How many panes of the window should have a value, given how often the sensors report. */
    private int owed(Condition.Threshold condition) {
        long between = Math.max(family.pane().toMillis(), expectedInterval.toMillis());
        return (int) Math.max(1, condition.window().toMillis() / between);
    }

    private static Standing standing(Condition.Threshold condition, double value) {
        int side = condition.above() ? 1 : -1;
        if (side * value > side * condition.enter()) {
            return Standing.ENTER;
        }
        return side * value < side * condition.exit() ? Standing.EXIT : Standing.BETWEEN;
    }

    /** The last step whose bound is passed; the first if none. */
    private static Severity severity(Rule rule, Condition.Threshold condition, double value) {
        int side = condition.above() ? 1 : -1;
        Severity severity = rule.severity().get(0).severity();
        for (SeverityStep step : rule.severity()) {
            Double bound = step.bound();
            if (bound == null || side * value > side * bound) {
                severity = step.severity();
            }
        }
        return severity;
    }

    private static String shown(double value, String unit) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
        String number = rounded.stripTrailingZeros().toPlainString();
        return unit.isEmpty() ? number : number + " " + unit;
    }

    private final class ThresholdTelling implements Verdict.Telling {
        private final Rule rule;
        private final Condition.Threshold condition;
        private final double value;
        private final int values;

        ThresholdTelling(Rule rule, Condition.Threshold condition, double value, int values) {
            this.rule = rule;
            this.condition = condition;
            this.value = value;
            this.values = values;
        }

        private Metric<?> metric() {
            return Objects.requireNonNull(family.metrics().get(condition.metric()));
        }

        @Override
        public String summary() {
            String unit = metric().unit();
            return String.format(
                    "%s at %s: %s over %s is %s, limit %s %s (rule %s)",
                    capitalised(metric().label()),
                    subjectId,
                    word(condition.aggregate()),
                    words(condition.window()),
                    shown(value, unit),
                    condition.above() ? "above" : "below",
                    shown(condition.enter(), unit),
                    rule.id());
        }

        @Override
        public JsonNode evidence(Instant from, Instant to) {
            ObjectNode evidence = JsonCodec.internal().createObjectNode();
            evidence.putObject("window").put("start", from.toString()).put("end", to.toString());
            evidence.putObject("observed")
                    .put("metric", condition.metric())
                    .put("aggregate", condition.aggregate().name().toLowerCase(java.util.Locale.ROOT))
                    .put("over", condition.window().toString())
                    .put("value", rounded(value))
                    .put("unit", metric().unit())
                    .put("values", values)
                    .put("valuesOwed", owed(condition));
            ObjectNode threshold = evidence.putObject("threshold");
            threshold.put(condition.above() ? "enterAbove" : "enterBelow", condition.enter());
            threshold.put("enterFor", condition.enterFor().toString());
            threshold.put(condition.above() ? "exitBelow" : "exitAbove", condition.exit());
            threshold.put("exitFor", condition.exitFor().toString());
            sources.accept(evidence);
            return evidence;
        }
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    }

    private static String capitalised(String label) {
        return Character.toUpperCase(label.charAt(0)) + label.substring(1);
    }

    private static String word(Aggregate aggregate) {
        return switch (aggregate) {
            case MEAN -> "the mean";
            case MIN -> "the smallest";
            case MAX -> "the largest";
            case SUM -> "the sum";
            case LAST -> "the last value";
            case P85 -> "the 85th percentile";
        };
    }

    private static String words(Duration window) {
        long minutes = window.toMinutes();
        return minutes % 60 == 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    /** The value of a metric in a summary, as {@link Windows} wants it. */
    public static <S> Windows.Values values(MetricFamily<S> family, @Nullable S summary) {
        return name -> {
            Metric<S> metric = family.metric(name);
            return summary == null || metric == null ? null : metric.of(summary);
        };
    }
}

package org.citystream.model.rule;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.model.summary.Metric;
import org.citystream.model.summary.MetricFamily;
import org.jspecify.annotations.Nullable;

/** What a rule looks for; one record per {@link RuleKind}. Durations are event time. */
public sealed interface Condition {

    /**
     * Congestion on a road segment: speed over free-flow speed.
     *
     * @param enterSpeedRatioBelow opens when the ratio is strictly below, 0..1 exclusive
     * @param enterFor ... for this long
     * @param exitSpeedRatioAbove closes when the ratio is strictly above, at least the enter ratio, at most 1
     * @param exitFor ... for this long
     */
    record Congestion(double enterSpeedRatioBelow, Duration enterFor, double exitSpeedRatioAbove, Duration exitFor)
            implements Condition {
        public Congestion {
            new Checks()
                    .within("enter.speed-ratio-below", enterSpeedRatioBelow, 0, 1)
                    .within("exit.speed-ratio-above", exitSpeedRatioAbove, 0, 1)
                    .refuseIf(
                            exitSpeedRatioAbove < enterSpeedRatioBelow,
                            "exit.speed-ratio-above",
                            "must not be below enter.speed-ratio-below (" + enterSpeedRatioBelow + ") but is "
                                    + exitSpeedRatioAbove)
                    .positive("enter.for", enterFor)
                    .positive("exit.for", exitFor)
                    .done();
        }
    }

    /**
     * Incident between adjacent stations of a corridor.
     *
     * @param calibrateCalifornia7 whether California #7 takes its thresholds from the site's quiet days; absent: not used
     * @param capacityDropBelow share of capacity that flow falls below, 0..1; absent: not used
     */
    record Incident(
            @Nullable Boolean calibrateCalifornia7,
            @Nullable Double capacityDropBelow) implements Condition {
        public Incident {
            new Checks()
                    .refuseIf(
                            calibrateCalifornia7 == null && capacityDropBelow == null,
                            "method",
                            "must name california7, capacity-drop or both")
                    .within("method.capacity-drop.below", capacityDropBelow == null ? 1 : capacityDropBelow, 0, 1)
                    .done();
        }
    }

    /** An air-quality index at or above a level (1..6) for a time; ends at or below another, lower level. */
    record IndexLevel(AirIndex index, int enterLevelAtLeast, Duration enterFor, int exitLevelAtMost, Duration exitFor)
            implements Condition {
        public IndexLevel {
            new Checks()
                    .refuseIf(
                            exitLevelAtMost >= enterLevelAtLeast,
                            "exit.level-at-most",
                            "must be better than enter.level-at-least (" + index.levelName(enterLevelAtLeast)
                                    + ") but is " + index.levelName(exitLevelAtMost))
                    .positive("enter.for", enterFor)
                    .positive("exit.for", exitFor)
                    .done();
        }
    }

    /**
     * Means strictly above a limit, several in a row.
     *
     * @param above in {@link Pollutant#unit()}
     * @param averaging what the means are taken over
     * @param consecutive how many in a row: calendar days for {@link Averaging#DAY}, else clock hours; 1 to 24
     */
    record Exceedance(Pollutant pollutant, double above, Averaging averaging, int consecutive) implements Condition {
        public Exceedance {
            new Checks()
                    .positive("above", above)
                    .refuseIf(
                            consecutive < 1 || consecutive > 24,
                            consecutiveField(averaging),
                            "must be within 1..24 but is " + consecutive)
                    .done();
        }

        /** The field of the rule that says how many. */
        static String consecutiveField(Averaging averaging) {
            return averaging == Averaging.DAY ? "consecutive-days" : "consecutive-hours";
        }
    }

    /**
     * A rise that stands out of the station's own noise.
     *
     * @param atLeast in {@link Pollutant#unit()}
     * @param within whole hours, 1 to {@link #LONGEST}: the day of hourly means that a station remembers must also tell
     *     how much it usually changes in such a time
     * @param sigmas multiple of the station's robust noise that the rise must exceed too
     */
    record RapidRise(Pollutant pollutant, double atLeast, Duration within, double sigmas) implements Condition {
        /** Longest time over which a rise can be judged. */
        public static final Duration LONGEST = Duration.ofHours(8);

        public RapidRise {
            new Checks()
                    .positive("rise.at-least", atLeast)
                    .refuseIf(
                            !isWhole(within, Duration.ofHours(1)) || within.compareTo(LONGEST) > 0,
                            "rise.within",
                            "must be whole hours from PT1H to " + LONGEST + " but is " + within)
                    .positive("rise.sigmas", sigmas)
                    .done();
        }
    }

    /** How a {@link Threshold} condenses its window. */
    enum Aggregate {
        MEAN,
        MIN,
        MAX,
        SUM,
        LAST,
        P85
    }

    /**
     * Any numeric summary field, condensed over a window, against a limit.
     *
     * @param metric as in {@link MetricFamily}
     * @param window whole panes, at most the family's longest
     * @param slide whole panes, at most the window: decides at its multiples since 1970 (UTC)
     * @param above whether the limits are crossed upwards; otherwise downwards
     * @param enter strictly beyond it opens
     * @param enterFor ... for this long; zero: at once, else at least one slide
     * @param exit strictly on its quiet side closes
     * @param exitFor ... for this long; likewise
     */
    record Threshold(
            String metric,
            Aggregate aggregate,
            Duration window,
            Duration slide,
            boolean above,
            double enter,
            Duration enterFor,
            double exit,
            Duration exitFor)
            implements Condition {
        public Threshold {
            MetricFamily<?> family = family(metric);
            Metric<?> known = family.metrics().get(metric);
            Checks checks = new Checks();
            if (known != null && known.isAngle() && aggregate != Aggregate.LAST) {
                checks.refuseIf(true, "aggregate", "must be last, because " + metric + " is an angle");
            }
            checks.refuseIf(
                            !isWhole(window, family.pane()) || window.compareTo(family.longestWindow()) > 0,
                            "window",
                            "must be a multiple of " + family.pane() + " and at most " + family.longestWindow()
                                    + ", which is what is kept of " + family.name() + ", but is " + window)
                    .refuseIf(
                            !isWhole(slide, family.pane()),
                            "slide",
                            "must be a multiple of " + family.pane() + " but is " + slide)
                    .refuseIf(
                            above ? exit > enter : exit < enter,
                            above ? "exit.below" : "exit.above",
                            "must lie on the quiet side of the enter limit (" + enter + ") but is " + exit);
            if (checks.isClean()) {
                checks.refuseIf(
                                slide.compareTo(window) > 0,
                                "slide",
                                "must not be longer than the window (" + window + ") but is " + slide)
                        .refuseIf(
                                !isDwell(enterFor, slide), "enter.for", "must be at least one slide but is " + enterFor)
                        .refuseIf(!isDwell(exitFor, slide), "exit.for", "must be at least one slide but is " + exitFor)
                        .notNegative("enter.for", enterFor)
                        .notNegative("exit.for", exitFor);
            }
            checks.done();
        }

        /** Whether the metric is one of air stations; otherwise of road segments. */
        public boolean isAboutAir() {
            return MetricFamily.AIR.metric(metric) != null;
        }

        private static boolean isDwell(Duration lasting, Duration slide) {
            return lasting.isZero() || lasting.isNegative() || lasting.compareTo(slide) >= 0;
        }

        private static MetricFamily<?> family(String metric) {
            try {
                return MetricFamily.having(metric);
            } catch (IllegalArgumentException e) {
                Checks checks = new Checks().refuseIf(true, "metric", String.valueOf(e.getMessage()));
                checks.done();
                throw e;
            }
        }
    }

    /** A sensor in one of these health states for a time. */
    record Health(Set<String> states, Duration lasting) implements Condition {
        public static final Set<String> KNOWN_STATES =
                Set.of("silent", "stuck", "implausible", "clock-skewed", "duplicate-identity", "drifting");

        public Health {
            Checks checks = new Checks();
            for (String state : states) {
                checks.refuseIf(
                        !KNOWN_STATES.contains(state),
                        "states",
                        "'" + state + "' is not one of " + String.join(", ", new TreeSet<>(KNOWN_STATES)));
            }
            checks.refuseIf(states.isEmpty(), "states", "must name at least one state")
                    .positive("for", lasting)
                    .done();
        }
    }

    private static boolean isWhole(Duration value, Duration unit) {
        return value.compareTo(unit) >= 0 && value.getNano() == 0 && value.getSeconds() % unit.getSeconds() == 0;
    }
}

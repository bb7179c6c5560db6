package org.citystream.model.rule;

import java.time.Duration;
import java.util.Set;
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
            within("enter.speed-ratio-below", enterSpeedRatioBelow, 0, 1);
            within("exit.speed-ratio-above", exitSpeedRatioAbove, 0, 1);
            if (exitSpeedRatioAbove < enterSpeedRatioBelow) {
                throw new IllegalArgumentException("exit.speed-ratio-above (" + exitSpeedRatioAbove
                        + ") must not be below enter.speed-ratio-below (" + enterSpeedRatioBelow + ")");
            }
            positive("enter.for", enterFor);
            positive("exit.for", exitFor);
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
            if (calibrateCalifornia7 == null && capacityDropBelow == null) {
                throw new IllegalArgumentException("method must name california7, capacity-drop or both");
            }
            if (capacityDropBelow != null) {
                within("method.capacity-drop.below", capacityDropBelow, 0, 1);
            }
        }
    }

    /** An air-quality index at or above a level (1..6) for a time; ends at or below another, lower level. */
    record IndexLevel(AirIndex index, int enterLevelAtLeast, Duration enterFor, int exitLevelAtMost, Duration exitFor)
            implements Condition {
        public IndexLevel {
            if (exitLevelAtMost >= enterLevelAtLeast) {
                throw new IllegalArgumentException("exit.level-at-most (" + index.levelName(exitLevelAtMost)
                        + ") must be better than enter.level-at-least (" + index.levelName(enterLevelAtLeast) + ")");
            }
            positive("enter.for", enterFor);
            positive("exit.for", exitFor);
        }
    }

    /**
     * Hourly means strictly above a limit for consecutive clock hours.
     *
     * @param above in {@link Pollutant#unit()}
     */
    record Exceedance(Pollutant pollutant, double above, int consecutiveHours) implements Condition {
        public Exceedance {
            positive("above", above);
            if (consecutiveHours < 1 || consecutiveHours > 24) {
                throw new IllegalArgumentException("consecutive-hours must be within 1..24 but is " + consecutiveHours);
            }
        }
    }

    /**
     * A rise that stands out of the station's own noise.
     *
     * @param atLeast in {@link Pollutant#unit()}
     * @param sigmas multiple of the station's robust noise that the rise must exceed too
     */
    record RapidRise(Pollutant pollutant, double atLeast, Duration within, double sigmas) implements Condition {
        public RapidRise {
            positive("rise.at-least", atLeast);
            positive("rise.within", within);
            positive("rise.sigmas", sigmas);
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
     * Any numeric summary field against a limit.
     *
     * @param metric {@code traffic.<field>} or {@code air.<field>}
     * @param above whether the limits are crossed upwards; otherwise downwards
     */
    record Threshold(
            String metric,
            Aggregate aggregate,
            Duration window,
            Duration slide,
            boolean above,
            double enter,
            double exit)
            implements Condition {
        public Threshold {
            if (!metric.startsWith("traffic.") && !metric.startsWith("air.")) {
                throw new IllegalArgumentException(
                        "metric must start with 'traffic.' or 'air.' but is '" + metric + "'");
            }
            positive("window", window);
            positive("slide", slide);
            if (above ? exit > enter : exit < enter) {
                throw new IllegalArgumentException(
                        "exit (" + exit + ") must lie on the quiet side of enter (" + enter + ")");
            }
        }
    }

    /** A sensor in one of these health states for a time. */
    record Health(Set<String> states, Duration lasting) implements Condition {
        public static final Set<String> KNOWN_STATES = Set.of("silent", "stuck", "implausible", "clock-skewed");

        public Health {
            for (String state : states) {
                if (!KNOWN_STATES.contains(state)) {
                    throw new IllegalArgumentException("states: '" + state + "' is not one of "
                            + String.join(", ", KNOWN_STATES.stream().sorted().toList()));
                }
            }
            if (states.isEmpty()) {
                throw new IllegalArgumentException("states must name at least one state");
            }
            positive("for", lasting);
        }
    }

    private static void within(String field, double value, double above, double atMost) {
        if (!(value > above && value <= atMost)) {
            throw new IllegalArgumentException(
                    field + " must be above " + above + " and at most " + atMost + " but is " + value);
        }
    }

    private static void positive(String field, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(field + " must be above 0 but is " + value);
        }
    }

    private static void positive(String field, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(field + " must be longer than nothing but is " + value);
        }
    }
}

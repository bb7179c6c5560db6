package org.citystream.analytics.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.citystream.model.rule.SeverityStep;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Congestion by speed ratio: space-mean speed over free-flow speed, strictly below one bound to enter, strictly above
 * another to leave. Counts play no part, because they fall in a standstill as they do at night; where nothing passes a
 * detector that is covered, vehicles stand on it.
 */
public final class CongestionPolicy {
    /**
     * Share of time a detector is covered from which, with no vehicle passing, traffic stands on it: with vehicles and
     * detectors of 6.5 m together this is a density of 54 veh/km in the lane, above that at capacity.
     */
    static final double STANDSTILL_OCCUPANCY = 0.35;

    /** A reading by travel time often covers the whole dwell, and one such reading is a handful of vehicles. */
    private static final int READINGS_NEEDED_BY_TRAVEL_TIME = 3;

    private CongestionPolicy() {}

    static Verdict judge(Rule rule, TrafficSummary summary, SegmentMinute minute) {
        if (!(rule.condition() instanceof Condition.Congestion congestion)) {
            return Verdict.undecided(rule.severity().get(0).severity());
        }
        double ratio = ratio(
                SegmentMinute.orNaN(summary.speedRatio()),
                SegmentMinute.orNaN(summary.spaceMeanSpeedKmh()),
                SegmentMinute.orNaN(summary.occupancy()));
        return judge(
                rule,
                congestion,
                ratio,
                minute.readings(),
                minute.travelTime(),
                new CongestionTelling(rule, congestion, summary, minute));
    }

    /**
     * What a minute of a segment says to a rule, for its corridor.
     *
     * @param travelTime whether the segment is measured by travel time
     */
    public static Verdict judge(Rule rule, Condition.Congestion congestion, SegmentPart part, boolean travelTime) {
        double ratio = travelTime ? part.speedRatio() : ratio(part);
        return judge(rule, congestion, ratio, part.readings(), travelTime, null);
    }

    /** Speed over free-flow speed as detectors tell it: 0 in a standstill; NaN: not known. */
    public static double ratio(SegmentPart part) {
        return ratio(part.speedRatio(), part.speedKmh(), part.occupancy());
    }

    /** Where a speed was measured nothing stands, even if the free-flow speed to hold it against is not known yet. */
    private static double ratio(double speedRatio, double speedKmh, double occupancy) {
        boolean stands = Double.isNaN(speedKmh) && occupancy >= STANDSTILL_OCCUPANCY;
        return stands ? 0 : speedRatio;
    }

    private static Verdict judge(
            Rule rule,
            Condition.Congestion congestion,
            double ratio,
            int readings,
            boolean travelTime,
            Verdict.@Nullable Telling telling) {
        if (Double.isNaN(ratio)) {
            return Verdict.undecided(rule.severity().get(0).severity());
        }
        Standing standing = ratio < congestion.enterSpeedRatioBelow()
                ? Standing.ENTER
                : ratio > congestion.exitSpeedRatioAbove() ? Standing.EXIT : Standing.BETWEEN;
        return new Verdict(
                standing,
                severity(rule, ratio),
                congestion.enterFor(),
                congestion.exitFor(),
                readings,
                travelTime ? READINGS_NEEDED_BY_TRAVEL_TIME : 0,
                telling,
                null);
    }

    /** The last step whose bound the ratio undercuts; the first if none. */
    private static Severity severity(Rule rule, double ratio) {
        Severity severity = rule.severity().get(0).severity();
        for (SeverityStep step : rule.severity()) {
            if (step.bound() == null || ratio < step.bound()) {
                severity = step.severity();
            }
        }
        return severity;
    }

    private record CongestionTelling(
            Rule rule, Condition.Congestion congestion, TrafficSummary pane, SegmentMinute minute)
            implements Verdict.Telling {

        @Override
        public String summary() {
            if (pane.spaceMeanSpeedKmh() == null) {
                return "Traffic on " + pane.roadSegmentId() + " stands";
            }
            return String.format(
                    Locale.ROOT,
                    "Traffic on %s moves at %.0f km/h, %.0f %% of its free-flow speed of %.0f km/h",
                    pane.roadSegmentId(),
                    pane.spaceMeanSpeedKmh(),
                    100 * SegmentMinute.orNaN(pane.speedRatio()),
                    pane.freeFlowSpeedKmh());
        }

        @Override
        public JsonNode evidence(Instant from, Instant to) {
            ObjectNode evidence = JsonCodec.internal().createObjectNode();
            evidence.putObject("window").put("start", from.toString()).put("end", to.toString());
            evidence.putObject("observed")
                    .put("speedKmh", pane.spaceMeanSpeedKmh())
                    .put("speedRatio", pane.speedRatio())
                    .put("vehicleFlowPerHour", pane.vehicleFlowPerHour())
                    .put("occupancy", pane.occupancy());
            evidence.putObject("threshold")
                    .put("enterSpeedRatioBelow", congestion.enterSpeedRatioBelow())
                    .put("enterFor", congestion.enterFor().toString())
                    .put("exitSpeedRatioAbove", congestion.exitSpeedRatioAbove())
                    .put("exitFor", congestion.exitFor().toString());
            evidence.putObject("freeFlow")
                    .put("speedKmh", pane.freeFlowSpeedKmh())
                    .put("baseline", pane.baseline());
            SegmentEvidence.addTo(evidence, pane, minute);
            return evidence;
        }
    }
}

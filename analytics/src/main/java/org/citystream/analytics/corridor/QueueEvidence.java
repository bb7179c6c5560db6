package org.citystream.analytics.corridor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.traffic.CongestionPolicy;
import org.citystream.analytics.traffic.Rounded;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.JsonCodec;

/** What a queue rests on, in words and as data. */
final class QueueEvidence {
    private static final int SEGMENTS_AT_MOST = 20;
    /** A head that moves upstream at a walking pace or more is the front of a moving jam, not a bottleneck. */
    private static final double MOVING_HEAD_M_PER_MIN = -80;

    private final Rule rule;
    private final Condition.Congestion congestion;
    private final List<Station> stations;
    private final Congested group;

    QueueEvidence(Rule rule, Condition.Congestion congestion, List<Station> stations, Congested group) {
        this.rule = rule;
        this.congestion = congestion;
        this.stations = stations;
        this.group = group;
    }

    String summary(EpisodeSubject corridor, Extent extent) {
        String name = corridor.subject().name();
        return String.format(
                Locale.ROOT,
                "Queue of %.1f km on %s, from km %.1f back to km %.1f, at %.0f km/h%s",
                extent.lengthM() / 1000,
                name == null ? corridor.subject().id() : name,
                extent.headM() / 1000,
                extent.tailM() / 1000,
                meanSpeedKmh(),
                Double.isNaN(usualRatio()) ? "" : isRecurrent() ? ", usual at this hour" : ", unusual at this hour");
    }

    private double usualRatio() {
        return stations.get(group.head()).usualRatio();
    }

    /** Whether its head is slow at this hour in other weeks too. */
    private boolean isRecurrent() {
        return usualRatio() < congestion.exitSpeedRatioAbove();
    }

    /**
     * @param from start of the episode
     * @param to end of the deciding minute
     * @param growthMPerMin NaN: not known yet
     * @param headMPerMin likewise
     */
    JsonNode json(Instant from, Instant to, Extent extent, double growthMPerMin, double headMPerMin) {
        ObjectNode evidence = JsonCodec.internal().createObjectNode();
        evidence.putObject("window").put("start", from.toString()).put("end", to.toString());
        ObjectNode queue = evidence.putObject("queue")
                .put("headM", extent.headM())
                .put("tailM", extent.tailM())
                .put("lengthM", extent.lengthM())
                .put("headSegmentId", stations.get(group.head()).id())
                .put("tailSegmentId", stations.get(group.tail()).id());
        if (!Double.isNaN(growthMPerMin)) {
            queue.put("growthMPerMin", Rounded.to(0, growthMPerMin));
            queue.put("head", headMPerMin <= MOVING_HEAD_M_PER_MIN ? "moving" : "fixed");
        }
        evidence.putObject("observed")
                .put("speedKmh", Rounded.known(1, meanSpeedKmh()))
                .put("lowestSpeedRatio", Rounded.known(4, lowestRatio()))
                .put("dischargeFlowVehH", Rounded.known(0, dischargeFlow()));
        evidence.putObject("threshold")
                .put("enterSpeedRatioBelow", congestion.enterSpeedRatioBelow())
                .put("enterFor", congestion.enterFor().toString())
                .put("exitSpeedRatioAbove", congestion.exitSpeedRatioAbove())
                .put("exitFor", congestion.exitFor().toString());
        if (!Double.isNaN(usualRatio())) {
            evidence.putObject("typical")
                    .put("headSpeedRatio", Rounded.known(4, usualRatio()))
                    .put("recurrent", isRecurrent());
        }
        evidence.put("rule", rule.key());
        segments(evidence.putArray("segments"), evidence.putArray("sensors"), evidence.putArray("excluded"));
        evidence.put("completeness", Rounded.to(3, completeness()));
        return evidence;
    }

    private void segments(ArrayNode segments, ArrayNode sensors, ArrayNode excluded) {
        for (int i = group.head(); i >= group.tail() && segments.size() < SEGMENTS_AT_MOST; i--) {
            Station station = stations.get(i);
            station.tellExcluded(excluded);
            if (station.part() != null) {
                station.tell(segments.addObject());
                station.tellSensors(sensors);
            }
        }
    }

    /** Space-mean speed over the queue: vehicles over the time they need, each station for its flow. */
    private double meanSpeedKmh() {
        double vehicles = 0;
        double hours = 0;
        for (SegmentPart part : parts()) {
            if (part.speedKmh() > 0) {
                double weight = part.flowPerHour() > 0 ? part.flowPerHour() : 1;
                vehicles += weight;
                hours += weight / part.speedKmh();
            }
        }
        return hours == 0 ? 0 : vehicles / hours;
    }

    /** 0 where traffic stands, as the rule judges it. */
    private double lowestRatio() {
        return parts().stream()
                .mapToDouble(CongestionPolicy::ratio)
                .filter(ratio -> !Double.isNaN(ratio))
                .min()
                .orElse(Double.NaN);
    }

    private double completeness() {
        double sum = 0;
        for (SegmentPart part : parts()) {
            sum += part.completeness();
        }
        return sum / (group.head() - group.tail() + 1);
    }

    /** What leaves the queue: flow at the first station behind its head. */
    private double dischargeFlow() {
        if (group.head() + 1 >= stations.size()) {
            return Double.NaN;
        }
        SegmentPart next = stations.get(group.head() + 1).part();
        return next == null ? Double.NaN : next.flowPerHour();
    }

    private List<SegmentPart> parts() {
        return stations.subList(group.tail(), group.head() + 1).stream()
                .map(Station::part)
                .filter(part -> part != null)
                .toList();
    }
}

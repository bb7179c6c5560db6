package org.citystream.analytics.traffic;

import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.pane.PaneCity;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;

/** Road segments under the kernel, without an engine. */
public final class TrafficCity extends PaneCity<TrafficState, TrafficSummary> {
    TrafficCity(PaneTiming timing) {
        super(TrafficFold::new, timing, TrafficSummary::windowStart, TrafficSummary::revision);
    }

    /** A city that also decides about its corridors. */
    static TrafficCity withCorridors(PaneTiming timing) {
        TrafficCity city = new TrafficCity(timing);
        city.tells(new PaneCity<>(
                CorridorFold::new, timing.ofGroups(), CorridorSummary::windowStart, CorridorSummary::revision));
        return city;
    }

    /** A city with the rules that ship with the product. */
    public static TrafficCity withDefaultRules() {
        TrafficCity city = new TrafficCity(PaneTiming.TRAFFIC);
        RuleCodec.defaultRules().forEach(city::add);
        return city;
    }

    /** Keeps state as objects, for many readings. */
    public TrafficCity onHeap() {
        keepObjects();
        return this;
    }

    public TrafficCity with(Sensor sensor) {
        add(sensor);
        return this;
    }

    public TrafficCity with(Rule rule) {
        add(rule);
        return this;
    }
}

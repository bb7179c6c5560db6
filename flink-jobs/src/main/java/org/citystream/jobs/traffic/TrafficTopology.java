package org.citystream.jobs.traffic;

import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.corridor.CorridorState;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficState;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.FoldFactory;
import org.citystream.jobs.time.GroupedStreams;
import org.citystream.jobs.time.PaneFunction;
import org.citystream.jobs.time.PaneStreams;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;

/** Readings of traffic detectors become a summary per segment and minute and one per corridor and minute, and episodes of both. */
public final class TrafficTopology {
    private TrafficTopology() {}

    /**
     * @param readings with ticks, and clock watermarks
     * @param timing {@link PaneTiming#TRAFFIC}, perhaps with another horizon
     */
    public static GroupedStreams build(DataStream<Reading> readings, ControlLog log, PaneTiming timing) {
        return build(readings, log, timing, TrafficFold::new);
    }

    /** @param segments perhaps with one segment that begins in the middle of its life */
    public static GroupedStreams build(
            DataStream<Reading> readings,
            ControlLog log,
            PaneTiming timing,
            FoldFactory<TrafficState, TrafficSummary> segments) {
        return PaneStreams.of("segments", readings, log, timing, new TrafficObservations(), segments)
                .withGroups("corridors", log, timing, CorridorFold::new);
    }

    /**
     * The corridors alone.
     *
     * @param parts what the minutes of segments say to them, with clock watermarks
     * @param surroundings changes of registry and rules
     * @return their events
     */
    public static DataStream<KeyedJson> corridors(
            DataStream<Observation> parts,
            BroadcastStream<Control> surroundings,
            ControlLog log,
            PaneTiming timing,
            FoldFactory<CorridorState, CorridorSummary> corridors) {
        return PaneStreams.groups("corridors", parts, surroundings, log, timing, corridors)
                .getSideOutput(PaneFunction.EVENTS);
    }
}

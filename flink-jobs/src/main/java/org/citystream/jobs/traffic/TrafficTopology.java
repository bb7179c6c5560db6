package org.citystream.jobs.traffic;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.GroupedStreams;
import org.citystream.jobs.time.PaneStreams;
import org.citystream.jobs.wire.Reading;

/** Readings of traffic detectors become a summary per segment and minute and one per corridor and minute, and episodes of both. */
public final class TrafficTopology {
    private TrafficTopology() {}

    /**
     * @param readings with ticks, and clock watermarks
     * @param timing {@link PaneTiming#TRAFFIC}, perhaps with another horizon
     */
    public static GroupedStreams build(DataStream<Reading> readings, ControlLog log, PaneTiming timing) {
        return PaneStreams.of("segments", readings, log, timing, new TrafficObservations(), TrafficFold::new)
                .withGroups("corridors", log, timing, CorridorFold::new);
    }
}

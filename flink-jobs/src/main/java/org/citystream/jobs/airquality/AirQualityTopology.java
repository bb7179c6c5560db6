package org.citystream.jobs.airquality;

import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.airquality.AirHour;
import org.citystream.analytics.airquality.AirState;
import org.citystream.analytics.district.DistrictFold;
import org.citystream.analytics.district.DistrictState;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.FoldFactory;
import org.citystream.jobs.time.GroupedStreams;
import org.citystream.jobs.time.PaneFunction;
import org.citystream.jobs.time.PaneStreams;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;

/**
 * Readings of air stations become a summary per station and clock hour, and episodes of stations and of districts, where
 * neighbours are above the same limit or level.
 */
public final class AirQualityTopology {
    private AirQualityTopology() {}

    /**
     * @param readings with ticks, and clock watermarks
     * @param timing {@link PaneTiming#AIR}, perhaps with another horizon
     */
    public static GroupedStreams build(DataStream<Reading> readings, ControlLog log, PaneTiming timing) {
        return build(readings, log, timing, AirFold::new);
    }

    /** @param stations perhaps with one station that begins in the middle of its life */
    public static GroupedStreams build(
            DataStream<Reading> readings, ControlLog log, PaneTiming timing, FoldFactory<AirState, AirHour> stations) {
        return PaneStreams.of("stations", readings, log, timing, new AirQualityReadings(), stations)
                .withGroups("districts", log, timing, DistrictFold::new);
    }

    /**
     * The districts alone.
     *
     * @param parts what the hours of stations say to them, with clock watermarks
     * @param surroundings changes of registry and rules
     * @return their events
     */
    public static DataStream<KeyedJson> districts(
            DataStream<Observation> parts,
            BroadcastStream<Control> surroundings,
            ControlLog log,
            PaneTiming timing,
            FoldFactory<DistrictState, Void> districts) {
        return PaneStreams.groups("districts", parts, surroundings, log, timing, districts)
                .getSideOutput(PaneFunction.EVENTS);
    }
}

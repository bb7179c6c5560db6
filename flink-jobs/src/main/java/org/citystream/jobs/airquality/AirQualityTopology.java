package org.citystream.jobs.airquality;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.PaneStreams;
import org.citystream.jobs.wire.Reading;

/** Readings of air stations become a summary per station and clock hour, and episodes of indices and exceedances. */
public final class AirQualityTopology {
    private AirQualityTopology() {}

    /**
     * @param readings with ticks, and clock watermarks
     * @param timing {@link PaneTiming#AIR}, perhaps with another horizon
     */
    public static PaneStreams build(DataStream<Reading> readings, ControlLog log, PaneTiming timing) {
        return PaneStreams.of("stations", readings, log, timing, new AirQualityReadings(), AirFold::new);
    }
}

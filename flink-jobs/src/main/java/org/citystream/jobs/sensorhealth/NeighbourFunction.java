package org.citystream.jobs.sensorhealth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.citystream.analytics.sensortrust.Neighbours;
import org.citystream.analytics.sensortrust.SensorHour;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.control.Surroundings;
import org.citystream.jobs.time.ClockWatermarks;
import org.jspecify.annotations.Nullable;

/** Holds the hours of a city's sensors of one kind against each other, once every hour. */
final class NeighbourFunction extends KeyedBroadcastProcessFunction<String, SensorHour, Control, SensorSign> {
    private static final long serialVersionUID = 1;

    /** How long after its end an hour is compared: after every sensor has told it. */
    static final Duration COMPARED_AFTER = SensorHours.SETTLES_IN.multipliedBy(2);

    private final ControlLog log;
    private transient @Nullable Opened opened;

    private record Opened(Surroundings surroundings, MapState<String, SensorHour> hours) {}

    NeighbourFunction(ControlLog log) {
        this.log = log;
    }

    static String key(SensorHour hour) {
        return hour.traffic() + "/" + hour.cityId();
    }

    @Override
    public void open(OpenContext context) {
        opened = new Opened(
                Surroundings.open(log, getRuntimeContext()),
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>("hours", Types.STRING, TypeInformation.of(SensorHour.class))));
    }

    @Override
    public void processElement(SensorHour hour, ReadOnlyContext context, Collector<SensorSign> out) throws Exception {
        Objects.requireNonNull(opened).hours().put(hour.startMillis() + "/" + hour.sensorId(), hour);
        context.timerService()
                .registerEventTimeTimer(ClockWatermarks.watermark(hour.endMillis() + COMPARED_AFTER.toMillis()));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SensorSign> out) throws Exception {
        if (context.timerService().currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
            return;
        }
        Opened here = Objects.requireNonNull(opened);
        long end = ClockWatermarks.clock(timestamp) - COMPARED_AFTER.toMillis();
        List<SensorHour> hours = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, SensorHour> each : here.hours().entries()) {
            if (each.getValue().endMillis() == end) {
                hours.add(each.getValue());
                keys.add(each.getKey());
            }
        }
        for (String key : keys) {
            here.hours().remove(key);
        }
        Neighbours.compare(hours, id -> here.surroundings().sensors().sensor(id, end - 1))
                .forEach(comparison -> out.collect(SensorSign.compared(
                        comparison, hours.get(0).traffic(), hours.get(0).startMillis())));
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<SensorSign> out) {
        Objects.requireNonNull(opened).surroundings().apply(control);
    }
}

package org.citystream.jobs.sensorhealth;

import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.citystream.analytics.sensortrust.SensorHour;
import org.citystream.jobs.time.ClockWatermarks;
import org.jspecify.annotations.Nullable;

/** The clock hours of one sensor at a time, told once each, some minutes after they have ended. What comes later is not awaited. */
final class SensorHours extends KeyedProcessFunction<String, SensorSign, SensorHour> {
    private static final long serialVersionUID = 1;

    /** How long after its end an hour is told. */
    static final Duration SETTLES_IN = Duration.ofMinutes(10);

    private transient @Nullable ValueState<SensorHour> hour;

    @Override
    public void open(OpenContext context) {
        hour = getRuntimeContext().getState(new ValueStateDescriptor<>("hour", TypeInformation.of(SensorHour.class)));
    }

    @Override
    public void processElement(SensorSign sign, Context context, Collector<SensorHour> out) throws Exception {
        String cityId = sign.cityId();
        if (sign.kindOfSign() != SensorSign.Kind.REPORTED || cityId == null) {
            return;
        }
        ValueState<SensorHour> state = Objects.requireNonNull(hour);
        SensorHour running = state.value();
        long start = SensorHour.startOf(sign.observedAt());
        if (running != null && start < running.startMillis()) {
            return;
        }
        if (running != null && start == running.startMillis()) {
            state.update(running.with(sign.values()));
            return;
        }
        if (running != null) {
            out.collect(running);
        }
        SensorHour next = SensorHour.first(sign.sensorId(), cityId, sign.traffic(), sign.observedAt(), sign.values());
        state.update(next);
        context.timerService()
                .registerEventTimeTimer(ClockWatermarks.watermark(next.endMillis() + SETTLES_IN.toMillis()));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SensorHour> out) throws Exception {
        if (context.timerService().currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
            return;
        }
        ValueState<SensorHour> state = Objects.requireNonNull(hour);
        SensorHour running = state.value();
        if (running != null && running.endMillis() + SETTLES_IN.toMillis() <= ClockWatermarks.clock(timestamp)) {
            out.collect(running);
            state.clear();
        }
    }
}

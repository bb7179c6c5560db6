package org.citystream.jobs.sensorhealth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.citystream.analytics.rule.Place;
import org.citystream.analytics.sensortrust.SensorRecord;
import org.citystream.analytics.sensortrust.SensorTrust;
import org.citystream.analytics.sensortrust.SensorWatch;
import org.citystream.analytics.sensortrust.SensorWatchCodec;
import org.citystream.analytics.sensortrust.SensorWatcher;
import org.citystream.analytics.sensortrust.SensorWatcher.Outcome;
import org.citystream.analytics.sensortrust.Symptom;
import org.citystream.jobs.codec.CodecSerializer;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.control.Surroundings;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.time.Decisions;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Watches one sensor at a time: its readings, and one timer at the clock at which silence or an alarm falls due. The
 * timer stays while readings push that moment on; only when it fires is the next one set. Main output: health, keyed by
 * sensor; side output: events.
 */
final class SensorHealthFunction extends KeyedBroadcastProcessFunction<String, SensorSign, Control, KeyedJson> {
    private static final long serialVersionUID = 1;
    /** Nobody will ever retire a sensor that is not registered. */
    private static final Duration STRANGERS_LIVE = Duration.ofDays(30);

    /** Events of kind sensor-health, for {@code city.events.v1}. */
    static final OutputTag<KeyedJson> EVENTS = new OutputTag<>("events", TypeInformation.of(KeyedJson.class));

    private final ControlLog log;
    private transient @Nullable Opened opened;

    SensorHealthFunction(ControlLog log) {
        this.log = log;
    }

    private record Opened(
            Surroundings surroundings,
            Decisions decisions,
            ValueState<SensorWatch> watch,
            ValueState<Boolean> traffic) {}

    private interface Out {
        void health(KeyedJson health);

        void event(KeyedJson event);
    }

    @Override
    public void open(OpenContext context) {
        Surroundings surroundings = Surroundings.open(log, getRuntimeContext());
        opened = new Opened(
                surroundings,
                new Decisions(getRuntimeContext().getMetricGroup(), surroundings.rules()),
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("watch", new CodecSerializer<>(new SensorWatchCodec()))),
                getRuntimeContext().getState(new ValueStateDescriptor<>("traffic", Types.BOOLEAN)));
    }

    @Override
    public void processElement(SensorSign sign, ReadOnlyContext context, Collector<KeyedJson> out) throws Exception {
        Opened here = Objects.requireNonNull(opened);
        TimerService timers = context.timerService();
        SensorWatch watch = watch(here);
        Out told = new Out() {
            @Override
            public void health(KeyedJson health) {
                out.collect(health);
            }

            @Override
            public void event(KeyedJson event) {
                context.output(EVENTS, event);
            }
        };
        switch (sign.kindOfSign()) {
            case REGISTERED -> {
                here.traffic().update(sign.traffic());
                here.watch().update(watch);
                if (watch.wakeAt() == SensorWatch.NEVER) {
                    // Time may not have begun: the first watermark finds this timer and looks.
                    setTimer(here, timers, watch, ClockWatermarks.clock(timers.currentWatermark()) + 1);
                }
            }
            case REPORTED -> {
                here.traffic().update(sign.traffic());
                SensorWatch heard =
                        watch.withReading(SensorTrust.observe(watch.record(), sign.observation()), sign.cityId());
                look(here, heard, sign.sensorId(), sign.kind(), sign.clockAt(), timers, told);
            }
            case REFUSED_VALUE, REFUSED_TIME, COMPARED -> toldByOthers(here, watch, sign, timers, told);
        }
    }

    /**
     * Of a sensor that was never heard of otherwise a refused message says nothing: anybody can send anything under any name.
     * Comparisons rest on readings, which they may overtake while the job catches up; those that come before time begins (they
     * are made by the watermark that is about to begin it) are remembered, and looked at when it does.
     */
    private void toldByOthers(Opened here, SensorWatch watch, SensorSign sign, TimerService timers, Out told)
            throws Exception {
        boolean compared = sign.kindOfSign() == SensorSign.Kind.COMPARED;
        if (compared) {
            here.traffic().update(sign.traffic());
        }
        Boolean traffic = here.traffic().value();
        long watermark = timers.currentWatermark();
        boolean timeRuns = watermark != Long.MIN_VALUE;
        if (traffic == null || watermark == Watermark.MAX_WATERMARK.getTimestamp() || !(timeRuns || compared)) {
            return;
        }
        long clock = ClockWatermarks.clock(watermark);
        SensorRecord record = switch (sign.kindOfSign()) {
            case REFUSED_VALUE -> SensorTrust.refused(watch.record(), clock, Symptom.OUT_OF_RANGE, sign.detail());
            case REFUSED_TIME -> SensorTrust.refused(watch.record(), clock, Symptom.FROM_THE_FUTURE, sign.detail());
            default -> SensorTrust.compared(watch.record(), sign.observedAt(), sign.comparison());
        };
        SensorWatch heard = watch.withReading(record, null);
        if (!timeRuns) {
            here.watch().update(heard);
            setTimer(here, timers, heard, clock + 1);
            return;
        }
        SensorKind kind = traffic ? SensorKind.TRAFFIC : SensorKind.AIR;
        look(here, heard, sign.sensorId(), kind, clock, timers, told);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<KeyedJson> out) throws Exception {
        long watermark = context.timerService().currentWatermark();
        if (watermark == Watermark.MAX_WATERMARK.getTimestamp()) {
            // The input has ended; that is no time at which anybody could be silent.
            return;
        }
        Opened here = Objects.requireNonNull(opened);
        SensorWatch watch = watch(here).withWakeAt(SensorWatch.NEVER);
        SensorKind kind = Boolean.TRUE.equals(here.traffic().value()) ? SensorKind.TRAFFIC : SensorKind.AIR;
        long clock = ClockWatermarks.clock(watermark);
        look(here, watch, context.getCurrentKey(), kind, clock, context.timerService(), new Out() {
            @Override
            public void health(KeyedJson health) {
                out.collect(health);
            }

            @Override
            public void event(KeyedJson event) {
                context.output(EVENTS, event);
            }
        });
    }

    private void look(
            Opened here, SensorWatch watch, String sensorId, SensorKind kind, long clock, TimerService timers, Out out)
            throws Exception {
        Sensor registered = here.surroundings().sensors().sensor(sensorId, clock);
        long forgottenAt = registered == null ? forgottenAt(watch) : SensorWatch.NEVER;
        if (clock >= forgottenAt || (registered != null && registered.retired())) {
            for (CityEvent event : SensorWatcher.retired(watch, clock)) {
                out.event(new KeyedJson(sensorId, JsonCodec.write(event)));
            }
            if (watch.wakeAt() != SensorWatch.NEVER) {
                timers.deleteEventTimeTimer(ClockWatermarks.watermark(watch.wakeAt()));
            }
            here.watch().clear();
            here.traffic().clear();
            here.surroundings().rules().forgetSensor(sensorId);
            return;
        }
        Outcome outcome = new SensorWatcher(sensorId, kind, registered)
                .look(watch, clock, here.surroundings().since(), rules(here, watch, sensorId, kind, registered, clock));
        SensorHealth health = outcome.health();
        if (health != null) {
            out.health(new KeyedJson(sensorId, JsonCodec.write(health)));
        }
        for (CityEvent event : outcome.events()) {
            here.decisions().told(event);
            out.event(new KeyedJson(sensorId, JsonCodec.write(event)));
        }
        here.watch().update(outcome.watch());
        long nextLook = Math.min(outcome.nextLook(), forgottenAt);
        if (nextLook < outcome.watch().wakeAt()) {
            setTimer(here, timers, outcome.watch(), nextLook);
        }
    }

    private static long forgottenAt(SensorWatch watch) {
        long newest = watch.record().newestMillis();
        return newest == Long.MIN_VALUE ? SensorWatch.NEVER : newest + STRANGERS_LIVE.toMillis();
    }

    private static void setTimer(Opened here, TimerService timers, SensorWatch watch, long clock) throws Exception {
        if (watch.wakeAt() != SensorWatch.NEVER) {
            timers.deleteEventTimeTimer(ClockWatermarks.watermark(watch.wakeAt()));
        }
        timers.registerEventTimeTimer(ClockWatermarks.watermark(clock));
        here.watch().update(watch.withWakeAt(clock));
    }

    private static List<Rule> rules(
            Opened here, SensorWatch watch, String sensorId, SensorKind kind, @Nullable Sensor registered, long clock) {
        Place place = registered == null ? Place.unregistered(kind, sensorId, watch.cityId()) : Place.of(registered);
        return here.surroundings().rules().healthRulesFor(sensorId, place, Instant.ofEpochMilli(clock));
    }

    private static SensorWatch watch(Opened here) throws Exception {
        SensorWatch watch = here.watch().value();
        return watch == null ? SensorWatch.NEW : watch;
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<KeyedJson> out) {
        Objects.requireNonNull(opened).surroundings().apply(control);
    }
}

package org.citystream.jobs.time;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.OffsetRanges;
import org.citystream.analytics.place.SensorLog;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.control.Surroundings;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * Gives each reading its road segment or station, and its period, as the registry said at the reading's
 * {@code observedAt}. A sensor that is not registered stands for itself.
 */
final class SubjectAssigner extends BroadcastProcessFunction<Reading, Control, Observation> {
    private static final long serialVersionUID = 1;

    private final ControlLog log;
    private final ObservationMaker maker;
    private transient @Nullable Surroundings surroundings;

    SubjectAssigner(ControlLog log, ObservationMaker maker) {
        this.log = log;
        this.maker = maker;
    }

    @Override
    public void open(OpenContext context) {
        surroundings = Surroundings.open(log, getRuntimeContext());
    }

    private Surroundings surroundings() {
        Surroundings opened = surroundings;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void processElement(Reading reading, ReadOnlyContext context, Collector<Observation> out) {
        out.collect(observation(surroundings().sensors(), maker, reading));
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<Observation> out) {
        surroundings().apply(control);
    }

    static Observation observation(SensorLog sensors, ObservationMaker maker, Reading reading) {
        Sensor sensor = sensors.observer(reading.sensorId(), reading.observedAt());
        if (sensor != null && sensor.kind() != maker.kind()) {
            sensor = null;
        }
        int seconds = reading.periodSeconds() > 0
                ? reading.periodSeconds()
                : Math.min(
                        sensor == null ? Sensor.DEFAULT_INTERVAL_SECONDS : sensor.expectedInterval(),
                        maker.longestPeriodSeconds());
        String subjectId = sensor == null ? reading.sensorId() : sensor.subjectId();
        Observation observation = maker.observation(reading, sensor, subjectId, seconds * 1000L);
        return reading.partition() == Reading.NO_TOPIC
                ? observation
                : observation.from(OffsetRanges.of(reading.partition(), reading.offset()));
    }
}

package org.citystream.benchmarks.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.OffsetRanges;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.jobs.wire.ReadingParser;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockTick;
import org.jspecify.annotations.Nullable;

/** Parses readings, leaves out those that come too late, and gives each its road segment. */
final class AssignProcessor implements Processor<byte[], byte[], @Nullable String, byte[]> {
    private static final int COUNT = 0;
    private static final int SPEED = 1;
    private static final int OCCUPANCY = 2;

    private final ReadingParser parser = new ReadingParser(ReadingFormat.TRAFFIC);
    private final SensorLog sensors;
    private final Slowdown slowdown;
    private @Nullable ProcessorContext<@Nullable String, byte[]> context;

    AssignProcessor(SensorLog sensors, Slowdown slowdown) {
        this.sensors = sensors;
        this.slowdown = slowdown;
    }

    @Override
    public void init(ProcessorContext<@Nullable String, byte[]> newContext) {
        context = newContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<@Nullable String, byte[]> here = Objects.requireNonNull(context);
        int partition = here.taskId().partition();
        long offset = here.recordMetadata().orElseThrow().offset();
        try {
            if (record.key() == null && record.headers().lastHeader(ClockTick.HEADER) != null) {
                Reading tick = parser.tick(record.value());
                here.forward(new Record<>(null, Message.clock(partition, tick.clockAt(), tick.since()), 0));
                return;
            }
            slowdown.spend();
            Reading reading = parser.reading(record.value());
            if (reading.observedAt()
                    >= reading.clockAt() - PaneTiming.TRAFFIC.horizon().toMillis()) {
                Observation observation = observation(reading).from(OffsetRanges.of(partition, offset));
                here.forward(new Record<>(observation.subjectId(), Message.of(observation), 0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the benchmark's own readings are wrong", e);
        }
    }

    private Observation observation(Reading reading) {
        Sensor sensor = sensors.observer(reading.sensorId(), reading.observedAt());
        double[] values = reading.values();
        return TrafficMeasure.observation(
                sensor == null ? reading.sensorId() : sensor.subjectId(),
                reading.sensorId(),
                reading.laneId(),
                reading.observedAt(),
                reading.periodSeconds() * 1000L,
                reading.bootId(),
                reading.sequence(),
                values[COUNT],
                values[SPEED],
                values[OCCUPANCY]);
    }
}

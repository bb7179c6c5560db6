package org.citystream.jobs.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Parts what a readings topic carries: readings in time go on, readings behind the horizon go to the late topic, ticks
 * end here and leave only their {@code since}. Lateness is judged by a reading's own stamp alone, before deduplication,
 * so that it does not depend on what else has arrived.
 */
public final class LateGate extends ProcessFunction<Reading, Reading> implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    /** Late readings, for {@code city.readings.late.v1}. */
    public static final OutputTag<KeyedJson> LATE = new OutputTag<>("late", TypeInformation.of(KeyedJson.class));

    /** Changes of the ticks' {@code since}. */
    public static final OutputTag<Control> SINCE = new OutputTag<>("since", TypeInformation.of(Control.class));

    private static final String IN = "readingsIn";
    private static final String LATE_COUNT = "readingsLate";
    /** Metric: the deployment's clock as far as this operator has heard of it, epoch ms; how far behind it is says the reader. */
    private static final String CLOCK = "clockMillis";

    private final long horizonMillis;
    private long since = Long.MIN_VALUE;
    private transient long clock;
    private transient @Nullable Conservation conservation;

    public LateGate(Duration horizon) {
        this.horizonMillis = horizon.toMillis();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        Conservation counts = new Conservation(IN, LATE_COUNT);
        counts.restore(context, getRuntimeContext().getMetricGroup());
        conservation = counts;
        getRuntimeContext().getMetricGroup().gauge(CLOCK, (Gauge<Long>) () -> clock);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(conservation).snapshot();
    }

    @Override
    public void processElement(Reading reading, Context context, Collector<Reading> out) {
        clock = Math.max(clock, reading.clockAt());
        if (reading.isTick()) {
            if (reading.since() > since) {
                since = reading.since();
                context.output(SINCE, Control.since(since));
            }
            return;
        }
        Conservation counts = Objects.requireNonNull(conservation);
        counts.add(IN);
        if (reading.observedAt() < reading.clockAt() - horizonMillis) {
            counts.add(LATE_COUNT);
            context.output(LATE, late(reading));
        } else {
            out.collect(reading.withoutJson());
        }
    }

    static KeyedJson late(Reading reading) {
        try {
            ObjectNode json = (ObjectNode) JsonCodec.internal().readTree(reading.json());
            json.put("lateBySeconds", Math.floorDiv(reading.clockAt() - reading.observedAt(), 1000L));
            return new KeyedJson(reading.sensorId(), JsonCodec.write(json));
        } catch (IOException e) {
            // Not written by the gateway: a field twice, or something behind its end. It is kept as it came.
            return new KeyedJson(reading.sensorId(), reading.json());
        }
    }
}

package org.citystream.jobs.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.citystream.jobs.control.Control;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Parts what a readings topic carries: readings in time go on, readings behind the horizon go to the late topic, ticks
 * end here and leave only their {@code since}. Lateness is judged by a reading's own stamp alone, before deduplication,
 * so that it does not depend on what else has arrived.
 */
public final class LateGate extends ProcessFunction<Reading, Reading> {
    private static final long serialVersionUID = 1;

    /** Late readings, for {@code city.readings.late.v1}. */
    public static final OutputTag<KeyedJson> LATE = new OutputTag<>("late", TypeInformation.of(KeyedJson.class));

    /** Changes of the ticks' {@code since}. */
    public static final OutputTag<Control> SINCE = new OutputTag<>("since", TypeInformation.of(Control.class));

    private final long horizonMillis;
    private long since = Long.MIN_VALUE;
    private transient @Nullable Counter in;
    private transient @Nullable Counter late;

    public LateGate(Duration horizon) {
        this.horizonMillis = horizon.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        in = getRuntimeContext().getMetricGroup().counter("readingsIn");
        late = getRuntimeContext().getMetricGroup().counter("readingsLate");
    }

    @Override
    public void processElement(Reading reading, Context context, Collector<Reading> out) throws IOException {
        if (reading.isTick()) {
            if (reading.since() > since) {
                since = reading.since();
                context.output(SINCE, Control.since(since));
            }
            return;
        }
        if (in != null) {
            in.inc();
        }
        if (reading.observedAt() < reading.clockAt() - horizonMillis) {
            if (late != null) {
                late.inc();
            }
            context.output(LATE, late(reading));
        } else {
            out.collect(reading.withoutJson());
        }
    }

    private static KeyedJson late(Reading reading) throws IOException {
        ObjectNode json = (ObjectNode) JsonCodec.internal().readTree(reading.json());
        json.put("lateBySeconds", Math.floorDiv(reading.clockAt() - reading.observedAt(), 1000L));
        return new KeyedJson(reading.sensorId(), JsonCodec.write(json));
    }
}

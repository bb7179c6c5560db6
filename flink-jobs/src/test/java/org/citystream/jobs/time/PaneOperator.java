package org.citystream.jobs.time;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.citystream.analytics.pane.Observation;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** One {@link PaneFunction} as an operator, watermarks by hand. */
final class PaneOperator implements AutoCloseable {
    private final KeyedBroadcastOperatorTestHarness<String, Observation, Control, KeyedJson> harness;

    private PaneOperator(KeyedBroadcastOperatorTestHarness<String, Observation, Control, KeyedJson> harness) {
        this.harness = harness;
    }

    /** @param state to restore; null: it starts anew */
    static PaneOperator opened(PaneFunction<?, ?> function, @Nullable OperatorSubtaskState state) throws Exception {
        var harness = new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        function, List.of(new MapStateDescriptor<>("unused", Types.STRING, Types.STRING))),
                Observation::subjectId,
                Types.STRING,
                128,
                1,
                0);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        harness.processBroadcastWatermark(Long.MAX_VALUE);
        return new PaneOperator(harness);
    }

    void receives(Observation reading) throws Exception {
        harness.processElement(reading, reading.observedAt());
    }

    void hears(Control control) throws Exception {
        harness.processBroadcastElement(control, 0);
    }

    void clock(Instant now) throws Exception {
        harness.processWatermark(ClockWatermarks.watermark(now.toEpochMilli()));
    }

    void inputEnds() throws Exception {
        harness.processWatermark(Long.MAX_VALUE);
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    int stateEntries() {
        AbstractStreamOperator<?> stateful = (AbstractStreamOperator<?>) harness.getOperator();
        return ((HeapKeyedStateBackend<?>) stateful.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    /** All that has been told, in order. */
    <T> List<T> summaries(Class<T> type) {
        return harness.extractOutputValues().stream()
                .map(record -> JsonCodec.read(record.json(), type))
                .toList();
    }

    List<CityEvent> events() {
        return beside(PaneFunction.EVENTS).stream()
                .map(record -> JsonCodec.read(record.json(), CityEvent.class))
                .toList();
    }

    /** What went to a side output, in order. */
    <T> List<T> beside(OutputTag<T> output) {
        Collection<StreamRecord<T>> records = harness.getSideOutput(output);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}

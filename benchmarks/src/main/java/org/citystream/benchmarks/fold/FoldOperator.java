package org.citystream.benchmarks.fold;

import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.time.FoldFactory;
import org.citystream.jobs.time.PaneFunction;
import org.citystream.jobs.wire.KeyedJson;

/** A fold as the jobs run it, open and ready for readings; the clock is moved by hand. */
public final class FoldOperator implements AutoCloseable {
    private static final int KEY_GROUPS = 128;

    private final KeyedBroadcastOperatorTestHarness<String, Observation, Control, KeyedJson> operator;

    /** @param summaries takes what it emits */
    public <S, U> FoldOperator(
            FoldFactory<S, U> folds, PaneTiming timing, ControlLog log, String backend, Consumer<KeyedJson> summaries)
            throws Exception {
        operator = new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        PaneFunction.ofReadings(timing, folds, log),
                        List.of(new MapStateDescriptor<>("unused", Types.STRING, Types.STRING))),
                Observation::subjectId,
                Types.STRING,
                KEY_GROUPS,
                1,
                0);
        operator.getExecutionConfig().enableObjectReuse();
        operator.setStateBackend(StateStore.of(backend));
        operator.setOutputCreator(serializer -> new Emitted<>(summaries));
        operator.open();
        operator.processBroadcastWatermark(Long.MAX_VALUE);
    }

    public void take(Observation reading) throws Exception {
        operator.processElement(reading, reading.observedAt());
    }

    /** @param millis since the epoch */
    public void clock(long millis) throws Exception {
        operator.processWatermark(ClockWatermarks.watermark(millis));
    }

    @Override
    public void close() throws Exception {
        operator.close();
    }
}

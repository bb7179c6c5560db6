package org.citystream.benchmarks.sliding;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.citystream.analytics.pane.Observation;
import org.citystream.benchmarks.fold.Emitted;
import org.citystream.benchmarks.fold.StateStore;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.wire.JsonCodec;

/** Through {@link SlidingEventTimeWindows} with an incremental aggregate: a reading touches sixty of them. */
public final class FlinkWindowRun extends SlidingRun {
    private static final int KEY_GROUPS = 128;

    @Override
    Operator open() throws Exception {
        WindowFunction<long[], KeyedJson, String, TimeWindow> telling =
                (segmentId, window, sums, out) -> sums.forEach(of -> out.collect(new KeyedJson(
                        segmentId,
                        JsonCodec.write(
                                new HourSummary(segmentId, Instant.ofEpochMilli(window.getEnd()), of[0], of[1])))));
        KeyedOneInputStreamOperatorTestHarness<String, Observation, KeyedJson> operator =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WindowOperatorBuilder<>(
                                        SlidingEventTimeWindows.of(Duration.ofHours(1), Duration.ofMinutes(1)),
                                        EventTimeTrigger.create(),
                                        new ExecutionConfig(),
                                        TypeInformation.of(Observation.class),
                                        Observation::subjectId,
                                        Types.STRING)
                                .aggregate(
                                        new HourAggregate(),
                                        telling,
                                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO),
                        Observation::subjectId,
                        Types.STRING,
                        KEY_GROUPS,
                        1,
                        0);
        operator.getExecutionConfig().enableObjectReuse();
        operator.setStateBackend(StateStore.of(StateStore.HEAP));
        operator.setOutputCreator(serializer -> new Emitted<>(this::summary));
        operator.open();
        return new Operator() {
            @Override
            public void take(Observation reading) throws Exception {
                operator.processElement(reading, reading.observedAt() - 1);
            }

            @Override
            public void passed(long millis) throws Exception {
                operator.processWatermark(millis - 1);
            }

            @Override
            public void close() throws Exception {
                operator.close();
            }
        };
    }
}

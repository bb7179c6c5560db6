package org.citystream.backtest.run;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** Readings and ticks in this process as a bounded source, one after the other in the order they are given. */
public final class Tape implements Input, AutoCloseable {
    private static final Map<Integer, Supplier<Iterator<Reading>>> TAPES = new ConcurrentHashMap<>();
    private static final AtomicInteger MADE = new AtomicInteger();

    private final int id = MADE.incrementAndGet();

    /** @param readings from the start, with a clock that never runs backwards and ticks behind the last */
    public Tape(Supplier<Iterator<Reading>> readings) {
        TAPES.put(id, readings);
    }

    @Override
    public DataStream<Reading> open(StreamExecutionEnvironment env, SensorKind kind) {
        return env.fromSequence(1, 1)
                .setParallelism(1)
                .uid("tape")
                .flatMap(new Play(id))
                .returns(TypeInformation.of(Reading.class))
                .setParallelism(1)
                .uid("play")
                .assignTimestampsAndWatermarks(new ClockWatermarks())
                .setParallelism(1)
                .uid("clock");
    }

    @Override
    public void close() {
        TAPES.remove(id);
    }

    private static final class Play extends RichFlatMapFunction<Long, Reading> {
        private static final long serialVersionUID = 1;
        private final int id;
        private transient @Nullable Iterator<Reading> readings;

        Play(int id) {
            this.id = id;
        }

        @Override
        public void open(OpenContext context) {
            Supplier<Iterator<Reading>> tape = TAPES.get(id);
            if (tape == null) {
                throw new IllegalStateException("this tape is in another process, or closed");
            }
            readings = tape.get();
        }

        @Override
        public void flatMap(Long number, Collector<Reading> out) {
            for (Iterator<Reading> rest = readings; rest != null && rest.hasNext(); ) {
                out.collect(rest.next());
            }
        }
    }
}

package org.citystream.benchmarks.streams;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.OffsetRanges;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** The kernel in a task of Kafka Streams: what Flink's {@code PaneFunction} does, with stores, and clocks that come as messages. */
final class FoldProcessor<S, U> implements Processor<@Nullable String, byte[], @Nullable String, byte[]> {
    private final StreamsTopology.Step step;
    private final PaneFold<S, U> fold;
    private final PaneKernel<S, U> kernel;
    private final AtomicLong taken;
    private final long[] clocks;
    private long since = Long.MIN_VALUE;
    private long clock = ClockWatermarks.clock(Long.MIN_VALUE);
    private @Nullable StoreMemory<S> memory;
    private @Nullable ProcessorContext<@Nullable String, byte[]> context;

    /** @param taken counts what has been put into panes */
    FoldProcessor(StreamsTopology.Step step, PaneFold<S, U> fold, PaneTiming timing, AtomicLong taken) {
        this.step = step;
        this.fold = fold;
        this.kernel = new PaneKernel<>(fold, timing);
        this.taken = taken;
        this.clocks = new long[StreamsTopology.PARTITIONS];
        Arrays.fill(clocks, Long.MIN_VALUE);
    }

    @Override
    public void init(ProcessorContext<@Nullable String, byte[]> newContext) {
        context = newContext;
        memory = new StoreMemory<>(fold.codec(), store("panes"), store("marks"), store("states"), store("timers"));
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        return Objects.requireNonNull(context).getStateStore(step.store(name));
    }

    @Override
    public void process(Record<@Nullable String, byte[]> record) {
        Message message = Message.read(record.value());
        Observation observation = message.observation();
        if (observation == null) {
            tick(message);
            return;
        }
        StoreMemory<S> subject = Objects.requireNonNull(memory).of(observation.subjectId());
        if (step == StreamsTopology.Step.SEGMENTS) {
            kernel.add(subject, observation, clock);
        } else {
            kernel.revise(subject, observation, clock);
        }
        taken.incrementAndGet();
    }

    private void tick(Message message) {
        clocks[message.partition()] = Math.max(clocks[message.partition()], message.clock());
        since = Math.max(since, message.since());
        long slowest = Arrays.stream(clocks).min().orElse(Long.MIN_VALUE);
        if (slowest <= clock) {
            return;
        }
        clock = slowest;
        StoreMemory<S> here = Objects.requireNonNull(memory);
        for (String subjectId : here.due(clock)) {
            kernel.wake(here.of(subjectId), subjectId, clock, since, new Output(subjectId));
        }
        if (step == StreamsTopology.Step.SEGMENTS) {
            ProcessorContext<@Nullable String, byte[]> to = Objects.requireNonNull(context);
            forward(StreamsTopology.PARTS, null, Message.clock(to.taskId().partition(), clock, since));
        }
    }

    private void forward(String child, @Nullable String key, byte[] value) {
        Objects.requireNonNull(context).forward(new Record<>(key, value, 0), child);
    }

    private final class Output implements PaneOutput<U> {
        private final String subjectId;

        Output(String subjectId) {
            this.subjectId = subjectId;
        }

        @Override
        public void summary(U summary) {
            summary(summary, OffsetRanges.NONE);
        }

        @Override
        public void summary(U summary, long[] offsets) {
            forward(step.summaries(), subjectId, JsonCodec.write(summary));
            Observation part = fold.part(summary);
            if (part != null) {
                forward(StreamsTopology.PARTS, part.subjectId(), Message.of(part.from(offsets)));
            }
        }

        @Override
        public void event(CityEvent event) {
            forward(step.events(), subjectId, JsonCodec.write(event));
        }
    }
}

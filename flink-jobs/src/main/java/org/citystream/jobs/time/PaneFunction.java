package org.citystream.jobs.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.citystream.analytics.pane.Folded;
import org.citystream.analytics.pane.FoldedCodec;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.KeyState;
import org.citystream.analytics.pane.KeyStateCodec;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.ObservationCodec;
import org.citystream.analytics.pane.OffsetRanges;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneCodec;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.pane.PaneKernel;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.codec.CodecSerializer;
import org.citystream.jobs.codec.CodecType;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.control.Surroundings;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Carries any fold over panes: the kernel decides, this class lends it Flink's keyed state and timers. One form takes
 * readings of subjects (road segments, stations), the other what such summaries say to the groups of those subjects
 * (corridors, districts). Main output: summaries, keyed by subject; side outputs: episode events, parts for groups, and
 * readings that came behind the snapshot.
 *
 * @param <S> state of the fold
 * @param <U> summary of the fold
 */
public final class PaneFunction<S, U> extends KeyedBroadcastProcessFunction<String, Observation, Control, KeyedJson>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1;

    /** What it takes. */
    public static final TypeInformation<Observation> OBSERVATIONS =
            new CodecType<>(Observation.class, new ObservationCodec());

    /** Episode events, for {@code city.events.v1}. */
    public static final OutputTag<KeyedJson> EVENTS = new OutputTag<>("events", TypeInformation.of(KeyedJson.class));

    /** Readings behind the snapshot, for {@code city.readings.late.v1}. */
    public static final OutputTag<KeyedJson> LATE =
            new OutputTag<>("behind-snapshot", TypeInformation.of(KeyedJson.class));

    /** What summaries say to the group of their subject, keyed by group. */
    public static final OutputTag<Observation> PARTS = new OutputTag<>("parts", OBSERVATIONS);

    static final String COUNTED = "readingsCounted";
    static final String DUPLICATE = "readingsDuplicate";
    static final String BEHIND_SNAPSHOT = "readingsBehindSnapshot";
    static final String PARTS_TOLD = "partsTold";

    /** What arrives. */
    private enum Input {
        READINGS(COUNTED, DUPLICATE, BEHIND_SNAPSHOT),
        PARTS("partsCounted", "partsRepeated", "partsBehindSnapshot");

        final String counted;
        final String duplicate;
        final String behindSnapshot;

        Input(String counted, String duplicate, String behindSnapshot) {
            this.counted = counted;
            this.duplicate = duplicate;
            this.behindSnapshot = behindSnapshot;
        }
    }

    private final Input input;
    private final PaneTiming timing;
    private final FoldFactory<S, U> folds;
    private final ControlLog log;
    private transient @Nullable Conservation conservation;
    private transient @Nullable ListState<Long> savedWatermark;
    private transient @Nullable Opened<S, U> opened;
    /** Restored with the panes closed under it: after a restore readings come before the engine's first watermark. */
    private transient long watermark;

    private PaneFunction(Input input, PaneTiming timing, FoldFactory<S, U> folds, ControlLog log) {
        this.input = input;
        this.timing = timing;
        this.folds = folds;
        this.log = log;
    }

    /** Takes readings, keyed by subject. */
    public static <S, U> PaneFunction<S, U> ofReadings(PaneTiming timing, FoldFactory<S, U> folds, ControlLog log) {
        return new PaneFunction<>(Input.READINGS, timing, folds, log);
    }

    /** Takes {@link #PARTS}, keyed by group. */
    public static <S, U> PaneFunction<S, U> ofParts(PaneTiming timing, FoldFactory<S, U> folds, ControlLog log) {
        return new PaneFunction<>(Input.PARTS, timing, folds, log);
    }

    /** What exists only while the operator runs. */
    private record Opened<S, U>(
            Surroundings surroundings,
            Decisions decisions,
            PaneFold<S, U> fold,
            PaneKernel<S, U> kernel,
            MapState<Long, Pane> panes,
            MapState<Long, Folded<S>> marks,
            ValueState<KeyState<S>> state) {}

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        Conservation counts = new Conservation(input.counted, input.duplicate, input.behindSnapshot, PARTS_TOLD);
        counts.restore(context, getRuntimeContext().getMetricGroup());
        conservation = counts;
        ListState<Long> saved = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
        watermark = Long.MIN_VALUE;
        for (Long each : saved.get()) {
            watermark = Math.max(watermark, each);
        }
        savedWatermark = saved;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(conservation).snapshot();
        Objects.requireNonNull(savedWatermark).update(new ArrayList<>(List.of(watermark)));
    }

    /** Never runs backwards, not even over a restore. */
    private long clock(TimerService timers) {
        watermark = Math.max(watermark, timers.currentWatermark());
        return ClockWatermarks.clock(watermark);
    }

    @Override
    public void open(OpenContext context) {
        Surroundings surroundings = Surroundings.open(log, getRuntimeContext());
        PaneFold<S, U> fold = folds.create(surroundings.sensors(), surroundings.rules());
        opened = new Opened<>(
                surroundings,
                new Decisions(getRuntimeContext().getMetricGroup(), surroundings.rules()),
                fold,
                new PaneKernel<>(fold, timing),
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>(
                                "panes", LongSerializer.INSTANCE, new CodecSerializer<>(new PaneCodec()))),
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>(
                                "marks",
                                LongSerializer.INSTANCE,
                                new CodecSerializer<>(new FoldedCodec<>(fold.codec())))),
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>(
                                "subject", new CodecSerializer<>(new KeyStateCodec<>(fold.codec())))));
    }

    @Override
    public void processElement(Observation reading, ReadOnlyContext context, Collector<KeyedJson> out) {
        TimerService timers = context.timerService();
        Opened<S, U> here = Objects.requireNonNull(opened);
        Conservation counts = Objects.requireNonNull(conservation);
        long clock = clock(timers);
        Intake intake = switch (input) {
            case READINGS -> here.kernel().add(memory(here, timers), reading, clock);
            case PARTS -> here.kernel().revise(memory(here, timers), reading, clock);
        };
        switch (intake) {
            case COUNTED -> counts.add(input.counted);
            case DUPLICATE -> counts.add(input.duplicate);
            case BEHIND_SNAPSHOT -> {
                counts.add(input.behindSnapshot);
                context.output(LATE, late(reading, clock, here.fold().readingsTopic()));
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<KeyedJson> out) {
        if (context.timerService().currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
            // The input has ended; that is no time at which anything could be decided.
            return;
        }
        Opened<S, U> here = Objects.requireNonNull(opened);
        String subjectId = context.getCurrentKey();
        here.kernel()
                .wake(
                        memory(here, context.timerService()),
                        subjectId,
                        clock(context.timerService()),
                        here.surroundings().since(),
                        new PaneOutput<U>() {
                            @Override
                            public void summary(U summary) {
                                summary(summary, OffsetRanges.NONE);
                            }

                            @Override
                            public void summary(U summary, long[] offsets) {
                                out.collect(new KeyedJson(subjectId, JsonCodec.write(summary)));
                                Observation part = here.fold().part(summary);
                                if (part != null) {
                                    Objects.requireNonNull(conservation).add(PARTS_TOLD);
                                    context.output(PARTS, part.from(offsets));
                                }
                            }

                            @Override
                            public void event(CityEvent event) {
                                here.decisions().told(event);
                                context.output(EVENTS, new KeyedJson(subjectId, JsonCodec.write(event)));
                            }

                            @Override
                            public void refolds() {
                                here.decisions().refolded();
                            }
                        });
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<KeyedJson> out) {
        Objects.requireNonNull(opened).surroundings().apply(control);
    }

    private FlinkKeyMemory<S> memory(Opened<S, U> here, TimerService timers) {
        return new FlinkKeyMemory<>(here.panes(), here.marks(), here.state(), timers, timing);
    }

    /** Of the reading itself only its measures are left here, rounded and corrected: it says where the whole of it stands. */
    private static KeyedJson late(Observation reading, long clock, String topic) {
        ObjectNode json = JsonCodec.internal()
                .createObjectNode()
                .put("sensorId", reading.sensorId())
                .put("observedAt", Instant.ofEpochMilli(reading.observedAt()).toString())
                .put("lateBySeconds", Math.floorDiv(clock - reading.observedAt(), 1000L))
                .put("reason", "behind-snapshot");
        long[] offsets = reading.offsets();
        if (offsets.length > 0) {
            json.putObject("source")
                    .put("topic", topic)
                    .put("partition", offsets[0])
                    .put("offset", offsets[1]);
        }
        return new KeyedJson(reading.sensorId(), JsonCodec.write(json));
    }
}

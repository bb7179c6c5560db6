package org.citystream.jobs.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.corridor.CorridorState;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.analytics.traffic.TrafficState;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traffic fold inside Flink's keyed state and timers, one operator, watermarks by hand. */
class PaneFunctionTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private KeyedBroadcastOperatorTestHarness<String, Observation, Control, KeyedJson> operator;

    @BeforeEach
    void open() throws Exception {
        operator = opened(null);
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    private static KeyedBroadcastOperatorTestHarness<String, Observation, Control, KeyedJson> opened(
            @Nullable OperatorSubtaskState state) throws Exception {
        return opened(
                PaneFunction.<TrafficState, TrafficSummary>ofReadings(
                        PaneTiming.TRAFFIC, TrafficFold::new, new DefaultRulesAndOneLoop()),
                state);
    }

    private static KeyedBroadcastOperatorTestHarness<String, Observation, Control, KeyedJson> opened(
            PaneFunction<?, ?> function, @Nullable OperatorSubtaskState state) throws Exception {
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
        return harness;
    }

    private static Instant minute(int minutes) {
        return EIGHT.plusSeconds(60L * minutes);
    }

    private static Observation reading(Instant observedAt, double speedKmh) {
        return TrafficMeasure.observation(
                "ring-1", "loop-1", 0, observedAt.toEpochMilli(), 60_000, null, 0, 10, speedKmh, 0.2);
    }

    private void receives(Observation reading) throws Exception {
        operator.processElement(reading, reading.observedAt());
    }

    private void clock(Instant now) throws Exception {
        operator.processWatermark(ClockWatermarks.watermark(now.toEpochMilli()));
    }

    private int stateEntries() {
        AbstractStreamOperator<?> stateful = (AbstractStreamOperator<?>) operator.getOperator();
        return ((HeapKeyedStateBackend<?>) stateful.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private List<TrafficSummary> summaries() {
        List<TrafficSummary> summaries = new ArrayList<>();
        for (KeyedJson record : operator.extractOutputValues()) {
            summaries.add(JsonCodec.read(record.json(), TrafficSummary.class));
        }
        return summaries;
    }

    private Map<Instant, TrafficSummary> latest() {
        Map<Instant, TrafficSummary> latest = new TreeMap<>();
        summaries().forEach(summary -> latest.put(summary.windowStart(), summary));
        return latest;
    }

    private TrafficSummary latest(Instant windowStart) {
        return Objects.requireNonNull(latest().get(windowStart));
    }

    private List<CityEvent> events() {
        Collection<StreamRecord<KeyedJson>> records = operator.getSideOutput(PaneFunction.EVENTS);
        return records == null
                ? List.of()
                : records.stream()
                        .map(record -> JsonCodec.read(record.getValue().json(), CityEvent.class))
                        .toList();
    }

    @Test
    void noReadingClosesAPaneOnlyTheClockDoes() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 5; i++) {
            receives(reading(minute(i), 90));
        }
        assertThat(summaries()).isEmpty();

        clock(minute(2));
        assertThat(summaries()).extracting(TrafficSummary::windowStart).containsExactly(EIGHT);
    }

    @Test
    void readingsOutOfOrderAndTwiceGiveWhatTheOrderedRunGives() throws Exception {
        clock(minute(1));
        for (int i : new int[] {3, 1, 4, 2, 2, 4, 1, 5}) {
            receives(reading(minute(i), 30));
        }
        clock(minute(6));

        assertThat(latest().values()).hasSize(5).allSatisfy(summary -> {
            assertThat(summary.readingCount()).isEqualTo(1);
            assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(30);
        });
        assertThat(events()).hasSize(1);
        assertThat(events().get(0).startedAt()).isEqualTo(EIGHT);
    }

    @Test
    void aReadingBehindTheSnapshotGoesToTheLateTopic() throws Exception {
        clock(minute(600));
        receives(reading(minute(60), 90));

        assertThat(operator.getSideOutput(PaneFunction.LATE))
                .singleElement()
                .satisfies(record -> assertThat(record.getValue().toString())
                        .contains("loop-1", "behind-snapshot", "\"lateBySeconds\":32400"));
        assertThat(stateEntries()).isZero();
    }

    @Test
    void aLateReadingCorrectsWhatWasTold() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 90));
        receives(reading(minute(3), 90));
        clock(minute(5));
        assertThat(latest(minute(1)).readingCount()).isZero();

        receives(reading(minute(2), 50));
        clock(minute(5).plusSeconds(4));
        assertThat(latest(minute(1)).readingCount()).as("not settled yet").isZero();
        clock(minute(5).plusSeconds(6));

        assertThat(latest(minute(1)).readingCount()).isEqualTo(1);
        assertThat(latest(minute(1)).revision()).isEqualTo(2);
        assertThat(latest(minute(0)).revision()).isEqualTo(1);
    }

    @Test
    void aJamWhoseDetectorFallsSilentIsStale() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 3; i++) {
            receives(reading(minute(i), 30));
        }
        for (int i = 4; i <= 10; i++) {
            clock(minute(i));
        }
        assertThat(events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED, Transition.STALE);
    }

    @Test
    void anOutageOfOursIsNoSilence() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 3; i++) {
            receives(reading(minute(i), 30));
        }
        operator.processBroadcastElement(Control.since(minute(9).toEpochMilli()), 0);
        clock(minute(10));

        assertThat(events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);
    }

    @Test
    void aRestoreInTheMiddleOfAJamChangesNothing() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 30));
        receives(reading(minute(2), 30));
        clock(minute(4));
        OperatorSubtaskState snapshot = operator.snapshot(1, 1);
        operator.close();

        operator = opened(snapshot);
        clock(minute(4));
        receives(reading(minute(2), 30));
        receives(reading(minute(3), 30));
        clock(minute(5));

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.startedAt()).isEqualTo(EIGHT);
        });
        assertThat(latest().get(minute(1)) == null)
                .as("told before the restore, unchanged")
                .isTrue();
    }

    @Test
    void aLateReadingRightAfterARestoreCorrectsWhatWasTold() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 90));
        receives(reading(minute(3), 90));
        clock(minute(5));
        OperatorSubtaskState snapshot = operator.snapshot(1, 1);
        operator.close();

        operator = opened(snapshot);
        receives(reading(minute(2), 50));
        clock(minute(5).plusSeconds(6));

        assertThat(latest(minute(1)).readingCount()).isEqualTo(1);
    }

    @Test
    void anInputThatEndsDecidesNothingMore() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 30));
        operator.processWatermark(Long.MAX_VALUE);

        assertThat(summaries()).isEmpty();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void nothingIsLeftBehindWhenASegmentHasBeenGoneForAMonth() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 20; i++) {
            receives(reading(minute(i), 90));
            clock(minute(i));
        }
        assertThat(operator.numEventTimeTimers()).as("one timer a key").isEqualTo(1);

        clock(minute(20).plus(Duration.ofHours(6)));
        assertThat(stateEntries())
                .as("only what was learned: now, and as it was then")
                .isEqualTo(2);
        clock(minute(20).plus(Duration.ofDays(31)));

        assertThat(stateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void nothingIsLeftBehindOfASegmentWhoseSensorIsRetired() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 20; i++) {
            receives(reading(minute(i), 90));
            clock(minute(i));
        }
        operator.processBroadcastElement(
                Control.sensor(JsonCodec.write(DefaultRulesAndOneLoop.loop(true, 2, minute(20)))), 0);
        for (int hour = 1; hour <= 24; hour++) {
            clock(minute(20).plus(Duration.ofHours(hour)));
            assertThat(operator.numEventTimeTimers()).isLessThanOrEqualTo(1);
        }
        clock(minute(20).plus(Duration.ofDays(31)));

        assertThat(stateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void nothingIsLeftBehindOfACorridor() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 90));
        clock(minute(2));
        TrafficSummary summary = latest(EIGHT);
        operator.close();
        operator = opened(
                PaneFunction.<CorridorState, CorridorSummary>ofParts(
                        PaneTiming.TRAFFIC.ofGroups(), CorridorFold::new, new DefaultRulesAndOneLoop()),
                null);
        clock(minute(1));
        receives(SegmentPart.observation("ring", summary));
        assertThat(operator.numEventTimeTimers()).isEqualTo(1);
        clock(minute(2));
        clock(minute(1).plus(Duration.ofDays(31)));
        clock(minute(1).plus(Duration.ofDays(62)));

        assertThat(stateEntries()).isZero();
        assertThat(operator.numEventTimeTimers()).isZero();
    }

    @Test
    void twoHoursOfLateReadingsAreOneCorrection() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 5; i++) {
            receives(reading(minute(i), 90));
        }
        clock(minute(130));
        int toldBefore = summaries().size();
        for (int i = 6; i <= 125; i++) {
            receives(reading(minute(i), 20));
        }
        clock(minute(130).plusSeconds(4));
        assertThat(summaries()).as("not settled yet").hasSize(toldBefore);
        clock(minute(130).plusSeconds(6));

        List<TrafficSummary> corrected =
                summaries().subList(toldBefore, summaries().size());
        assertThat(corrected)
                .extracting(TrafficSummary::windowStart)
                .doesNotHaveDuplicates()
                .contains(minute(5), minute(124));
        assertThat(corrected.stream().filter(summary -> summary.readingCount() == 1))
                .hasSize(120);
        assertThat(events())
                .as("one alarm, and that nothing has come since")
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.STALE);
        assertThat(events().get(0).startedAt()).isEqualTo(minute(5));
    }

    @Test
    void aReadingBeforeTheFirstWatermarkIsNotLost() throws Exception {
        receives(reading(minute(1), 90));
        clock(minute(3));

        assertThat(latest()).containsKey(EIGHT);
    }

    /** The default rules, and one loop on a ring road with a free flow of 100 km/h. */
    private static final class DefaultRulesAndOneLoop implements ControlLog {
        private static final long serialVersionUID = 1;

        @Override
        public List<Control> readToEnd() {
            List<Control> controls = new ArrayList<>();
            RuleCodec.defaultRules().forEach(rule -> controls.add(Control.rule(RuleCodec.write(rule))));
            controls.add(Control.sensor(JsonCodec.write(loop(false, 1, Instant.EPOCH))));
            return controls;
        }

        static Sensor loop(boolean retired, int version, Instant effectiveFrom) {
            return new Sensor(
                    "loop-1",
                    SensorKind.TRAFFIC,
                    "testville",
                    null,
                    null,
                    "ring-1",
                    1,
                    null,
                    null,
                    null,
                    Facility.FREEWAY,
                    Measurement.POINT,
                    100.0,
                    null,
                    null,
                    60,
                    null,
                    null,
                    null,
                    retired,
                    null,
                    new HashMap<>(),
                    version,
                    effectiveFrom);
        }

        @Override
        public DataStream<Control> follow(StreamExecutionEnvironment env) {
            throw new UnsupportedOperationException("the test brings controls itself");
        }
    }
}

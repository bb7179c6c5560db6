package org.citystream.jobs.sensorhealth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorHealthFunctionTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private KeyedTwoInputStreamOperatorTestHarness<String, SensorSign, Control, KeyedJson> job;

    @BeforeEach
    void open() throws Exception {
        job = opened(null);
    }

    @AfterEach
    void close() throws Exception {
        job.close();
    }

    @Test
    void silenceIsFoundByTheClockAloneAndEndsWithTheNextReading() throws Exception {
        reading("loop-1", EIGHT, 12);
        clock(EIGHT.plus(Duration.ofMinutes(20)));
        reading("loop-1", EIGHT.plus(Duration.ofMinutes(20)), 14);

        assertThat(states("loop-1")).containsExactly("healthy", "silent", "healthy");
        assertThat(transitions()).containsExactly(Transition.OPENED, Transition.CLOSED);
    }

    @Test
    void anOutageOfOursLeavesEveryoneHealthy() throws Exception {
        reading("loop-1", EIGHT, 12);
        Instant back = EIGHT.plus(Duration.ofMinutes(20));
        job.processElement2(new StreamRecord<>(Control.since(back.toEpochMilli())));
        clock(back.plusSeconds(30));

        assertThat(states("loop-1")).containsExactly("healthy");
    }

    @Test
    void aRegisteredSensorThatNeverCameIsMissed() throws Exception {
        job.processElement1(
                new StreamRecord<>(SensorSign.registered(JsonCodec.read(registration("loop-2", false), Sensor.class))));
        clock(EIGHT);
        assertThat(states("loop-2")).containsExactly("silent");
    }

    @Test
    void lateAndRepeatedReadingsAreSignsOfLifeOnly() throws Exception {
        for (int copy = 0; copy < 40; copy++) {
            reading("loop-1", EIGHT, 12);
            reading("loop-1", EIGHT.minusSeconds(60L * copy), 12);
        }
        assertThat(states("loop-1")).containsExactly("healthy");
    }

    @Test
    void aRestartRemembersWhoWasSilent() throws Exception {
        reading("loop-1", EIGHT, 12);
        clock(EIGHT.plus(Duration.ofMinutes(5)));
        OperatorSubtaskState snapshot = job.snapshot(1, 1);
        job.close();

        job = opened(snapshot);
        clock(EIGHT.plus(Duration.ofMinutes(30)));
        assertThat(states("loop-1")).isEmpty();
        assertThat(transitions()).containsExactly(Transition.OPENED);
    }

    /** Whoever catches up is told of all hours at once, before the first watermark and perhaps before the readings. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatNeighboursSayBeforeTimeBeginsIsNotForgotten(boolean readingsFirst) throws Exception {
        if (readingsFirst) {
            reading("loop-1", EIGHT, 12);
        }
        for (int hour = 120; hour >= 1; hour--) {
            Comparison comparison = new Comparison("loop-1", Map.of("vehicleCount", hour > 48 ? 0 : 1.5), null);
            long start = EIGHT.minus(Duration.ofHours(hour)).toEpochMilli();
            job.processElement1(new StreamRecord<>(SensorSign.compared(comparison, true, start)));
        }
        if (!readingsFirst) {
            reading("loop-1", EIGHT, 12);
        }
        clock(EIGHT.plusSeconds(10));

        assertThat(states("loop-1")).endsWith("drifting").doesNotContain("silent");
        assertThat(job.numEventTimeTimers()).isEqualTo(1);
    }

    @Test
    void readingsSetOneTimerEachSensorAndRetirementLeavesNothing() throws Exception {
        for (int minute = 0; minute < 30; minute++) {
            reading("loop-1", EIGHT.plusSeconds(60L * minute), 10 + minute % 4);
        }
        assertThat(job.numEventTimeTimers()).isEqualTo(1);

        job.processElement2(new StreamRecord<>(Control.sensor(registration("loop-1", true))));
        clock(EIGHT.plus(Duration.ofHours(2)));
        assertThat(job.numEventTimeTimers()).isZero();
        assertThat(job.numKeyedStateEntries()).isZero();
    }

    @Test
    void whatIsOpenOfASensorThatIsRetiredEndsAndLeavesNothing() throws Exception {
        reading("loop-1", EIGHT, 12);
        clock(EIGHT.plus(Duration.ofMinutes(20)));
        assertThat(transitions()).containsExactly(Transition.OPENED);

        job.processElement2(new StreamRecord<>(Control.sensor(registration("loop-1", true))));
        clock(EIGHT.plus(Duration.ofMinutes(22)));
        assertThat(transitions()).containsExactly(Transition.OPENED, Transition.CLOSED);
        assertThat(events().get(1).reason()).isEqualTo("subject-retired");
        assertThat(events().get(1).endedAt()).isNotNull();
        assertThat(job.numEventTimeTimers()).isZero();
        assertThat(job.numKeyedStateEntries()).isZero();
    }

    @Test
    void aStrangerThatIsNotHeardOfForAMonthIsForgotten() throws Exception {
        for (int minute = 0; minute < 30; minute++) {
            reading("stranger", EIGHT.plusSeconds(60L * minute), 10 + minute % 4);
        }
        reading("once", EIGHT, 12);
        clock(EIGHT.plus(Duration.ofDays(1)));
        assertThat(states("stranger")).containsExactly("healthy", "silent");

        clock(EIGHT.plus(Duration.ofDays(31)));
        assertThat(transitions().subList(transitions().size() - 1, transitions().size()))
                .containsExactly(Transition.CLOSED);
        assertThat(job.numEventTimeTimers()).isZero();
        assertThat(job.numKeyedStateEntries()).isZero();
    }

    @Test
    void theEndOfInputIsNoTimeAtWhichAnybodyIsSilent() throws Exception {
        reading("loop-1", EIGHT, 12);
        job.processBothWatermarks(Watermark.MAX_WATERMARK);
        assertThat(states("loop-1")).containsExactly("healthy");
    }

    private void reading(String sensorId, Instant observedAt, double count) throws Exception {
        job.processElement1(new StreamRecord<>(new SensorSign(
                sensorId,
                SensorSign.Kind.REPORTED,
                true,
                "testville",
                observedAt.toEpochMilli(),
                0,
                null,
                new double[] {count, 48, Double.NaN},
                observedAt.plusSeconds(1).toEpochMilli(),
                "")));
    }

    private void clock(Instant now) throws Exception {
        job.processBothWatermarks(new Watermark(ClockWatermarks.watermark(now.toEpochMilli())));
    }

    private List<String> states(String sensorId) {
        List<String> states = new ArrayList<>();
        for (KeyedJson told : job.extractOutputValues()) {
            if (told.key().equals(sensorId)) {
                states.add(JsonCodec.read(told.json(), SensorHealth.class).state());
            }
        }
        return states;
    }

    private List<CityEvent> events() {
        Queue<StreamRecord<KeyedJson>> events = job.getSideOutput(SensorHealthFunction.EVENTS);
        return events == null
                ? List.of()
                : events.stream()
                        .map(event -> JsonCodec.read(event.getValue().json(), CityEvent.class))
                        .toList();
    }

    private List<Transition> transitions() {
        return events().stream().map(CityEvent::transition).toList();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, SensorSign, Control, KeyedJson> opened(
            @Nullable OperatorSubtaskState snapshot) throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<String, SensorSign, Control, KeyedJson> harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(
                                new SensorHealthFunction(new Loops()),
                                List.of(new MapStateDescriptor<>("unused", Types.STRING, Types.STRING))),
                        SensorSign::sensorId,
                        control -> "",
                        Types.STRING);
        harness.setup();
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        harness.processElement2(
                new StreamRecord<>(Control.since(EIGHT.minus(Duration.ofDays(1)).toEpochMilli())));
        return harness;
    }

    private static byte[] registration(String sensorId, boolean retired) {
        int version = retired ? 2 : 1;
        return ("{\"sensorId\":\"" + sensorId + "\",\"kind\":\"traffic\",\"cityId\":\"testville\","
                        + "\"expectedIntervalSeconds\":60,\"version\":" + version + ",\"retired\":" + retired
                        + ",\"effectiveFrom\":\"1970-01-01T00:00:0" + version + "Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Two loops and the default rules. */
    private static final class Loops implements ControlLog {
        private static final long serialVersionUID = 1;

        @Override
        public List<Control> readToEnd() {
            List<Control> controls = new ArrayList<>();
            RuleCodec.defaultRules().forEach(rule -> controls.add(Control.rule(RuleCodec.write(rule))));
            for (String id : Map.of("loop-1", 1, "loop-2", 2).keySet()) {
                controls.add(Control.sensor(registration(id, false)));
            }
            return controls;
        }

        @Override
        public DataStream<Control> follow(StreamExecutionEnvironment env) {
            throw new UnsupportedOperationException("the test brings controls itself");
        }
    }
}

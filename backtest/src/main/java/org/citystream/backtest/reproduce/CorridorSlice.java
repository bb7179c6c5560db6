package org.citystream.backtest.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.kafka.History.SummaryId;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.backtest.run.BoundedRun;
import org.citystream.backtest.run.Tape;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.HeldControls;
import org.citystream.jobs.time.PaneFunction;
import org.citystream.jobs.traffic.TrafficTopology;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;

/**
 * The summaries of segments that a decision about a corridor rests on: its topology reads nothing else. The very revisions
 * that the corridor had in hand are named in the evidence.
 */
final class CorridorSlice implements Slice {
    private final CityEvent event;
    private final Start start;
    private final ArrayList<byte[]> summaries = new ArrayList<>();

    private CorridorSlice(CityEvent event, Start start, Iterable<TrafficSummary> summaries) {
        this.event = event;
        this.start = start;
        summaries.forEach(summary -> this.summaries.add(JsonCodec.write(summary)));
    }

    static Slice of(WrittenEvent written, History history) {
        CityEvent event = written.event();
        Start start = Start.of(event);
        List<SummaryId> wanted = wanted(event.evidence().path("source").path("summaries"));
        Map<SummaryId, TrafficSummary> found =
                history.summaries(wanted, written.writtenAt().plusSeconds(1));
        if (found.size() < wanted.size()) {
            throw new BacktestFailure(
                    "of the " + wanted.size() + " summaries that the decision rests on Kafka holds only "
                            + found.size(),
                    "summaries are kept for a week; reproduce events while they are there");
        }
        return new CorridorSlice(event, start, found.values());
    }

    private static List<SummaryId> wanted(JsonNode summaries) {
        List<Instant> starts = new ArrayList<>();
        summaries.path("windowStarts").forEach(moment -> starts.add(Instant.parse(moment.asText())));
        List<SummaryId> wanted = new ArrayList<>();
        summaries.path("revisions").properties().forEach(segment -> {
            String[] revisions = segment.getValue().asText().split(",");
            for (int pane = 0; pane < revisions.length; pane++) {
                int revision = Integer.parseInt(revisions[pane]);
                if (revision > 0) {
                    wanted.add(new SummaryId(segment.getKey(), starts.get(pane), revision));
                }
            }
        });
        return wanted;
    }

    @Override
    public int size() {
        return summaries.size();
    }

    @Override
    public List<CityEvent> decide(List<Sensor> sensors, List<Rule> rules) throws Exception {
        HeldControls controls = new HeldControls(sensors, rules);
        List<Reading> carriers = new ArrayList<>();
        for (int i = 0; i < summaries.size(); i++) {
            carriers.add(carrier(
                    i, JsonCodec.read(summaries.get(i), TrafficSummary.class).windowEnd()));
        }
        List<Reading> arriving = Clocks.around(carriers, event, start, PaneTiming.TRAFFIC);
        try (Tape tape = new Tape(arriving::iterator)) {
            return BoundedRun.of(env -> corridors(env, tape, controls));
        }
    }

    /** A reading that stands for a summary: the clock is that of readings. */
    private static Reading carrier(int number, Instant observedAt) {
        return new Reading(
                "summary", null, observedAt.toEpochMilli(), 0, null, number, 0, new double[0], 0, 0, 0, new byte[0]);
    }

    private static Observation part(String corridorId, byte[] summary) {
        return SegmentPart.observation(corridorId, JsonCodec.read(summary, TrafficSummary.class));
    }

    private DataStream<KeyedJson> corridors(StreamExecutionEnvironment env, Tape tape, HeldControls controls) {
        ArrayList<byte[]> told = summaries;
        String corridorId = event.subject().id();
        DataStream<Reading> played = tape.open(env, SensorKind.TRAFFIC);
        DataStream<Observation> parts = played.filter(reading -> !reading.isTick())
                .setParallelism(1)
                .uid("summaries")
                .map(reading -> part(corridorId, told.get((int) reading.sequence())))
                .returns(PaneFunction.OBSERVATIONS)
                .setParallelism(1)
                .uid("parts");
        // From the same tape: with a clock of its own it might end later, and the end of the clock would be missed.
        BroadcastStream<Control> unchanged = played.filter(Reading::isTick)
                .setParallelism(1)
                .uid("ticks")
                .map(tick -> Control.since(tick.since()))
                .returns(TypeInformation.of(Control.class))
                .setParallelism(1)
                .uid("surroundings")
                .broadcast(new MapStateDescriptor<>("unused", Types.STRING, Types.STRING));
        return TrafficTopology.corridors(
                parts, unchanged, controls, PaneTiming.TRAFFIC, start.resuming(CorridorFold::new));
    }
}

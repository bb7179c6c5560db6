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
import org.citystream.analytics.pane.Observation;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.kafka.History.SummaryId;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.backtest.run.BoundedRun;
import org.citystream.backtest.run.Tape;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.HeldControls;
import org.citystream.jobs.time.PaneFunction;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;

/**
 * The summaries that a decision about a corridor or a district rests on: its topology reads nothing else. The very revisions
 * that the group had in hand are named in the evidence.
 */
final class GroupSlice implements Slice {
    private final CityEvent event;
    private final GroupKind kind;
    private final Start start;
    private final ArrayList<byte[]> summaries;

    private GroupSlice(CityEvent event, GroupKind kind, Start start, Iterable<byte[]> summaries) {
        this.event = event;
        this.kind = kind;
        this.start = start;
        this.summaries = new ArrayList<>();
        summaries.forEach(this.summaries::add);
    }

    static Slice of(WrittenEvent written, GroupKind kind, History history) {
        CityEvent event = written.event();
        Start start = Start.of(event);
        List<SummaryId> wanted = wanted(event.evidence().path("source").path("summaries"));
        Map<SummaryId, byte[]> found = history.summaries(
                kind.summaries(), kind::id, wanted, written.writtenAt().plusSeconds(1));
        if (found.size() < wanted.size()) {
            throw new BacktestFailure(
                    "of the " + wanted.size() + " summaries that the decision rests on Kafka holds only "
                            + found.size(),
                    "summaries are kept for " + kind.summaries().retention()
                            + "; reproduce events while they are there");
        }
        return new GroupSlice(event, kind, start, found.values());
    }

    private static List<SummaryId> wanted(JsonNode summaries) {
        List<Instant> starts = new ArrayList<>();
        summaries.path("windowStarts").forEach(moment -> starts.add(Instant.parse(moment.asText())));
        List<SummaryId> wanted = new ArrayList<>();
        summaries.path("revisions").properties().forEach(member -> {
            String[] revisions = member.getValue().asText().split(",");
            for (int pane = 0; pane < revisions.length; pane++) {
                int revision = Integer.parseInt(revisions[pane]);
                if (revision > 0) {
                    wanted.add(new SummaryId(member.getKey(), starts.get(pane), revision));
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
            carriers.add(
                    carrier(i, kind.part(event.subject().id(), summaries.get(i)).observedAt()));
        }
        List<Reading> arriving = Clocks.around(carriers, event, start, kind.timing());
        try (Tape tape = new Tape(arriving::iterator)) {
            return BoundedRun.of(env -> groups(env, tape, controls));
        }
    }

    /** A reading that stands for a summary: the clock is that of readings. */
    private static Reading carrier(int number, long observedAt) {
        return new Reading("summary", null, observedAt, 0, null, number, 0, new double[0], 0, 0, 0, new byte[0]);
    }

    private DataStream<KeyedJson> groups(StreamExecutionEnvironment env, Tape tape, HeldControls controls) {
        ArrayList<byte[]> told = summaries;
        GroupKind groups = kind;
        String groupId = event.subject().id();
        DataStream<Reading> played = tape.open(env, kind.readings());
        DataStream<Observation> parts = played.filter(reading -> !reading.isTick())
                .setParallelism(1)
                .uid("summaries")
                .map(reading -> groups.part(groupId, told.get((int) reading.sequence())))
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
        return kind.decide(parts, unchanged, controls, start);
    }
}

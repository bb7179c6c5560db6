package org.citystream.jobs.time;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;

/**
 * The way every kind of reading takes through a job: lateness, subject, panes, fold; and from there, where subjects form
 * groups, the groups' panes and fold.
 *
 * @param summaries keyed by subject
 * @param events keyed by subject
 * @param parts what summaries say to groups
 * @param late keyed by sensor
 * @param surroundings registry, rules, and since when intake has been uninterrupted
 */
public record PaneStreams(
        DataStream<KeyedJson> summaries,
        DataStream<KeyedJson> events,
        DataStream<Observation> parts,
        DataStream<KeyedJson> late,
        BroadcastStream<Control> surroundings) {

    /**
     * @param readings with ticks, and clock watermarks
     * @param name of the subjects, for people who look at the job
     */
    public static <S, U> PaneStreams of(
            String name,
            DataStream<Reading> readings,
            ControlLog log,
            PaneTiming timing,
            ObservationMaker maker,
            FoldFactory<S, U> folds) {
        SingleOutputStreamOperator<Reading> inTime = readings.process(new LateGate(timing.horizon()))
                .setParallelism(readings.getParallelism())
                .name("late gate")
                .uid("late-gate");
        DataStream<Control> since = inTime.getSideOutput(LateGate.SINCE);
        DataStream<Control> changes = log.isFollowed()
                ? log.follow(readings.getExecutionEnvironment()).union(since)
                : since;
        BroadcastStream<Control> surroundings =
                changes.broadcast(new MapStateDescriptor<>("unused", Types.STRING, Types.STRING));
        SingleOutputStreamOperator<Observation> observations = inTime.connect(surroundings)
                .process(new SubjectAssigner(log, maker))
                .returns(PaneFunction.OBSERVATIONS)
                .name("assign " + name)
                .uid("assign-subject");
        SingleOutputStreamOperator<KeyedJson> summaries = observations
                .keyBy(Observation::subjectId)
                .connect(surroundings)
                .process(PaneFunction.ofReadings(timing, folds, log))
                .name("fold " + name)
                .uid("fold-panes");
        return new PaneStreams(
                summaries,
                summaries.getSideOutput(PaneFunction.EVENTS),
                summaries.getSideOutput(PaneFunction.PARTS),
                inTime.getSideOutput(LateGate.LATE).union(summaries.getSideOutput(PaneFunction.LATE)),
                surroundings);
    }

    /**
     * Beside them the summaries and decisions of groups of subjects.
     *
     * @param name of the groups
     * @param timing of the subjects
     */
    public <S, U> GroupedStreams withGroups(String name, ControlLog log, PaneTiming timing, FoldFactory<S, U> folds) {
        SingleOutputStreamOperator<KeyedJson> groups = groups(name, parts, surroundings, log, timing, folds);
        return new GroupedStreams(summaries, groups, events.union(groups.getSideOutput(PaneFunction.EVENTS)), late);
    }

    /** The groups alone: their summaries, with {@link PaneFunction#EVENTS} beside them. */
    public static <S, U> SingleOutputStreamOperator<KeyedJson> groups(
            String name,
            DataStream<Observation> parts,
            BroadcastStream<Control> surroundings,
            ControlLog log,
            PaneTiming timing,
            FoldFactory<S, U> folds) {
        return parts.keyBy(Observation::subjectId)
                .connect(surroundings)
                .process(PaneFunction.ofParts(timing.ofGroups(), folds, log))
                .name("fold " + name)
                .uid("fold-groups");
    }
}

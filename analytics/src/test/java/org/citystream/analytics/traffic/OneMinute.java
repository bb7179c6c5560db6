package org.citystream.analytics.traffic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.citystream.analytics.pane.Filled;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.JsonCodec;

/** The minute from eight o'clock on of the road segment "a", decided without kernel and engine. */
final class OneMinute {
    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    static final Instant END = START.plus(TrafficFold.PANE);
    static final String SEGMENT = "a";

    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final TrafficFold fold = new TrafficFold(sensors, rules);

    /** Of a segment with these sensors; none: one that the registry does not know. */
    static OneMinute of(Sensor... registered) {
        OneMinute minute = new OneMinute();
        List.of(registered).forEach(minute.sensors::apply);
        return minute;
    }

    static OneMinute of(Detector detector) {
        return of(detector.registered());
    }

    OneMinute with(Sensor sensor) {
        sensors.apply(sensor);
        return this;
    }

    OneMinute with(Rule rule) {
        rules.apply(rule);
        return this;
    }

    TrafficFold fold() {
        return fold;
    }

    SensorLog registry() {
        return sensors;
    }

    SubjectProfile profile() {
        return sensors.profile(SensorKind.TRAFFIC, SEGMENT, START.toEpochMilli());
    }

    Pane pane(Observation... readings) {
        return Filled.pane(START, END, readings);
    }

    Believed believed(Observation... readings) {
        return Believed.of(pane(readings), profile(), Repeats.NONE, END.toEpochMilli());
    }

    SegmentMinute seen(Observation... readings) {
        return SegmentMinute.of(believed(readings), profile(), TrafficFold.PANE.toMillis());
    }

    PaneFold.Step<TrafficState, TrafficSummary> step(TrafficState state, Observation... readings) {
        return fold.next(SEGMENT, state, START, pane(readings));
    }

    TrafficSummary summary(Observation... readings) {
        return summary(fold.initial(), readings);
    }

    TrafficSummary summary(TrafficState state, Observation... readings) {
        return Objects.requireNonNull(step(state, readings).summary());
    }

    ObjectNode evidence(Observation... readings) {
        ObjectNode evidence = JsonCodec.internal().createObjectNode();
        SegmentEvidence.addTo(evidence, summary(readings), seen(readings));
        return evidence;
    }
}

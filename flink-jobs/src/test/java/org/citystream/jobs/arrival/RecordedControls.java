package org.citystream.jobs.arrival;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.jobs.control.AlwaysComplete;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.arrival.City;

/** Registry and rules of a city: read whole at the start, then read again, as the topics are, unless input is bounded. */
final class RecordedControls implements ControlLog {
    private static final long serialVersionUID = 1;

    private final String recordingId;
    private final boolean followed;

    RecordedControls(City<?> city, Boundedness readings) {
        List<Control> controls = new ArrayList<>();
        city.rules().forEach(rule -> controls.add(Control.rule(rule.key(), RuleCodec.write(rule))));
        city.sensors().forEach(sensor -> controls.add(Control.sensor(sensor.key(), JsonCodec.write(sensor))));
        this.recordingId = new Recording<>(List.of(List.copyOf(controls)), control -> 0).id();
        this.followed = readings == Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public List<Control> readToEnd() {
        return Recording.<Control>of(recordingId).records(0);
    }

    @Override
    public boolean isFollowed() {
        return followed;
    }

    @Override
    public DataStream<Control> follow(StreamExecutionEnvironment env) {
        return env.fromSource(
                        new RecordingSource<>(Recording.<Control>of(recordingId), Boundedness.CONTINUOUS_UNBOUNDED, 0),
                        new AlwaysComplete<>(),
                        "rules and registry",
                        TypeInformation.of(Control.class))
                .setParallelism(1)
                .uid("control");
    }
}

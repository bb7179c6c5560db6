package org.citystream.jobs.control;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;

/** Registry and rules of a bounded run: known from its start, and nothing is appended. */
public final class HeldControls implements ControlLog {
    private static final long serialVersionUID = 1;

    private final ArrayList<byte[]> sensors = new ArrayList<>();
    private final ArrayList<byte[]> rules = new ArrayList<>();

    /** @param sensors,rules every version that is to be known, with {@code effectiveFrom} */
    public HeldControls(List<Sensor> sensors, List<Rule> rules) {
        sensors.forEach(sensor -> this.sensors.add(JsonCodec.write(sensor)));
        rules.forEach(rule -> this.rules.add(RuleCodec.write(rule)));
    }

    @Override
    public List<Control> readToEnd() {
        List<Control> controls = new ArrayList<>();
        sensors.forEach(json -> controls.add(Control.sensor(json)));
        rules.forEach(json -> controls.add(Control.rule(json)));
        return controls;
    }

    @Override
    public boolean isFollowed() {
        return false;
    }

    @Override
    public DataStream<Control> follow(StreamExecutionEnvironment env) {
        throw new UnsupportedOperationException("nothing is appended to what a bounded run is given");
    }
}

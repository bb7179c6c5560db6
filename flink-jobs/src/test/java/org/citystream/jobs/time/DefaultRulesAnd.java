package org.citystream.jobs.time;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.model.rule.RuleCodec;

/**
 * The default rules and a registry.
 *
 * @param sensors each one's fields but version and effectiveFrom, as JSON with single quotes
 */
record DefaultRulesAnd(List<String> sensors) implements ControlLog {
    private static final long serialVersionUID = 1;

    DefaultRulesAnd(String... sensors) {
        this(List.of(sensors));
    }

    @Override
    public List<Control> readToEnd() {
        List<Control> controls = new ArrayList<>();
        RuleCodec.defaultRules().forEach(rule -> controls.add(Control.rule(RuleCodec.write(rule))));
        sensors.forEach(sensor -> controls.add(entry(sensor, 1, Instant.EPOCH)));
        return controls;
    }

    /** A version of a registry entry. */
    static Control entry(String sensor, int version, Instant effectiveFrom) {
        String json = "{" + sensor + ",'version':" + version + ",'effectiveFrom':'" + effectiveFrom + "'}";
        return Control.sensor(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** The second version of a registry entry: the sensor is retired. */
    static Control retired(String sensor, Instant from) {
        return entry(sensor + ",'retired':true", 2, from);
    }

    @Override
    public DataStream<Control> follow(StreamExecutionEnvironment env) {
        throw new UnsupportedOperationException("the test brings controls itself");
    }
}

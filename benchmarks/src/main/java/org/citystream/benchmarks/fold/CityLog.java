package org.citystream.benchmarks.fold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.benchmarks.city.City;
import org.citystream.benchmarks.city.Density;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Scope;
import org.citystream.model.wire.JsonCodec;

/**
 * Registry and rules of a city: the default rules, and more that are about other places.
 *
 * @param foreignRules how many; by segment, by pattern, by corridor and by polygon in turn
 */
record CityLog(int segments, Density density, int foreignRules) implements ControlLog {
    private static final int KINDS_OF_SCOPE = 4;

    @Override
    public List<Control> readToEnd() {
        List<Control> log = new ArrayList<>();
        new City(segments, density)
                .segments()
                .forEach(segment -> log.add(Control.sensor(JsonCodec.write(segment.sensor()))));
        List<Rule> defaults = RuleCodec.defaultRules();
        defaults.forEach(rule -> log.add(Control.rule(RuleCodec.write(rule))));
        for (int i = 0; i < foreignRules; i++) {
            log.add(Control.rule(RuleCodec.write(foreign(defaults.get(0), i))));
        }
        return log;
    }

    private static Rule foreign(Rule like, int number) {
        return new Rule(
                "foreign-" + number,
                like.kind(),
                like.mode(),
                elsewhere(number),
                like.schedule(),
                like.severity(),
                like.labels(),
                like.condition(),
                1,
                Instant.EPOCH,
                like.hash() + number);
    }

    private static Scope elsewhere(int number) {
        return switch (number % KINDS_OF_SCOPE) {
            case 0 -> scope(List.of("foreign-" + number), List.of(), List.of());
            case 1 -> scope(List.of("foreign-*-" + number), List.of(), List.of());
            case 2 -> scope(List.of(), List.of("foreign-" + number), List.of());
            default -> {
                double west = 20 + number % 100;
                yield scope(
                        List.of(),
                        List.of(),
                        List.of(List.of(west, 10.0), List.of(west + 0.5, 10.0), List.of(west, 10.5)));
            }
        };
    }

    private static Scope scope(List<String> segments, List<String> corridors, List<List<Double>> polygon) {
        return new Scope(null, segments, corridors, List.of(), List.of(), polygon);
    }

    @Override
    public DataStream<Control> follow(StreamExecutionEnvironment env) {
        throw new UnsupportedOperationException("nothing is appended to this log");
    }
}

package org.citystream.model.rule;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.citystream.model.place.Setting;
import org.citystream.model.wire.WireName;

/** A rule as a document in which equal rules are equal: defaults written out, sets in order, numbers in one form. */
final class RuleWriter {
    private RuleWriter() {}

    static ObjectNode write(Rule rule) {
        ObjectNode node = object();
        node.put("id", rule.id());
        node.put("kind", rule.kind().wireName());
        node.put("mode", rule.mode().wireName());
        if (!rule.scope().equals(Scope.EVERYWHERE)) {
            node.set("scope", scope(rule.scope()));
        }
        condition(rule.condition(), node);
        severity(rule, node);
        if (rule.schedule() != null) {
            node.set("schedule", schedule(rule.schedule()));
        }
        if (!rule.labels().isEmpty()) {
            ObjectNode labels = node.putObject("labels");
            new TreeMap<>(rule.labels()).forEach(labels::put);
        }
        return node;
    }

    private static void condition(Condition condition, ObjectNode node) {
        if (condition instanceof Condition.Congestion c) {
            node.putObject("enter")
                    .put("speed-ratio-below", number(c.enterSpeedRatioBelow()))
                    .put("for", c.enterFor().toString());
            node.putObject("exit")
                    .put("speed-ratio-above", number(c.exitSpeedRatioAbove()))
                    .put("for", c.exitFor().toString());
        } else if (condition instanceof Condition.Incident c) {
            ObjectNode method = node.putObject("method");
            if (c.calibrateCalifornia7() != null) {
                method.putObject("california7").put("calibrate", c.calibrateCalifornia7());
            }
            if (c.capacityDropBelow() != null) {
                method.putObject("capacity-drop").put("below", number(c.capacityDropBelow()));
            }
        } else if (condition instanceof Condition.IndexLevel c) {
            node.put("index", c.index().wireName());
            node.putObject("enter")
                    .put("level-at-least", c.index().levelName(c.enterLevelAtLeast()))
                    .put("for", c.enterFor().toString());
            node.putObject("exit")
                    .put("level-at-most", c.index().levelName(c.exitLevelAtMost()))
                    .put("for", c.exitFor().toString());
        } else if (condition instanceof Condition.Exceedance c) {
            node.put("pollutant", c.pollutant().wireName());
            node.put("above", ConcentrationText.write(c.above(), c.pollutant()));
            if (c.averaging() != Averaging.HOUR) {
                node.put("averaging", c.averaging().wireName());
            }
            node.put(Condition.Exceedance.consecutiveField(c.averaging()), c.consecutive());
        } else if (condition instanceof Condition.RapidRise c) {
            node.put("pollutant", c.pollutant().wireName());
            node.putObject("rise")
                    .put("at-least", ConcentrationText.write(c.atLeast(), c.pollutant()))
                    .put("within", c.within().toString())
                    .put("sigmas", number(c.sigmas()));
        } else if (condition instanceof Condition.Threshold c) {
            node.put("metric", c.metric());
            node.put("aggregate", WireName.of(c.aggregate()));
            node.put("window", c.window().toString());
            node.put("slide", c.slide().toString());
            limit(node.putObject("enter").put(c.above() ? "above" : "below", number(c.enter())), c.enterFor());
            limit(node.putObject("exit").put(c.above() ? "below" : "above", number(c.exit())), c.exitFor());
        } else if (condition instanceof Condition.Health c) {
            ArrayNode states = node.putArray("states");
            c.states().stream().sorted().forEach(states::add);
            node.put("for", c.lasting().toString());
        }
    }

    private static void limit(ObjectNode limit, Duration lasting) {
        if (!lasting.isZero()) {
            limit.put("for", lasting.toString());
        }
    }

    private static void severity(Rule rule, ObjectNode node) {
        List<SeverityStep> steps = rule.severity();
        if (steps.size() == 1 && steps.get(0).bound() == null) {
            node.put("severity", steps.get(0).severity().wireName());
            return;
        }
        ObjectNode scale = node.putObject("severity");
        for (SeverityStep step : steps) {
            if (step.bound() != null) {
                bound(
                        rule.condition(),
                        step.bound(),
                        scale.putObject(step.severity().wireName()));
            }
        }
    }

    private static void bound(Condition condition, double bound, ObjectNode step) {
        if (condition instanceof Condition.Congestion) {
            step.put("speed-ratio-below", number(bound));
        } else if (condition instanceof Condition.IndexLevel c) {
            step.put("level-at-least", c.index().levelName((int) bound));
        } else if (condition instanceof Condition.Exceedance c) {
            step.put("above", ConcentrationText.write(bound, c.pollutant()));
        } else if (condition instanceof Condition.Threshold c) {
            step.put(c.above() ? "above" : "below", number(bound));
        }
    }

    private static ObjectNode scope(Scope scope) {
        ObjectNode node = object();
        if (scope.city() != null) {
            node.put("city", scope.city());
        }
        texts(node, "road-segments", scope.roadSegments());
        texts(node, "corridors", scope.corridors());
        texts(node, "stations", scope.stations());
        texts(node, "settings", scope.settings().stream().map(Setting::wireName).toList());
        if (!scope.polygon().isEmpty()) {
            ObjectNode polygon = node.putObject("polygon").put("type", "Polygon");
            ArrayNode ring = polygon.putArray("coordinates").addArray();
            for (List<Double> point : scope.polygon()) {
                ring.addArray().add(number(point.get(0))).add(number(point.get(1)));
            }
        }
        return node;
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = node.putArray(field);
            texts.forEach(array::add);
        }
    }

    private static ObjectNode schedule(Schedule schedule) {
        ObjectNode node = object();
        ArrayNode days = node.putArray("days");
        schedule.days().stream().sorted().map(RuleWriter::shortName).forEach(days::add);
        node.put("from", schedule.from().toString());
        node.put("to", schedule.to().toString());
        node.put("time-zone", schedule.timeZone().getId());
        texts(
                node,
                "holidays",
                schedule.holidays().stream().map(Holiday::toString).toList());
        DayOfWeek holidaysAs = schedule.holidaysAs();
        if (holidaysAs != null) {
            node.put("holidays-as", shortName(holidaysAs));
        }
        return node;
    }

    /** In one form: 200 for 200.0, 0.0005 for 5e-4. The shortest digits that mean this double, on every Java. */
    private static BigDecimal number(double value) {
        return new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
    }

    static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

package org.citystream.audit.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything found. */
public record Report(List<Line> lines) {
    public Report {
        lines = List.copyOf(lines);
    }

    /** Whether every promise is kept. */
    public boolean isOk() {
        return lines.stream().noneMatch(Line::isFailure);
    }

    /** {@code {"ok":true,"messages":{"once":7,...},...,"examples":{"messages/lost":["..."]}}}. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ok", isOk());
        ObjectNode examples = JsonNodeFactory.instance.objectNode();
        for (Line line : lines) {
            json.withObjectProperty(line.section()).put(line.name(), line.count());
            if (!line.examples().isEmpty()) {
                ArrayNode list = examples.putArray(line.section() + "/" + line.name());
                line.examples().forEach(list::add);
            }
        }
        json.set("examples", examples);
        return json;
    }

    /**
     * The table for people: every count, a few examples below what is wrong, and what it comes to.
     *
     * @param examples how many examples of each failure
     */
    public List<String> table(int examples) {
        List<String> table = new ArrayList<>();
        String section = "";
        for (Line line : lines) {
            if (!line.section().equals(section)) {
                section = line.section();
                table.add(section);
            }
            table.add(String.format(
                    Locale.ROOT, "  %-24s %,14d%s", line.name(), line.count(), line.isFailure() ? "  FAILURE" : ""));
            if (line.isFailure()) {
                line.examples().stream().limit(examples).forEach(example -> table.add("      " + example));
                if (line.count() > examples && line.examples().size() > examples) {
                    table.add("      ...");
                }
            }
        }
        table.add(conclusion());
        return table;
    }

    private String conclusion() {
        List<String> failures = lines.stream()
                .filter(Line::isFailure)
                .map(line -> String.format(Locale.ROOT, "%,d %s", line.count(), line.name()))
                .toList();
        return failures.isEmpty() ? "OK: nothing lost, nothing invented" : "FAILED: " + String.join(", ", failures);
    }
}

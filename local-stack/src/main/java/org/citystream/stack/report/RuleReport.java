package org.citystream.stack.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules, and what the alerting service says of a change of them, line by line. */
public final class RuleReport {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private RuleReport() {}

    /** One version of a rule. */
    public static String line(JsonNode rule) {
        return line(rule, "version " + rule.path("version").asText());
    }

    private static String line(JsonNode rule, String version) {
        return String.format(
                Locale.ROOT,
                "%-32s %-18s %-8s %s, from %s",
                rule.path("id").asText(),
                rule.path("kind").asText(),
                rule.path("mode").asText("active"),
                version,
                rule.path("effectiveFrom").asText());
    }

    /** What a change came to, or with a dry run would come to. */
    public static List<String> lines(JsonNode answer) {
        Map<String, JsonNode> changes = new HashMap<>();
        answer.path("changes").forEach(change -> changes.put(change.path("id").asText(), change));
        List<String> lines = new ArrayList<>();
        for (JsonNode rule : answer.path("items")) {
            JsonNode change = changes.getOrDefault(rule.path("id").asText(), NOTHING);
            String version = rule.path("version").asText();
            lines.add(line(
                    rule,
                    change.hasNonNull("previousVersion")
                            ? "version " + change.path("previousVersion").asText() + " -> " + version
                            : "version " + version + " (new)"));
            for (JsonNode field : change.path("fields")) {
                lines.add(ChangedField.line(field.path("path").asText(), field.path("before"), field.path("after")));
            }
        }
        answer.path("unchanged").forEach(id -> lines.add(id.asText() + "  unchanged"));
        return lines;
    }
}

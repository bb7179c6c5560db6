package org.citystream.stack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./city alerts}. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "Alerts: list, show, acknowledge, assign, comment.")
public final class AlertsCommand extends CommandGroup {
    private static final String ALERTS = "/api/v1/alerts";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists alerts, newest first.")
    int list(
            @Mixin AlertingChoice choice,
            @Option(names = "--state", paramLabel = "STATE", description = "firing, stale or resolved.") @Nullable String state,
            @Option(names = "--kind", paramLabel = "KIND", description = "As in rules, such as congestion.") @Nullable String kind,
            @Option(names = "--severity", paramLabel = "SEVERITY", description = "minor, moderate, severe or extreme.")
                    @Nullable String severity,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", converter = AtLeastOne.class) int limit,
            @Option(names = "--json", description = "Prints one JSON array.") boolean json)
            throws InterruptedException, JsonProcessingException {
        StringBuilder query = new StringBuilder("?limit=" + Math.min(limit, 100));
        parameter(query, "state", state);
        parameter(query, "kind", kind);
        parameter(query, "severity", severity);
        List<JsonNode> alerts = choice.client().list(ALERTS + query, limit);
        if (json) {
            say(JsonCodec.internal().writeValueAsString(alerts));
        } else {
            alerts.forEach(alert -> say(line(alert)));
            say(alerts.isEmpty() ? "no alerts" : alerts.size() + " alert(s)");
        }
        return 0;
    }

    private static void parameter(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(encoded(value));
        }
    }

    private static String line(JsonNode alert) {
        String assignedTo = alert.path("assignedTo").asText("");
        return String.format(
                Locale.ROOT,
                "%-26s %-9s %-9s %-20s %s%s%s",
                alert.path("alertId").asText(),
                alert.path("state").asText(),
                alert.path("severity").asText(),
                alert.path("startedAt").asText(),
                alert.path("title").asText(),
                alert.path("acknowledged").isObject() ? " (acknowledged)" : "",
                alert.path("assignedTo").isTextual() ? " (" + assignedTo + ")" : "");
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one alert with its history as JSON.")
    int show(@Mixin AlertingChoice choice, @Parameters(paramLabel = "ALERT-ID") String id) throws InterruptedException {
        print(choice.client().get(path(id)));
        return 0;
    }

    @Command(name = "ack", mixinStandardHelpOptions = true, description = "Acknowledges an alert.")
    int acknowledge(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "ALERT-ID") String id,
            @Option(names = "--by", paramLabel = "NAME", description = "Who (default: your user name).") @Nullable String by,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment)
            throws InterruptedException {
        choice.client().post(path(id) + "/acknowledge", by(by).put("comment", comment));
        say(id + " acknowledged");
        return 0;
    }

    @Command(name = "assign", mixinStandardHelpOptions = true, description = "Makes somebody responsible for an alert.")
    int assign(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "ALERT-ID") String id,
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Who; nobody if left out.") @Nullable String to,
            @Option(names = "--by", paramLabel = "NAME", description = "Who says so (default: your user name).")
                    @Nullable String by)
            throws InterruptedException {
        choice.client().post(path(id) + "/assign", by(by).put("to", to));
        say(id + (to == null ? " is assigned to nobody" : " is assigned to " + to));
        return 0;
    }

    @Command(name = "comment", mixinStandardHelpOptions = true, description = "Adds a comment to an alert's history.")
    int comment(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "ALERT-ID") String id,
            @Parameters(paramLabel = "TEXT") String text,
            @Option(names = "--by", paramLabel = "NAME", description = "Who (default: your user name).") @Nullable String by)
            throws InterruptedException {
        choice.client().post(path(id) + "/comment", by(by).put("comment", text));
        say("comment added to " + id);
        return 0;
    }

    private static ObjectNode by(@Nullable String name) {
        return JsonNodeFactory.instance.objectNode().put("by", name == null ? System.getProperty("user.name") : name);
    }

    private static String path(String id) {
        return ALERTS + "/" + encoded(id);
    }
}

package org.citystream.stack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city alerts}. */
@Command(name = "alerts", mixinStandardHelpOptions = true, description = "Alerts: list, show, acknowledge.")
public final class AlertsCommand implements Runnable {
    private static final String ALERTS = "/api/v1/alerts";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(command().commandLine(), "say what to do: alerts list, alerts show or alerts ack");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists alerts, newest first.")
    int list(
            @Mixin StackChoice choice,
            @Option(names = "--state", paramLabel = "STATE", description = "firing, stale or resolved.") @Nullable String state,
            @Option(names = "--kind", paramLabel = "KIND", description = "As in rules, such as congestion.") @Nullable String kind,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50") int limit,
            @Option(names = "--json", description = "Prints one JSON array.") boolean json)
            throws InterruptedException, JsonProcessingException {
        StringBuilder query = new StringBuilder("?limit=" + Math.min(limit, 100));
        parameter(query, "state", state);
        parameter(query, "kind", kind);
        List<JsonNode> alerts = ApiAccess.to(choice).list(ALERTS + query, limit);
        PrintWriter out = command().commandLine().getOut();
        if (json) {
            out.println(JsonCodec.internal().writeValueAsString(alerts));
        } else {
            alerts.forEach(alert -> out.println(line(alert)));
            out.println(alerts.isEmpty() ? "no alerts" : alerts.size() + " alert(s)");
        }
        out.flush();
        return 0;
    }

    private static void parameter(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static String line(JsonNode alert) {
        return String.format(
                Locale.ROOT,
                "%-26s %-9s %-9s %-20s %s%s",
                alert.path("alertId").asText(),
                alert.path("state").asText(),
                alert.path("severity").asText(),
                alert.path("startedAt").asText(),
                alert.path("title").asText(),
                alert.path("acknowledged").isObject() ? " (acknowledged)" : "");
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one alert with its history as JSON.")
    int show(@Mixin StackChoice choice, @Parameters(paramLabel = "ALERT-ID") String id)
            throws InterruptedException, JsonProcessingException {
        print(ApiAccess.to(choice).get(path(id)));
        return 0;
    }

    @Command(name = "ack", mixinStandardHelpOptions = true, description = "Acknowledges an alert.")
    int acknowledge(
            @Mixin StackChoice choice,
            @Parameters(paramLabel = "ALERT-ID") String id,
            @Option(names = "--by", paramLabel = "NAME", description = "Who (default: your user name).") @Nullable String by,
            @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment)
            throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("by", by == null ? System.getProperty("user.name") : by);
        if (comment != null) {
            body.put("comment", comment);
        }
        ApiAccess.to(choice).post(path(id) + "/acknowledge", body);
        command().commandLine().getOut().println(id + " acknowledged");
        command().commandLine().getOut().flush();
        return 0;
    }

    private static String path(String id) {
        return ALERTS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private void print(JsonNode node) throws JsonProcessingException {
        command()
                .commandLine()
                .getOut()
                .println(JsonCodec.internal().writerWithDefaultPrettyPrinter().writeValueAsString(node));
        command().commandLine().getOut().flush();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

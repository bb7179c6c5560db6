package org.citystream.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./city routes}. */
@Command(name = "routes", mixinStandardHelpOptions = true, description = "The routing tree: show, test.")
public final class RoutesCommand extends CommandGroup {
    private static final String ROUTES = "/api/v1/routes";

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the routing tree in force as JSON.")
    int show(@Mixin AlertingChoice choice) throws InterruptedException {
        print(choice.client().get(ROUTES));
        return 0;
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = {
                "Shows where an alert would go, and why: one that there is (--alert), or one with these labels, such as",
                "  ./city routes test severity=severe kind=congestion corridor=ring-north"
            })
    int test(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "LABEL=VALUE", arity = "0..*") @Nullable Map<String, String> labels,
            @Option(names = "--alert", paramLabel = "ALERT-ID") @Nullable String alert,
            @Option(names = "--at", paramLabel = "TIME", description = "UTC (default: now, by the city's clock).")
                    @Nullable String at)
            throws InterruptedException {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("alertId", alert);
        question.put("at", at);
        ObjectNode given = question.putObject("labels");
        if (labels != null) {
            labels.forEach(given::put);
        }
        JsonNode answer = choice.client().post(ROUTES + "/test", question);
        answer.path("visits").forEach(visit -> say(line(visit)));
        say("");
        answer.path("receivers").forEach(receiver -> say(verdict(receiver)));
        return 0;
    }

    private static String line(JsonNode visit) {
        return "  ".repeat(visit.path("depth").asInt())
                + (visit.path("taken").asBoolean() ? "* " : "- ")
                + visit.path("condition").asText() + " -> "
                + visit.path("receiver").asText() + ": " + visit.path("reason").asText();
    }

    private static String verdict(JsonNode receiver) {
        String name = receiver.path("receiver").asText();
        if (!receiver.path("tells").asBoolean()) {
            return name + " would not be told: " + receiver.path("quiet").asText();
        }
        JsonNode grouping = receiver.path("grouping");
        return name + " would be told "
                + (grouping.isObject()
                        ? "together with others, after " + grouping.path("wait").asText()
                        : "at once");
    }
}

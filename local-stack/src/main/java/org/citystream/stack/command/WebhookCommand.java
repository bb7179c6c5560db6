package org.citystream.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./city webhook}. */
@Command(
        name = "webhook",
        mixinStandardHelpOptions = true,
        description = "Webhooks: listen, add, list, test, deliveries, redeliver, rotate, enable, remove.",
        subcommands = WebhookListenCommand.class)
public final class WebhookCommand extends CommandGroup {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Registers a URL, or mailto:ADDRESS; prints its secret, which is shown only once.")
    int add(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "URL") String url,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "citystream, alertmanager or slack (default: citystream).")
                    @Nullable String format,
            @Option(
                            names = "--types",
                            split = ",",
                            paramLabel = "TYPE,...",
                            description = "Wanted message types, such as alert.opened,alert.resolved (default: all).")
                    @Nullable List<String> types,
            @Option(
                            names = "--receivers",
                            split = ",",
                            paramLabel = "NAME,...",
                            description = "Receivers of the routing tree that it belongs to (default: the root's).")
                    @Nullable List<String> receivers,
            @Option(names = "--description", paramLabel = "TEXT") @Nullable String description)
            throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url);
        if (format != null) {
            body.put("format", format);
        }
        body.put("description", description);
        addAll(body.putArray("types"), types);
        addAll(body.putArray("receivers"), receivers);
        JsonNode created = choice.client().post(WEBHOOKS, body);
        String id = created.path("id").asText();
        say("webhook " + id + " -> " + url);
        secret(choice, created);
        say("send it a test message: ./city webhook test " + id);
        return 0;
    }

    private static void addAll(ArrayNode array, @Nullable List<String> texts) {
        if (texts != null) {
            texts.forEach(array::add);
        }
    }

    private void secret(AlertingChoice choice, JsonNode webhook) {
        String secret = webhook.path("secret").asText();
        choice.secrets().ifPresent(known -> known.add(webhook.path("id").asText(), secret));
        say("secret  " + secret);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the registered webhooks.")
    int list(@Mixin AlertingChoice choice) throws InterruptedException {
        for (JsonNode webhook : choice.client().list(WEBHOOKS, Integer.MAX_VALUE)) {
            say(String.format(
                    Locale.ROOT,
                    "%-20s %-12s %-9s %s%s",
                    webhook.path("id").asText(),
                    webhook.path("format").asText(),
                    webhook.path("enabled").asBoolean(true) ? "enabled" : "disabled",
                    webhook.path("url").asText(),
                    trouble(webhook)));
        }
        return 0;
    }

    private static String trouble(JsonNode webhook) {
        if (!webhook.path("enabled").asBoolean(true)) {
            return "  (" + webhook.path("disabledReason").asText() + ")";
        }
        int failures = webhook.path("consecutiveFailures").asInt();
        return failures == 0
                ? ""
                : "  (" + failures + " failures since "
                        + webhook.path("failingSince").asText() + ")";
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Sends a test message to a webhook.")
    int test(@Mixin AlertingChoice choice, @Parameters(paramLabel = "WEBHOOK-ID") String id)
            throws InterruptedException {
        choice.client().post(path(id) + "/test", nothing());
        say("a test message is on its way to " + id + "; see ./city webhook deliveries " + id);
        return 0;
    }

    @Command(
            name = "deliveries",
            mixinStandardHelpOptions = true,
            description = "Lists what was sent to a webhook and how it answered, newest first.")
    int deliveries(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "WEBHOOK-ID") String id,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", converter = AtLeastOne.class) int limit)
            throws InterruptedException {
        for (JsonNode delivery : choice.client().list(path(id) + "/deliveries", limit)) {
            JsonNode attempts = delivery.path("attempts");
            JsonNode last = attempts.path(attempts.size() - 1);
            say(String.format(
                    Locale.ROOT,
                    "%-40s %-9s %-20s %s attempt(s)%s",
                    delivery.path("id").asText(),
                    delivery.path("state").asText(),
                    delivery.path("type").asText(),
                    attempts.size(),
                    outcome(last)));
        }
        return 0;
    }

    private static String outcome(JsonNode attempt) {
        if (attempt.isMissingNode()) {
            return "";
        }
        String error = attempt.path("error").isTextual() ? attempt.path("error").asText() : "ok";
        return ", last: " + error + " in " + attempt.path("latencyMs").asText() + " ms";
    }

    @Command(
            name = "redeliver",
            mixinStandardHelpOptions = true,
            description = {
                "Sends one delivery again (DELIVERY-ID, from ./city webhook deliveries), or, with --since, everything",
                "recorded since a time that a webhook has not got (WEBHOOK-ID). Ids stay the same."
            })
    int redeliver(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--since", paramLabel = "TIME", description = "UTC, such as 2026-11-23T08:15:30Z.")
                    @Nullable String since,
            @Option(names = "--delivered", description = "With --since: also what it has taken already.")
                    boolean delivered)
            throws InterruptedException {
        if (since == null) {
            choice.client().post("/api/v1/deliveries/" + encoded(id) + "/redeliver", nothing());
            say(id + " is sent again");
        } else {
            JsonNode answer = choice.client()
                    .post(
                            path(id) + "/redeliver?since=" + encoded(since) + (delivered ? "&delivered=true" : ""),
                            nothing());
            say(answer.path("redelivered").asText() + " delivery(s) are sent again to " + id);
        }
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Gives a webhook a new secret, shown only once; the old one signs along for a while.")
    int rotate(
            @Mixin AlertingChoice choice,
            @Parameters(paramLabel = "WEBHOOK-ID") String id,
            @Option(
                            names = "--overlap",
                            paramLabel = "DURATION",
                            defaultValue = "PT24H",
                            description = "How long the old one signs along (default: ${DEFAULT-VALUE}).")
                    Duration overlap)
            throws InterruptedException {
        JsonNode rotated = choice.client()
                .post(
                        path(id) + "/rotate",
                        JsonNodeFactory.instance.objectNode().put("overlap", overlap.toString()));
        secret(choice, rotated);
        say("the old one signs along until "
                + rotated.path("previousSecretUntil").asText());
        return 0;
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Enables a webhook again and forgets its failures; see also redeliver --since.")
    int enable(@Mixin AlertingChoice choice, @Parameters(paramLabel = "WEBHOOK-ID") String id)
            throws InterruptedException {
        choice.client().patch(path(id), JsonNodeFactory.instance.objectNode().put("enabled", true));
        say(id + " is enabled");
        return 0;
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a webhook and its deliveries.")
    int remove(@Mixin AlertingChoice choice, @Parameters(paramLabel = "WEBHOOK-ID") String id)
            throws InterruptedException {
        choice.client().delete(path(id));
        say(id + " is removed");
        return 0;
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String path(String id) {
        return WEBHOOKS + "/" + encoded(id);
    }
}

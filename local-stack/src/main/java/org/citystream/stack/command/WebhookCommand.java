package org.citystream.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.webhook.KnownSecrets;
import org.citystream.stack.webhook.WebhookListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city webhook}. */
@Command(name = "webhook", mixinStandardHelpOptions = true, description = "Webhooks: listen, add, list, test.")
public final class WebhookCommand implements Runnable {
    private static final String WEBHOOKS = "/api/v1/webhooks";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                command().commandLine(), "say what to do: webhook listen, webhook add, webhook list or webhook test");
    }

    @Command(
            name = "listen",
            mixinStandardHelpOptions = true,
            description = {
                "Receives webhooks on this machine, verifies their signatures and prints them, until Ctrl-C. Register it",
                "in another terminal: ./city webhook add http://127.0.0.1:8099/"
            })
    int listen(
            @Mixin StackChoice choice,
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            defaultValue = "8099",
                            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
                    int port,
            @Option(
                            names = "--secret",
                            paramLabel = "whsec_...",
                            description = "Secret to verify with (default: those of webhooks added on this machine).")
                    @Nullable String secret,
            @Option(
                            names = "--log",
                            paramLabel = "FILE",
                            description =
                                    "Append each message to this file, a JSON document a line, for ./city verify.")
                    @Nullable Path log)
            throws IOException, InterruptedException {
        try (WebhookListener listener =
                WebhookListener.start(port, secrets(choice, secret), Clock.systemUTC(), this::sayWithTime, log)) {
            say("listening on http://127.0.0.1:" + listener.port() + "/   (Ctrl-C ends it)");
            new CountDownLatch(1).await();
            return 0;
        } catch (java.net.BindException e) {
            throw new CityFailure("port " + port + " is taken", "give another one: --port N", e);
        }
    }

    /** The file is asked again for each message: a webhook may be added while we listen. */
    private static Supplier<Collection<String>> secrets(StackChoice choice, @Nullable String secret) {
        if (secret != null) {
            return () -> List.of(secret);
        }
        return () -> {
            try {
                return new KnownSecrets(choice.running().data().webhookSecretsFile()).all();
            } catch (CityFailure nothingRuns) {
                return List.of();
            }
        };
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Registers a URL for all alerts; prints its secret, which is shown only once.")
    int add(@Mixin StackChoice choice, @Parameters(paramLabel = "URL") String url) throws InterruptedException {
        Running stack = choice.running();
        JsonNode created = ApiAccess.to(stack)
                .post(WEBHOOKS, JsonNodeFactory.instance.objectNode().put("url", url));
        String id = created.path("id").asText();
        String secret = created.path("secret").asText();
        new KnownSecrets(stack.data().webhookSecretsFile()).add(id, secret);
        say("webhook " + id + " -> " + url);
        say("secret  " + secret);
        say("send it a test message: ./city webhook test " + id);
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the registered webhooks.")
    int list(@Mixin StackChoice choice) throws InterruptedException {
        for (JsonNode webhook : ApiAccess.to(choice).list(WEBHOOKS, Integer.MAX_VALUE)) {
            say(String.format(
                    Locale.ROOT,
                    "%-28s %-9s %s",
                    webhook.path("id").asText(),
                    webhook.path("enabled").asBoolean(true) ? "enabled" : "disabled",
                    webhook.path("url").asText()));
        }
        return 0;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Sends a test message to a webhook.")
    int test(@Mixin StackChoice choice, @Parameters(paramLabel = "WEBHOOK-ID") String id) throws InterruptedException {
        ApiAccess.to(choice)
                .post(
                        WEBHOOKS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/test",
                        JsonNodeFactory.instance.objectNode());
        say("a test message is on its way to " + id);
        return 0;
    }

    private void sayWithTime(String line) {
        say(Instant.now() + "  " + line);
    }

    private void say(String line) {
        PrintWriter out = command().commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

package org.citystream.stack.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.webhook.KnownSecrets;
import org.citystream.stack.webhook.Signature;
import org.citystream.stack.webhook.WebhookListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./city webhook listen}. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        description = {
            "Receives webhooks on this machine, verifies their signatures and prints them, until Ctrl-C. Register it",
            "in another terminal: ./city webhook add http://127.0.0.1:8099/"
        })
public final class WebhookListenCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    @Mixin
    private StackChoice choice = new StackChoice();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8099",
            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--secret",
            paramLabel = "whsec_...",
            description = "Secret to verify with (default: those of webhooks added on this machine).")
    private @Nullable String secret;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Append each message to this file, a JSON document a line, for ./city verify.")
    private @Nullable Path log;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        try (WebhookListener listener = WebhookListener.start(
                port, secrets(), Clock.systemUTC(), line -> say(Instant.now() + "  " + line), log)) {
            say("listening on http://127.0.0.1:" + listener.port() + "/   (Ctrl-C ends it)");
            new CountDownLatch(1).await();
            return 0;
        } catch (BindException e) {
            throw new CityFailure(
                    "cannot listen on port " + port + ": " + e.getMessage(), "give another one: --port N", e);
        }
    }

    /** Said now, and not by the first message. */
    private void check() {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(command().commandLine(), "--port must be 0 to " + MAX_PORT + ", not " + port);
        }
        if (secret != null && !Signature.isSecret(secret)) {
            throw new ParameterException(command().commandLine(), "--secret must be whsec_ and base64");
        }
    }

    /** The file is asked again for each message: a webhook may be added while we listen. */
    private Supplier<Collection<String>> secrets() {
        String given = secret;
        if (given != null) {
            return () -> List.of(given);
        }
        return () -> {
            try {
                return new KnownSecrets(choice.running().data().webhookSecretsFile()).all();
            } catch (CityFailure nothingRuns) {
                return List.of();
            }
        };
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

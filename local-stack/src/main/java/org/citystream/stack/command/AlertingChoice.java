package org.citystream.stack.command;

import java.nio.file.Path;
import java.util.Optional;
import org.citystream.stack.alerting.AlertingClient;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.webhook.KnownSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which alerting service is meant: that of a stack on this machine, or any other. */
final class AlertingChoice {
    @Mixin
    private StackChoice stack = new StackChoice();

    @Option(
            names = "--alerting",
            paramLabel = "URL",
            description = "Alerting service (default: that of the stack that runs here).")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token, for --alerting (default: none is sent).")
    private @Nullable Path tokenFile;

    AlertingClient client() {
        if (url == null) {
            return ApiAccess.to(stack);
        }
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new AlertingClient(base, tokenFile == null ? "" : DataDirectory.read(tokenFile));
    }

    /** Where {@code webhook listen} looks for secrets; empty if the service is not one of this machine. */
    Optional<KnownSecrets> secrets() {
        return url == null
                ? Optional.of(new KnownSecrets(stack.running().data().webhookSecretsFile()))
                : Optional.empty();
    }
}

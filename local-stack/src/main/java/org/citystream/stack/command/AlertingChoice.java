package org.citystream.stack.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.citystream.stack.alerting.AlertingClient;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.webhook.KnownSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which alerting service is meant: that of a stack on this machine, or any other. */
final class AlertingChoice {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

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
        if (!isHttp(base)) {
            throw new ParameterException(
                    command().commandLine(), "--alerting: '" + url + "' is no address such as http://127.0.0.1:8090");
        }
        return new AlertingClient(base, tokenFile == null ? "" : DataDirectory.read(tokenFile));
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }

    /** Where {@code webhook listen} looks for secrets; empty if the service is not one of this machine. */
    Optional<KnownSecrets> secrets() {
        return url == null
                ? Optional.of(new KnownSecrets(stack.running().data().webhookSecretsFile()))
                : Optional.empty();
    }
}

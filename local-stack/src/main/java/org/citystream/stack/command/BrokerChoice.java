package org.citystream.stack.command;

import java.util.List;
import org.citystream.service.mqtt.BrokerAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which MQTT broker is meant: the local stack's, unless one is named, and who we are there. */
final class BrokerChoice {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--mqtt",
            paramLabel = "URL",
            description = "Another broker than the local stack's; the same as --mqtt-url.")
    private @Nullable String url;

    @Option(
            names = "--mqtt-client-id",
            paramLabel = "ID",
            description = "Client id, where the broker wants a certain one, such as the certificate's common name"
                    + " (default: one of its own).")
    private @Nullable String clientId;

    @Mixin
    private BrokerAccess named = new BrokerAccess();

    /** The one that is meant; fails if none is named and no stack runs. */
    BrokerAccess access(StackChoice stack) {
        BrokerAccess access = chosen(stack);
        List<String> problems = access.problems();
        if (!problems.isEmpty()) {
            throw new ParameterException(command().commandLine(), String.join("; ", problems));
        }
        return access;
    }

    private BrokerAccess chosen(StackChoice stack) {
        if (url != null) {
            return named.at(url);
        }
        boolean isNamed = command().commandLine().getParseResult().hasMatchedOption("--mqtt-url");
        return isNamed ? named : named.at(stack.running().state().ports().mqttUrl());
    }

    /** As which we connect. */
    String clientId() {
        return clientId == null ? "city-rejected-" + ProcessHandle.current().pid() : clientId;
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

package org.citystream.stack.command;

import java.util.List;
import org.citystream.service.kafka.BrokerAddresses;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which Kafka is meant: the local stack's, unless one is named, and who we are there. */
final class KafkaChoice {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--kafka",
            converter = BrokerAddresses.class,
            paramLabel = "HOST:PORT,...",
            description = "Another cluster than the local stack's; the same as --kafka-bootstrap-servers.")
    private @Nullable String servers;

    @Mixin
    private KafkaSettings named = new KafkaSettings();

    /** The one that is meant; fails if none is named and no stack runs. */
    KafkaSettings settings(StackChoice stack) {
        List<String> problems = named.problems();
        if (!problems.isEmpty()) {
            throw new ParameterException(command().commandLine(), String.join("; ", problems));
        }
        if (servers != null) {
            return named.at(servers);
        }
        boolean isNamed = command().commandLine().getParseResult().hasMatchedOption("--kafka-bootstrap-servers");
        return isNamed ? named : named.at(stack.running().state().ports().kafkaBootstrap());
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

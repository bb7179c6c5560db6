package org.citystream.stack.command;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.Refusal;
import org.citystream.service.kafka.TopicCatalogue;
import org.citystream.stack.failure.CityFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./city topics}. */
@Command(name = "topics", mixinStandardHelpOptions = true, description = "Kafka topics of the catalogue.")
public final class TopicsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(commandLine(spec), "say what to do with the topics: topics apply");
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Creates missing topics; sets retention and compaction of the others.")
    int apply(
            @Mixin StackChoice choice,
            @Mixin KafkaChoice chosen,
            @Option(
                            names = "--replication-factor",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Copies of each new topic (default: ${DEFAULT-VALUE}).")
                    int replicationFactor)
            throws InterruptedException {
        KafkaSettings kafka = chosen.settings(choice);
        try {
            TopicCatalogue.apply(kafka, replicationFactor)
                    .forEach(commandLine(spec).getOut()::println);
            commandLine(spec).getOut().flush();
            return 0;
        } catch (ExecutionException | KafkaException e) {
            throw new CityFailure(
                    "Kafka at " + kafka.bootstrapServers() + " refused: " + Refusal.reason(e),
                    "check --kafka and its permissions",
                    e);
        }
    }

    private static picocli.CommandLine commandLine(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec.commandLine();
    }
}

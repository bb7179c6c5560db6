package org.citystream.service.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes Kafka's topics what the catalogue says, and ends: what a deployment runs before its services. Exits with 0 when all
 * topics are there, with 1 when Kafka refuses or cannot be reached, with 2 when the configuration is wrong.
 */
public final class TopicsMain {
    /** Its settings. */
    static final class TopicsConfig {
        @Mixin
        KafkaSettings kafka = new KafkaSettings();

        @Option(
                names = "--topics-replication-factor",
                paramLabel = "N",
                defaultValue = "3",
                description = "Copies of each new topic (default: ${DEFAULT-VALUE}).")
        int replicationFactor = 3;
    }

    private TopicsMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    @SuppressWarnings("SystemOut") // a command's answer
    private static int run(String[] arguments) throws InterruptedException {
        TopicsConfig config = new TopicsConfig();
        try {
            Configuration.load(config, arguments, System.getenv());
            check(config);
            TopicCatalogue.apply(config.kafka, config.replicationFactor).forEach(System.out::println);
            return 0;
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> System.err.println("topics: " + problem));
            return 2;
        } catch (ExecutionException | KafkaException e) {
            System.err.println("topics: Kafka at " + config.kafka.bootstrapServers() + " refused: " + Refusal.reason(e)
                    + "; check the address, and that the user may create and alter topics");
            return 1;
        }
    }

    private static void check(TopicsConfig config) throws ConfigurationException {
        List<String> problems = new ArrayList<>(config.kafka.problems());
        if (config.replicationFactor < 1) {
            problems.add("topics-replication-factor must be at least 1 but is " + config.replicationFactor);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}

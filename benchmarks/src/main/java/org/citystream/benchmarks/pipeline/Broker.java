package org.citystream.benchmarks.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.citystream.benchmarks.harness.Fork;
import org.citystream.model.wire.Topics;

/** A Kafka in another process. */
public final class Broker implements AutoCloseable {
    private static final int HEAP_MB = 768;

    private final Process process;
    private final String bootstrapServers;

    private Broker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts and returns when it accepts connections. */
    public static Broker start(Path dataDir) throws IOException {
        Process process =
                Fork.java(HEAP_MB, BrokerMain.class, dataDir.toString()).start();
        String address = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (address == null) {
            throw new IOException("Kafka did not start");
        }
        return new Broker(process, address);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** All topics of the catalogue. */
    public void createTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)
                                    .configs(topic.configuration()))
                            .toList())
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

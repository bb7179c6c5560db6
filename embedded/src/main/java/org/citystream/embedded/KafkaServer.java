package org.citystream.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and KRaft controller in one, replication factor 1. Data survive a restart on the same directory.
 * Topics are never created by mere use.
 */
public final class KafkaServer implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private KafkaServer(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts and returns when the broker accepts connections.
     *
     * @param dataDir created and formatted when new
     * @param port 0: any free one; the controller takes another free one
     */
    public static KafkaServer start(Path dataDir, int port) {
        return start(dataDir, port, 0);
    }

    /**
     * As {@link #start(Path, int)}, with a port for the controller too.
     *
     * @param controllerPort 0: any free one
     */
    public static KafkaServer start(Path dataDir, int port, int controllerPort) {
        int brokerPort = FreePort.orElse(port);
        return start(
                dataDir, brokerPort, configuration(dataDir, brokerPort, FreePort.orElse(controllerPort)), List.of());
    }

    /** One that clients reach over another port, where somebody passes everything on. */
    public static KafkaServer startBehind(int clientsPort, Path dataDir, int port, int controllerPort) {
        Properties properties = configuration(dataDir, port, controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + clientsPort);
        return start(dataDir, port, properties, List.of());
    }

    /**
     * One that only lets in known users, over TLS and with SCRAM-SHA-512.
     *
     * @param certificate PEM file with the server's certificate, private key and authorities
     * @param users passwords by name
     */
    public static KafkaServer startSecured(Path dataDir, int port, Path certificate, Map<String, String> users) {
        return startSecured(dataDir, port, certificate, users, Map.of());
    }

    /**
     * As {@link #startSecured}, and users may do only what ACLs allow them.
     *
     * @param administrator the one of them who may do everything
     */
    public static KafkaServer startWithAcls(
            Path dataDir, int port, Path certificate, Map<String, String> users, String administrator) {
        Map<String, String> authorizer = Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The broker itself is nobody on its internal listeners.
                "super.users",
                "User:" + administrator + ";User:ANONYMOUS");
        return startSecured(dataDir, port, certificate, users, authorizer);
    }

    private static KafkaServer startSecured(
            Path dataDir, int port, Path certificate, Map<String, String> users, Map<String, String> more) {
        int brokerPort = FreePort.orElse(port);
        int controllerPort = FreePort.orElse(0);
        Properties properties = configuration(dataDir, brokerPort, controllerPort);
        String listeners = "SASL_SSL://127.0.0.1:" + brokerPort + ",INTERNAL://127.0.0.1:" + FreePort.orElse(0);
        properties.setProperty("listeners", listeners + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", listeners);
        properties.setProperty(
                "listener.security.protocol.map", "SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("inter.broker.listener.name", "INTERNAL");
        properties.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.setProperty(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.setProperty("ssl.keystore.type", "PEM");
        properties.setProperty("ssl.keystore.location", certificate.toString());
        properties.putAll(more);
        List<String> scram = new ArrayList<>();
        users.forEach((name, password) ->
                scram.addAll(List.of("--add-scram", "SCRAM-SHA-512=[name=" + name + ",password=" + password + "]")));
        return start(dataDir, brokerPort, properties, scram);
    }

    private static KafkaServer start(Path dataDir, int brokerPort, Properties properties, List<String> formatOptions) {
        try {
            format(dataDir, properties, formatOptions);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            server.startup();
            return new KafkaServer(server, brokerPort);
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedServerException("Kafka did not start on port " + brokerPort + " with " + dataDir, e);
        }
    }

    private static Properties configuration(Path dataDir, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
        properties.setProperty("log.dirs", dataDir.toAbsolutePath().toString());
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        single(properties);
        small(properties);
        return properties;
    }

    /** Everything that is replicated three times by default exists once. */
    private static void single(Properties properties) {
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "4");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "4");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("min.insync.replicas", "1");
    }

    /** Buffers and threads for one machine; the defaults are for a server of its own. */
    private static void small(Properties properties) {
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        properties.setProperty("log.index.size.max.bytes", "1048576");
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "2");
    }

    private static void format(Path dataDir, Properties properties, List<String> more) throws IOException {
        Files.createDirectories(dataDir);
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        Path file = Files.createTempFile("kafka", ".properties");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            List<String> command =
                    new ArrayList<>(List.of("format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()));
            command.addAll(more);
            int status = StorageTool.execute(
                    command.toArray(String[]::new), new PrintStream(output, true, StandardCharsets.UTF_8));
            if (status != 0) {
                throw new EmbeddedServerException(
                        "Kafka could not format " + dataDir + ": " + output.toString(StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(file);
        }
    }

    public int port() {
        return port;
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}

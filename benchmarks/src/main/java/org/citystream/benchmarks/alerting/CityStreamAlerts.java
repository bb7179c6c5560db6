package org.citystream.benchmarks.alerting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.alerting.AlertingMain;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Fork;
import org.citystream.benchmarks.harness.FreePort;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.pipeline.Broker;
import org.citystream.embedded.PostgresServer;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;

/** Our alerting service as it is delivered; its PostgreSQL counts, with every commit on disk, and Kafka does not. */
public final class CityStreamAlerts extends AlertsRun {
    private static final int HEAP_MB = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "benchmark";
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @Override
    Alerter start(String webhookUrl, Parameters parameters) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-alerting");
        Broker broker = Broker.start(directory.resolve("kafka"));
        broker.createTopics();
        Path database = directory.resolve("postgres");
        PostgresServer postgres = PostgresServer.start(database, 0);
        int port = FreePort.any();
        int together = parameters.number(TOGETHER, 1);
        List<String> arguments = new ArrayList<>(List.of(
                "--http-port=" + port,
                "--kafka-bootstrap-servers=" + broker.bootstrapServers(),
                "--database-url=" + postgres.jdbcUrl(),
                "--admin-token-file=" + Files.writeString(directory.resolve("admin.token"), TOKEN),
                "--webhook-allowed-cidrs=127.0.0.0/8"));
        if (together > 1) {
            arguments.add("--routes-file=" + Files.writeString(directory.resolve("routes.yaml"), """
                    receivers: [{name: hook}]
                    route: {receiver: hook, group-by: [batch], group-wait: 1s, group-interval: 1s}
                    """));
        }
        Process service = Fork.java(HEAP_MB, AlertingMain.class, arguments.toArray(String[]::new))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Running running = new Running(directory, broker, postgres, postmaster(database), service, together);
        URI base = URI.create("http://127.0.0.1:" + port);
        HttpClient client = HttpClient.newHttpClient();
        Requests.awaitReady(client, base.resolve("/health/ready"), PATIENCE);
        register(client, base, webhookUrl);
        return running;
    }

    private static ProcessHandle postmaster(Path database) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(database.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void register(HttpClient client, URI base, String webhookUrl)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/v1/webhooks"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"" + webhookUrl + "\"}"))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException("the webhook was not taken: " + response.statusCode() + " " + response.body());
        }
    }

    private static final class Running implements Alerter {
        private final Path directory;
        private final Broker broker;
        private final PostgresServer postgres;
        private final ProcessHandle postmaster;
        private final Process service;
        private final int together;
        private final KafkaProducer<String, byte[]> producer;

        Running(
                Path directory,
                Broker broker,
                PostgresServer postgres,
                ProcessHandle postmaster,
                Process service,
                int together) {
            this.directory = directory;
            this.broker = broker;
            this.postgres = postgres;
            this.postmaster = postmaster;
            this.service = service;
            this.together = together;
            this.producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", "0"),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }

        @Override
        public void raise(int from, int to) {
            for (int number = from; number < to; number++) {
                CityEvent event = event(number, number / together);
                producer.send(new ProducerRecord<>(
                        Topics.EVENTS.name(), event.subject().id(), JsonCodec.write(event)));
            }
            producer.flush();
        }

        private static CityEvent event(int number, int batch) {
            String segment = Listener.SUBJECT + number;
            return new CityEvent(
                    segment + "#1",
                    segment + "@" + EIGHT,
                    1,
                    RuleKind.CONGESTION,
                    Transition.OPENED,
                    Severity.MODERATE,
                    "lindholm",
                    new Subject(SubjectType.ROAD_SEGMENT, segment, "Ring Road 3 at Elm Street"),
                    EIGHT,
                    EIGHT.plusSeconds(180),
                    null,
                    null,
                    null,
                    "dwell-completed",
                    new RuleReference("segment-congestion", 1, "9f2c", RuleMode.ACTIVE),
                    Map.of("team", "traffic-control", "batch", Integer.toString(batch)),
                    "Vehicles crawl at a fifth of free flow.",
                    null,
                    JsonNodeFactory.instance.objectNode().put("speedRatio", 0.2));
        }

        @Override
        public Map<String, Long> cpuNanos() {
            return Map.of(
                    "service", CpuClock.processNanos(service.toHandle()), "PostgreSQL", CpuClock.treeNanos(postmaster));
        }

        @Override
        public void close() throws IOException {
            producer.close();
            service.destroy();
            service.onExit().join();
            postgres.close();
            broker.close();
            FileUtils.deleteDirectory(directory.toFile());
        }
    }
}

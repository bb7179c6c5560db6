package org.citystream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citystream.embedded.KafkaServer;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.DocumentedAcls;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job and a Kafka that speaks TLS and knows its users and what each may do. */
class SecuredKafkaTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final String ADMINISTRATOR = "administrator";
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path directory;

    private final Map<String, String> arguments = new HashMap<>();
    private Path password;

    @BeforeEach
    void prepare() throws IOException {
        password = Files.writeString(directory.resolve("password"), PASSWORD);
        arguments.put("kafka-security-protocol", "SASL_SSL");
        arguments.put("kafka-user", "jobs");
        arguments.put("kafka-password-file", password.toString());
    }

    private JobEnvironment job(StreamExecutionEnvironment env) {
        return new JobEnvironment(JobEnvironment.configured(env), ParameterTool.fromMap(arguments));
    }

    private KafkaAccess access() {
        return job(StreamExecutionEnvironment.createLocalEnvironment(1)).kafka();
    }

    @Test
    void aJobReadsAndWritesOverTlsAsTheUserItIs() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, "city");
        Path pem = authority.bundle(authority.issue("kafka"));
        arguments.put("kafka-ca-file", authority.certificate().toString());
        Map<String, String> users = Map.of("jobs", PASSWORD, ADMINISTRATOR, PASSWORD);
        try (KafkaServer kafka = KafkaServer.startWithAcls(directory.resolve("kafka"), 0, pem, users, ADMINISTRATOR)) {
            arguments.put("kafka-bootstrap-servers", kafka.bootstrapServers());
            arguments.put("kafka-user", ADMINISTRATOR);
            KafkaAccess administrator = access();
            arguments.put("kafka-user", "jobs");
            KafkaAccess access = access();
            assertThat(new String(InstantiationUtil.serializeObject(access), StandardCharsets.ISO_8859_1))
                    .as("what travels with the job graph")
                    .doesNotContain(PASSWORD);
            createTopics(administrator);
            try (Admin admin = Admin.create(administrator.producer())) {
                DocumentedAcls.of("traffic-job").grant(admin, "jobs");
            }
            sendAMinute(administrator);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
            TrafficJob.wire(job(env));
            JobClient client = env.executeAsync("secured");
            try {
                assertThat(summary(administrator)).contains("\"roadSegmentId\":\"loop-1\"");
            } finally {
                client.cancel().get();
            }
        }
    }

    @Test
    void whatCannotWorkIsToldBeforeTheJobStarts() throws IOException {
        Files.writeString(password, PASSWORD + "\n");
        assertThatThrownBy(this::access).hasMessageContaining("no line break at its end");
        Files.delete(password);
        assertThatThrownBy(this::access).hasMessageContaining("cannot be read here");
        arguments.remove("kafka-user");
        assertThatThrownBy(this::access).hasMessageContaining("which need both");
        arguments.put("kafka-security-protocol", "TLS");
        assertThatThrownBy(this::access).hasMessageContaining("is PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT, not TLS");
    }

    private static void createTopics(KafkaAccess access) throws Exception {
        try (Admin admin = Admin.create(access.producer())) {
            List<NewTopic> topics = Topics.ALL.stream()
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    private static void sendAMinute(KafkaAccess access) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(access.producer(), new StringSerializer(), new ByteArraySerializer())) {
            String json = "{\"sensorId\":\"loop-1\",\"observedAt\":\"" + EIGHT.plusSeconds(60) + "\",\"clockAt\":\""
                    + EIGHT.plusSeconds(61) + "\",\"periodSeconds\":60,\"vehicleCount\":12,\"averageSpeedKmh\":50}";
            producer.send(new ProducerRecord<>(
                    Topics.READINGS_TRAFFIC.name(), "loop-1", json.getBytes(StandardCharsets.UTF_8)));
            for (int partition = 0; partition < Topics.READINGS_TRAFFIC.partitions(); partition++) {
                ProducerRecord<String, byte[]> tick = new ProducerRecord<>(
                        Topics.READINGS_TRAFFIC.name(),
                        partition,
                        null,
                        JsonCodec.write(new ClockTick(EIGHT.plusSeconds(600), EIGHT)));
                tick.headers().add(ClockTick.HEADER, new byte[0]);
                producer.send(tick);
            }
        }
    }

    private static String summary(KafkaAccess access) {
        Properties properties = access.consumer();
        properties.setProperty("group.id", "test");
        properties.setProperty("auto.offset.reset", "earliest");
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.SUMMARIES_TRAFFIC.name()));
            await().atMost(KafkaExtension.PATIENCE).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    found.add(new String(record.value(), StandardCharsets.UTF_8));
                }
                return !found.isEmpty();
            });
        }
        return found.get(0);
    }
}

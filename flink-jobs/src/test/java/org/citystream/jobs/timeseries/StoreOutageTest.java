package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.citystream.embedded.TcpProxy;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.InfluxOne;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is away for a while: what is told meanwhile waits in Kafka, and in the end every point is there. Five seconds by
 * default, two minutes with {@code -Dproofs=true}.
 */
class StoreOutageTest {
    private static final Topic[] USED = {
        Topics.SUMMARIES_TRAFFIC, Topics.SUMMARIES_AIR, Topics.EVENTS, Topics.SENSOR_HEALTH, Topics.SUMMARIES_CORRIDOR
    };
    private static final Duration OUTAGE = Duration.ofSeconds(Boolean.getBoolean("proofs") ? 120 : 5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final int STEPS = 10;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final QuestDbExtension QUEST_DB = new QuestDbExtension();

    @TempDir
    Path directory;

    private final Map<String, Double> told = new TreeMap<>();

    @BeforeEach
    @AfterEach
    void emptyTopics() {
        KAFKA.empty(USED);
    }

    @Test
    void questDbMayBeAway() throws Exception {
        Series.ALL.forEach(series -> QUEST_DB.execute(QuestDbTable.create(series)));
        QUEST_DB.execute("TRUNCATE TABLE air");
        losesNothing(new QuestDb());
    }

    @Test
    void influxDbOneMayBeAway() throws Exception {
        losesNothing(new InfluxDb(InfluxOne.start(directory.resolve("influxdb"))));
    }

    private void losesNothing(HoldsAir real) throws Exception {
        try (HoldsAir store = real;
                TcpProxy way = TcpProxy.to(store.port())) {
            JobClient job = start(way.port(), store.api());
            try {
                tell(200);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(store.pm25()).isEqualTo(told));
                Map<String, Double> before = store.pm25();

                way.refuse(true);
                way.cut();
                for (int step = 0; step < STEPS; step++) {
                    tell(100);
                    // How long the store is away is what is tested: there is nothing to wait for.
                    Thread.sleep(OUTAGE.dividedBy(STEPS).toMillis());
                }
                assertThat(store.pm25()).as("nothing reaches it").isEqualTo(before);
                assertThat(lag()).as("waits in Kafka").isGreaterThanOrEqualTo(900);

                way.heal();
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(store.pm25()).hasSize(1_200).isEqualTo(told));
                await().atMost(PATIENCE).until(() -> lag() == 0);
            } finally {
                job.cancel().get();
            }
        }
    }

    private JobClient start(int storePort, StoreApi api) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        TimeSeriesJob.wire(new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of(
                        "kafka-bootstrap-servers",
                        KAFKA.bootstrapServers(),
                        "influx-url",
                        "http://127.0.0.1:" + storePort,
                        "influx-api",
                        api.name()))));
        return env.executeAsync("time-series");
    }

    /** Hours of four stations, each with a value of its own. */
    private void tell(int hours) {
        for (int i = 0; i < hours; i++) {
            int number = told.size();
            String station = "air-" + number % 4;
            Instant end = NINE.plus(Duration.ofHours(number / 4));
            ObjectNode summary = JsonCodec.internal().valueToTree(LinesTest.AIR);
            summary.put("stationId", station)
                    .put("windowStart", end.minus(Duration.ofHours(1)).toString())
                    .put("windowEnd", end.toString())
                    .put("pm25UgM3", number / 10.0);
            KAFKA.produce(Topics.SUMMARIES_AIR.name(), station, JsonCodec.write(summary));
            told.put(station + "@" + end.toEpochMilli(), number / 10.0);
        }
    }

    /** Told, and not yet known to be in the store. */
    private static long lag() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            long lag = 0;
            var committed = admin.listConsumerGroupOffsets("citystream-time-series-job")
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (int partition = 0; partition < Topics.SUMMARIES_AIR.partitions(); partition++) {
                TopicPartition one = new TopicPartition(Topics.SUMMARIES_AIR.name(), partition);
                long end = admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                        .partitionResult(one)
                        .get()
                        .offset();
                OffsetAndMetadata reached = committed.get(one);
                lag += end - (reached == null ? 0 : reached.offset());
            }
            return lag;
        }
    }

    private record InfluxDb(InfluxOne server) implements HoldsAir {
        @Override
        public StoreApi api() {
            return StoreApi.V1;
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Map<String, Double> pm25() {
            Map<String, Double> points = new TreeMap<>();
            for (JsonNode series :
                    server.query("SELECT pm25 FROM air GROUP BY station").at("/results/0/series")) {
                for (JsonNode row : series.path("values")) {
                    points.put(
                            series.at("/tags/station").asText() + "@"
                                    + row.path(0).asLong(),
                            row.path(1).asDouble());
                }
            }
            return points;
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The shared server, which stays. */
    private static final class QuestDb implements HoldsAir {
        @Override
        public StoreApi api() {
            return StoreApi.V2;
        }

        @Override
        public int port() {
            return URI.create(QUEST_DB.url()).getPort();
        }

        @Override
        public Map<String, Double> pm25() {
            Map<String, Double> points = new TreeMap<>();
            for (Map<String, Object> row : rows()) {
                long millis = ((Timestamp) Objects.requireNonNull(row.get("timestamp"))).getTime();
                points.put(row.get("station") + "@" + millis, (Double) Objects.requireNonNull(row.get("pm25")));
            }
            return points;
        }

        private static List<Map<String, Object>> rows() {
            return QUEST_DB.query("select station, pm25, timestamp from air");
        }

        @Override
        public void close() {}
    }
}

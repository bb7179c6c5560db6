package org.citystream.jobs.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.topics.CityTopics;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;

/** Topics and a time-series store, both empty at first, and a job between them. */
final class Town implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COUNTED = "readingsCounted";

    private final KafkaExtension kafka;
    private final QuestDbExtension questDb;
    private final CityTopics topics;
    private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    private final Map<String, String> ruleHashes = new HashMap<>();
    private final List<JobClient> jobs = new ArrayList<>();
    private final List<CompletableFuture<?>> ends = new ArrayList<>();

    Town(KafkaExtension kafka, QuestDbExtension questDb) {
        this.kafka = kafka;
        this.questDb = questDb;
        topics = new CityTopics(kafka);
        topics.empty();
        Series.ALL.forEach(series -> questDb.execute(QuestDbTable.create(series)));
        Series.ALL.forEach(series -> questDb.execute("TRUNCATE TABLE " + series.measurement()));
    }

    CityTopics topics() {
        return topics;
    }

    /** Publishes rules, one record a line. */
    void rules(Path records) throws IOException {
        for (String record : Files.readAllLines(records)) {
            JsonNode rule = JsonCodec.internal().readTree(record);
            String key = rule.path("id").asText() + "@" + rule.path("version").asInt();
            ruleHashes.put(key, rule.path("hash").asText());
            write(Topics.RULES, key, record);
        }
    }

    void write(Topic topic, String key, String json) {
        kafka.produce(topic.name(), key, json.getBytes(StandardCharsets.UTF_8));
    }

    /** @param savepoint to go on from; empty: from the beginning */
    JobClient start(Life life, String savepoint) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, metrics.addToConfiguration(new Configuration()));
        Configuration settings = new Configuration()
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1))
                .set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (!savepoint.isEmpty()) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        env.configure(settings);
        life.wire(new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(
                        Map.of("kafka-bootstrap-servers", kafka.bootstrapServers(), "influx-url", questDb.url()))));
        JobClient job = env.executeAsync(life.jobName());
        jobs.add(job);
        ends.add(job.getJobExecutionResult());
        return job;
    }

    void awaitReadUp(Life life) {
        await().atMost(PATIENCE)
                .until(() ->
                        life.read().stream().allMatch(topic -> kafka.isReadUp("citystream-" + life.jobName(), topic)));
    }

    /** Readings that the job remembers to have counted. */
    void awaitCounted(long readings) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(counted()).isEqualTo(readings));
    }

    private long counted() {
        JobClient newest = jobs.get(jobs.size() - 1);
        return metrics.findMetrics(newest.getJobID(), COUNTED).values().stream()
                .mapToLong(gauge -> (Long) ((Gauge<?>) gauge).getValue())
                .sum();
    }

    /**
     * All events, once so many episodes have been told and all of them are over. Each names its rule as that was published,
     * whatever a hash would be today.
     */
    List<CityEvent> eventsUntilAllClosed(int episodes) {
        List<CityEvent> events = kafka
                .consumeUntil(Topics.EVENTS.name(), records -> {
                    Map<String, CityEvent> last = new HashMap<>();
                    records.forEach(record -> {
                        CityEvent event = JsonCodec.read(record.value(), CityEvent.class);
                        last.put(event.episodeId(), event);
                    });
                    return last.size() >= episodes
                            && last.values().stream().allMatch(event -> event.transition() == Transition.CLOSED);
                })
                .stream()
                .map(record -> JsonCodec.read(record.value(), CityEvent.class))
                .toList();
        assertThat(events)
                .extracting(CityEvent::rule)
                .allSatisfy(
                        rule -> assertThat(ruleHashes).containsEntry(rule.id() + "@" + rule.version(), rule.hash()));
        return events;
    }

    /** Of every minute of a road in the store. */
    void awaitSpeedRatios(Double... ratios) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(questDb.query("SELECT speed_ratio FROM traffic"))
                        .extracting(row -> row.get("speed_ratio"))
                        .containsExactly((Object[]) ratios));
    }

    @Override
    public void close() throws Exception {
        for (int i = 0; i < jobs.size(); i++) {
            if (!ends.get(i).isDone()) {
                jobs.get(i).cancel().get();
            }
        }
    }
}

package org.citystream.benchmarks.streams;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.pipeline.PipelineRun;
import org.citystream.model.place.Sensor;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;

/**
 * The traffic job's computation in Kafka Streams, one thread, at least once, committed every ten seconds as the job's
 * checkpoints are taken. Registry and rules are read before it starts.
 */
public final class StreamsRun extends PipelineRun {
    private static final long CACHE_BYTES = 256L * 1024 * 1024;
    private static final int COMMIT_MILLIS = 10_000;

    private final AtomicLong taken = new AtomicLong();

    @Override
    protected LongSupplier start(Parameters parameters) throws Exception {
        String kafka = parameters.text(KAFKA);
        String run = "streams-" + ProcessHandle.current().pid();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(StreamsTopology.topics(run).stream()
                            .map(topic -> new NewTopic(topic, StreamsTopology.PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        SensorLog sensors = new SensorLog();
        RuleBook rules = new RuleBook();
        KafkaSettings settings = new KafkaSettings(kafka);
        TopicLog.readToEnd(
                Topics.SENSORS, settings, record -> sensors.apply(JsonCodec.read(record.value(), Sensor.class)));
        TopicLog.readToEnd(Topics.RULES, settings, record -> apply(rules, record.value()));
        Properties properties = new Properties();
        properties.putAll(settings(kafka, run));
        new KafkaStreams(StreamsTopology.of(run, sensors, rules, parameters.slowdown(), taken), properties).start();
        return taken::get;
    }

    private static void apply(RuleBook rules, byte[] rule) {
        try {
            rules.apply(RuleCodec.read(rule));
        } catch (InvalidRuleException e) {
            throw new IllegalStateException("the rules that ship are wrong", e);
        }
    }

    private static Map<String, Object> settings(String kafka, String run) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, run);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createTempDirectory("benchmark-streams").toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        // As the job's sinks are set.
        settings.put(StreamsConfig.producerPrefix("acks"), "all");
        settings.put(StreamsConfig.producerPrefix("linger.ms"), "5");
        settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        return settings;
    }
}

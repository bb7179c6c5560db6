package org.citystream.jobs.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.jobs.time.ClockWatermarks;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.wire.Topic;

/** Where the jobs read from. */
public final class Sources {
    /** How far one partition may run ahead of another, clock time. */
    static final Duration ALIGNMENT_DRIFT = Duration.ofMinutes(30);

    private Sources() {}

    /**
     * Readings and ticks of a readings topic from its beginning to the end it has now. Joins no consumer group.
     *
     * @param properties of the Kafka client, such as for TLS
     */
    public static DataStream<Reading> history(
            StreamExecutionEnvironment env,
            String bootstrapServers,
            Properties properties,
            Topic topic,
            ReadingFormat format) {
        Properties client = new Properties();
        client.putAll(properties);
        client.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        KafkaSource<Reading> source = KafkaSource.<Reading>builder()
                .setProperties(client)
                .setTopics(topic.name())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new ReadingDeserializer(format))
                .setProperty("commit.offsets.on.checkpoint", "false")
                .build();
        return env.fromSource(source, aligned(topic), topic.name())
                .setParallelism(parallelism(env, topic, client))
                .uid(topic.name());
    }

    /** A source subtask without a partition would hold time back for ever. */
    private static int parallelism(StreamExecutionEnvironment env, Topic topic, Properties client) {
        int wanted = env.getParallelism();
        return wanted == 1 ? 1 : Math.min(wanted, PartitionCount.of(topic, client));
    }

    private static WatermarkStrategy<Reading> aligned(Topic topic) {
        return new ClockWatermarks().withWatermarkAlignment(topic.name(), ALIGNMENT_DRIFT, Duration.ofSeconds(1));
    }

    /**
     * Readings and ticks of a readings topic, with timestamps and watermarks of the deployment's clock.
     *
     * @param jobName names the consumer group, so that what a job has read can be seen from outside
     */
    public static DataStream<Reading> readings(
            StreamExecutionEnvironment env, KafkaAccess kafka, Topic topic, ReadingFormat format, String jobName) {
        KafkaSource<Reading> source = KafkaSource.<Reading>builder()
                .setProperties(kafka.consumer())
                .setTopics(topic.name())
                .setGroupId("citystream-" + jobName)
                .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setDeserializer(new ReadingDeserializer(format))
                .build();
        return env.fromSource(source, aligned(topic), topic.name())
                .setParallelism(parallelism(env, topic, kafka.consumer()))
                .uid(topic.name());
    }
}

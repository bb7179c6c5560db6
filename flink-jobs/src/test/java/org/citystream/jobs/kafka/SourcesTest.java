package org.citystream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.wire.Topic;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    /** A subtask without a partition would hold time back for ever, and one for several partitions is slower than it need be. */
    @ParameterizedTest
    @CsvSource({"2, 4, 2", "6, 8, 6", "6, 3, 3", "2, 1, 1"})
    void asManySubtasksAsTheTopicReallyHasPartitions(int partitions, int parallelism, int subtasks) {
        Topic topic = new Topic(KAFKA.freshTopic(partitions), 4, "sensorId", Duration.ofDays(7));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, new Configuration());

        assertThat(Sources.readings(
                                env, KafkaAccess.plain(KAFKA.bootstrapServers()), topic, ReadingFormat.TRAFFIC, "test")
                        .getParallelism())
                .isEqualTo(subtasks);
    }
}

package org.citystream.dashboard.live.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.live.LiveIntake;
import org.citystream.embedded.KafkaServer;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaFeedTest {
    /** A consumer whose broker is gone polls on without a word. */
    @Test
    void aKafkaThatGoesAwayIsAProblem(@TempDir Path directory) throws Exception {
        KafkaServer kafka = KafkaServer.start(directory, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(Topics.ALL.stream()
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        LiveIntake intake = new LiveIntake(new CityState(), new LiveChannel());
        try (KafkaFeed feed =
                new KafkaFeed(new KafkaSettings(kafka.bootstrapServers()), intake, new SimpleMeterRegistry())) {
            feed.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> feed.problem().isEmpty());
            kafka.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> feed.problem().isPresent());
            assertThat(feed.problem())
                    .hasValueSatisfying(words -> assertThat(words).contains("does not answer"));
        } finally {
            kafka.close();
        }
    }
}

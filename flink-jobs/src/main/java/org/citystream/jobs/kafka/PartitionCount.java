package org.citystream.jobs.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.citystream.model.wire.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many partitions a topic has where it is: whoever runs Kafka may have made more or fewer than the catalogue says. */
final class PartitionCount {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionCount.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PartitionCount() {}

    /** Asks the broker; the catalogue's number if it does not answer or knows no such topic. */
    static int of(Topic topic, Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(properties)) {
            return admin
                    .describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToInt(described -> described.partitions().size())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} is taken to have {} partitions: {}", topic.name(), topic.partitions(), e.toString());
            return topic.partitions();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return topic.partitions();
        }
    }
}

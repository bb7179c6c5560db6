package org.citystream.simulator.kafka;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a Kafka that is still starting: services start all at once. */
public final class KafkaReadiness {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaReadiness.class);
    private static final Set<String> NEEDED = Set.of(Topics.SENSORS.name(), Topics.CLOCK.name());
    private static final long POLL_MILLIS = 300;

    private KafkaReadiness() {}

    /**
     * Returns when the topics the simulator needs are there.
     *
     * @throws IllegalStateException naming the remedy, if they are not after {@code patience}
     */
    public static void await(KafkaSettings kafka, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String problem = "";
        try (Admin admin = Admin.create(kafka.admin())) {
            while (System.nanoTime() - deadline < 0) {
                try {
                    Set<String> topics = admin.listTopics().names().get(5, TimeUnit.SECONDS);
                    if (topics.containsAll(NEEDED)) {
                        return;
                    }
                    problem = "has no topics " + NEEDED + "; create them with `./city topics apply`";
                } catch (ExecutionException | TimeoutException e) {
                    problem = "does not answer; is it running?";
                    LOG.debug("Kafka at {}", kafka.bootstrapServers(), e);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
        throw new IllegalStateException("Kafka at " + kafka.bootstrapServers() + " " + problem);
    }
}

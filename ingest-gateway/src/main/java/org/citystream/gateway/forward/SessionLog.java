package org.citystream.gateway.forward;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client ids under which gateways of this deployment have had sessions at the broker, as {@code
 * city.gateway-sessions.v1} keeps them: a broker that has lost its data cannot say that there ever was one.
 */
public final class SessionLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);
    private static final Duration BETWEEN_READS = Duration.ofMillis(500);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(30);
    private static final String WITHOUT =
            "a session that the broker loses while this gateway is away will go unnoticed; let './city topics apply'"
                    + " create the topic, and the gateway's user read and write it";

    /** One line of the log. */
    record Session(String clientId, Instant since) {}

    private final KafkaSettings settings;
    private final Set<String> earlier;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "gateway-sessions");
        thread.setDaemon(true);
        return thread;
    });

    private SessionLog(KafkaSettings settings, Set<String> earlier) {
        this.settings = settings;
        this.earlier = Set.copyOf(earlier);
    }

    /**
     * Reads the topic, as soon as Kafka lets it. A gateway does its work without, where there is no such topic or it may
     * not be read.
     *
     * @param problems hears why it cannot be done yet
     */
    public static SessionLog await(KafkaSettings settings, Consumer<String> problems) throws InterruptedException {
        Set<String> earlier = new HashSet<>();
        while (true) {
            try {
                TopicLog.readToEnd(Topics.GATEWAY_SESSIONS, settings, record -> earlier.add(record.key()));
                return new SessionLog(settings, earlier);
            } catch (InterruptException e) {
                throw new InterruptedException("told to stop");
            } catch (AuthorizationException | UnknownTopicOrPartitionException e) {
                LOG.warn("{} cannot be read ({}): {}", Topics.GATEWAY_SESSIONS, e.getMessage(), WITHOUT);
                return new SessionLog(settings, earlier);
            } catch (KafkaException e) {
                problems.accept("Kafka at " + settings.bootstrapServers() + ": " + e.getMessage());
                Thread.sleep(BETWEEN_READS.toMillis());
            }
        }
    }

    /** Client ids that had a session when this was read. */
    public Set<String> earlier() {
        return earlier;
    }

    /** Has the next process know of them, as soon as Kafka takes it. Returns at once. */
    public void remember(Set<String> clientIds, Instant since) {
        Map<String, byte[]> records = new HashMap<>();
        clientIds.forEach(id -> records.put(id, JsonCodec.write(new Session(id, since))));
        writer.execute(() -> write(records));
    }

    private void write(Map<String, byte[]> records) {
        boolean written = false;
        try {
            while (!written) {
                written = tryToWrite(records);
                if (!written) {
                    Thread.sleep(BETWEEN_WRITES.toMillis());
                }
            }
        } catch (InterruptException | InterruptedException e) {
            LOG.debug("stopped before {} was written", Topics.GATEWAY_SESSIONS);
        }
    }

    private boolean tryToWrite(Map<String, byte[]> records) {
        try {
            TopicLog.append(Topics.GATEWAY_SESSIONS, settings, records);
            return true;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("{} cannot be written ({}): {}", Topics.GATEWAY_SESSIONS, e.getMessage(), WITHOUT);
            return false;
        }
    }

    /** Does not wait. */
    @Override
    public void close() {
        writer.shutdownNow();
    }
}

package org.citystream.gateway.forward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.citystream.gateway.registry.SensorRegistry;
import org.citystream.gateway.registry.Sensors;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;

/**
 * The registry as {@code city.sensors.v1} tells it. Who registers a sensor and lets it publish at once is not to be called
 * unknown: before that is said of a sensor, the topic is read to its end, at most once a second.
 */
public final class SensorLog implements Sensors, AutoCloseable {
    private static final Duration BETWEEN_CATCH_UPS = Duration.ofSeconds(1);
    private static final Duration CATCH_UP_PATIENCE = Duration.ofMillis(250);

    private final SensorRegistry registry = new SensorRegistry();
    private final InstantSource wall;
    private final TopicLog log;
    private Instant nextCatchUp = Instant.EPOCH;

    public SensorLog(KafkaSettings settings, InstantSource wall) {
        this.wall = wall;
        this.log = TopicLog.follow(
                Topics.SENSORS, settings, record -> registry.add(JsonCodec.read(record.value(), Sensor.class)));
    }

    /** Waits until what was there at the start is known; false on timeout. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return log.awaitCaughtUp(timeout);
    }

    /** May wait a moment for the topic; one thread. */
    @Override
    public Optional<Sensor> find(String sensorId, Instant observedAt) {
        Optional<Sensor> known = registry.find(sensorId, observedAt);
        return known.isPresent() || !mayCatchUp() || !catchUp() ? known : registry.find(sensorId, observedAt);
    }

    private boolean mayCatchUp() {
        Instant now = wall.instant();
        if (now.isBefore(nextCatchUp) || !log.isCaughtUp()) {
            return false;
        }
        nextCatchUp = now.plus(BETWEEN_CATCH_UPS);
        return true;
    }

    private boolean catchUp() {
        try {
            return log.catchUp(CATCH_UP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Number of sensors known. */
    public int size() {
        return registry.size();
    }

    @Override
    public void close() {
        log.close();
    }
}

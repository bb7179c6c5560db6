package org.citystream.alerting.place.kafka;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.place.Places;
import org.citystream.alerting.place.SensorPlaces;
import org.citystream.model.event.Subject;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;

/** Places by {@code city.sensors.v1}, followed in the background; until it is read, nobody knows where anything lies. */
public final class KafkaPlaces implements Places, AutoCloseable {
    private final SensorPlaces places = new SensorPlaces();
    private final TopicLog log;

    public KafkaPlaces(KafkaSettings settings) {
        log = TopicLog.follow(Topics.SENSORS, settings, this::put);
    }

    private void put(ConsumerRecord<String, byte[]> entry) {
        byte[] value = entry.value();
        if (value != null) {
            places.put(JsonCodec.read(value, Sensor.class));
        }
    }

    /** Why it is not known yet where things lie; empty once all that stood in the registry at the start has been read. */
    public Optional<String> problem() {
        return log.isCaughtUp() ? Optional.empty() : Optional.of(Topics.SENSORS + " has not been read yet");
    }

    /** The same, after waiting for it so long at most. */
    public Optional<String> awaitRead(Duration patience) {
        try {
            log.awaitCaughtUp(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return problem();
    }

    @Override
    public Place of(Subject subject) {
        return places.of(subject);
    }

    @Override
    public void close() {
        log.close();
    }
}

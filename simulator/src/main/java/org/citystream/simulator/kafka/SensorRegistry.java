package org.citystream.simulator.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;
import org.jspecify.annotations.Nullable;

/** The deployment's sensor registry, {@code city.sensors.v1}: a sensor gets a new version only when it has changed. */
public final class SensorRegistry {
    private SensorRegistry() {}

    /**
     * Registers sensors. The first version of a sensor holds from its own {@code effectiveFrom}: before that nobody
     * expects it to report; absent: from the beginning of time.
     *
     * @param clock the deployment's clock; null in a new deployment
     * @return how many versions were written
     * @throws IllegalStateException if Kafka does not take them
     */
    public static int register(KafkaSettings kafka, List<Sensor> sensors, @Nullable Instant clock) {
        Map<String, Sensor> known = read(kafka);
        List<Sensor> changed = new ArrayList<>();
        for (Sensor sensor : sensors) {
            Sensor before = known.get(sensor.sensorId());
            if (before == null) {
                Instant from = sensor.effectiveFrom();
                changed.add(sensor.withVersion(1, from == null ? Instant.EPOCH : from));
            } else if (!content(sensor).equals(content(before))) {
                changed.add(sensor.withVersion(before.version() + 1, effectiveFrom(clock)));
            }
        }
        write(kafka, changed);
        return changed.size();
    }

    /** As JSON, because that is what is compared with what was read. */
    private static JsonNode content(Sensor sensor) {
        return JsonCodec.internal().valueToTree(sensor.withVersion(1, Instant.EPOCH));
    }

    /** The newest version of each sensor. */
    public static Map<String, Sensor> read(KafkaSettings kafka) {
        Map<String, Sensor> newest = new HashMap<>();
        TopicLog.readToEnd(Topics.SENSORS, kafka, record -> {
            Sensor sensor = JsonCodec.read(record.value(), Sensor.class);
            newest.merge(sensor.sensorId(), sensor, (a, b) -> a.version() > b.version() ? a : b);
        });
        return newest;
    }

    /** A whole minute at least 60 s ahead of the clock, as every writer of a versioned log must set it. */
    static Instant effectiveFrom(@Nullable Instant clock) {
        return clock == null
                ? Instant.EPOCH
                : clock.plusSeconds(120).minusNanos(1).truncatedTo(ChronoUnit.MINUTES);
    }

    private static void write(KafkaSettings kafka, List<Sensor> sensors) {
        if (sensors.isEmpty()) {
            return;
        }
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(kafka.producer())) {
            List<Future<RecordMetadata>> pending = new ArrayList<>();
            for (Sensor sensor : sensors) {
                pending.add(producer.send(
                        new ProducerRecord<>(Topics.SENSORS.name(), sensor.key(), JsonCodec.write(sensor))));
            }
            for (Future<RecordMetadata> written : pending) {
                written.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not take the sensor registry: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing the sensor registry", e);
        }
    }
}

package org.citystream.service.kafka;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorRevision;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;

/** The sensor registry on {@code city.sensors.v1}. */
public final class SensorTopic {
    private SensorTopic() {}

    /**
     * The latest version of each sensor, retired ones included, ascending by id.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be read
     */
    public static Map<String, Sensor> latest(KafkaSettings kafka) {
        Map<String, Sensor> latest = new TreeMap<>();
        TopicLog.readToEnd(Topics.SENSORS, kafka, record -> {
            Sensor sensor = JsonCodec.read(record.value(), Sensor.class);
            latest.merge(sensor.sensorId(), sensor, (a, b) -> a.version() > b.version() ? a : b);
        });
        return latest;
    }

    /**
     * Writes new versions of the sensors that are new or have changed.
     *
     * @param clock absent in a new deployment
     * @throws org.apache.kafka.common.KafkaException if they cannot be read or written
     */
    public static SensorRevision register(KafkaSettings kafka, Collection<Sensor> sensors, Optional<ClockState> clock) {
        SensorRevision revision = SensorRevision.of(sensors, latest(kafka), clock);
        append(kafka, revision.added());
        return revision;
    }

    /** Writes versions, and returns when they are safe. */
    public static void append(KafkaSettings kafka, List<Sensor> versions) {
        Map<String, byte[]> records = new LinkedHashMap<>();
        versions.forEach(version -> records.put(version.key(), JsonCodec.write(version)));
        if (!records.isEmpty()) {
            TopicLog.append(Topics.SENSORS, kafka, records);
        }
    }
}

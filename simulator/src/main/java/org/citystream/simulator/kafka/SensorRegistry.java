package org.citystream.simulator.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockState;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.SensorTopic;
import org.jspecify.annotations.Nullable;

/** The deployment's sensor registry: a sensor gets a new version only when it has changed. */
public final class SensorRegistry {
    private SensorRegistry() {}

    /**
     * Registers sensors.
     *
     * @param clock the deployment's clock; null in a new deployment
     * @return how many versions were written
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take them
     */
    public static int register(KafkaSettings kafka, List<Sensor> sensors, @Nullable Instant clock) {
        Optional<ClockState> now = Optional.ofNullable(clock).map(at -> new ClockState(at, 1, null, null));
        return SensorTopic.register(kafka, sensors, now).changes().size();
    }

    /** The newest version of each sensor. */
    public static Map<String, Sensor> read(KafkaSettings kafka) {
        return SensorTopic.latest(kafka);
    }
}

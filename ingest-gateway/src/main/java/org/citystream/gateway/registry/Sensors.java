package org.citystream.gateway.registry;

import java.time.Instant;
import java.util.Optional;
import org.citystream.model.place.Sensor;

/** Who is registered. */
@FunctionalInterface
public interface Sensors {

    /** The entry that holds for an observation; empty if the sensor is not registered. */
    Optional<Sensor> find(String sensorId, Instant observedAt);
}

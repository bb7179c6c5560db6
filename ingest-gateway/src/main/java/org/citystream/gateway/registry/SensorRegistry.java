package org.citystream.gateway.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.citystream.model.place.Sensor;

/** Every version of every registered sensor. Thread-safe. */
public final class SensorRegistry implements Sensors {

    private final Map<String, ConcurrentNavigableMap<Integer, Sensor>> versions = new ConcurrentHashMap<>();

    /** Adds a version, in any order. */
    public void add(Sensor sensor) {
        versions.computeIfAbsent(sensor.sensorId(), id -> new ConcurrentSkipListMap<>())
                .put(sensor.version(), sensor);
    }

    /** The newest version in effect at that time, else the first there ever was. */
    @Override
    public Optional<Sensor> find(String sensorId, Instant observedAt) {
        ConcurrentNavigableMap<Integer, Sensor> known = versions.get(sensorId);
        if (known == null || known.isEmpty()) {
            return Optional.empty();
        }
        for (Sensor sensor : known.descendingMap().values()) {
            if (sensor.effectiveFrom() == null || !sensor.effectiveFrom().isAfter(observedAt)) {
                return Optional.of(sensor);
            }
        }
        return Optional.of(known.firstEntry().getValue());
    }

    /** Number of sensors known. */
    public int size() {
        return versions.size();
    }
}

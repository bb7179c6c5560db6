package org.citystream.dashboard.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.citystream.model.place.Sensor;
import org.jspecify.annotations.Nullable;

/** Every version of every sensor, as the registry's log tells them. Thread-safe. */
public final class Registry {
    private final Map<String, NavigableMap<Integer, Sensor>> sensors = new ConcurrentHashMap<>();

    /** Adds a version; the same version again replaces it. */
    public void accept(Sensor sensor) {
        sensors.computeIfAbsent(sensor.sensorId(), id -> new ConcurrentSkipListMap<>())
                .put(sensor.version(), sensor);
    }

    /** The entries in force at a moment, retired ones left out, by sensor id. */
    public List<Sensor> at(Instant moment) {
        List<Sensor> current = new ArrayList<>();
        for (NavigableMap<Integer, Sensor> versions : sensors.values()) {
            Sensor sensor = inForce(versions, moment);
            if (sensor != null && !sensor.retired()) {
                current.add(sensor);
            }
        }
        current.sort((a, b) -> a.sensorId().compareTo(b.sensorId()));
        return current;
    }

    /** Ids of the segments of a corridor at a moment. */
    public Set<String> subjectsOf(String corridorId, Instant moment) {
        return at(moment).stream()
                .filter(sensor -> corridorId.equals(sensor.corridorId()))
                .map(Sensor::subjectId)
                .collect(Collectors.toSet());
    }

    private static @Nullable Sensor inForce(NavigableMap<Integer, Sensor> versions, Instant moment) {
        for (Sensor sensor : versions.descendingMap().values()) {
            Instant from = sensor.effectiveFrom();
            if (from == null || !from.isAfter(moment)) {
                return sensor;
            }
        }
        return null;
    }
}

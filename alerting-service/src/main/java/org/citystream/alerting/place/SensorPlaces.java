package org.citystream.alerting.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.place.Sensor;

/**
 * Places by the newest entry of each sensor; the district is the entry's attribute {@code district}. Thread-safe: one
 * thread puts, others ask.
 */
public final class SensorPlaces implements Places {
    private static final String DISTRICT = "district";

    private final Map<String, Sensor> sensors = new ConcurrentHashMap<>();
    private volatile Map<Key, Place> places = Map.of();
    private volatile boolean changed;

    private record Key(SubjectType type, String id) {}

    private record Located(Key subject, Sensor sensor) {}

    public void put(Sensor sensor) {
        sensors.merge(sensor.sensorId(), sensor, (old, put) -> put.version() >= old.version() ? put : old);
        changed = true;
    }

    @Override
    public Place of(Subject subject) {
        return index().getOrDefault(new Key(subject.type(), subject.id()), Place.UNKNOWN);
    }

    private Map<Key, Place> index() {
        if (changed) {
            changed = false;
            places = sensors.values().stream()
                    .flatMap(sensor -> keys(sensor).stream().map(key -> new Located(key, sensor)))
                    .collect(Collectors.groupingBy(
                            Located::subject,
                            Collectors.collectingAndThen(
                                    Collectors.mapping(Located::sensor, Collectors.toList()), SensorPlaces::place)));
        }
        return places;
    }

    private static List<Key> keys(Sensor sensor) {
        List<Key> keys = new ArrayList<>();
        keys.add(new Key(SubjectType.SENSOR, sensor.sensorId()));
        if (sensor.roadSegmentId() != null) {
            keys.add(new Key(SubjectType.ROAD_SEGMENT, sensor.roadSegmentId()));
        }
        if (sensor.stationId() != null) {
            keys.add(new Key(SubjectType.STATION, sensor.stationId()));
        }
        if (sensor.corridorId() != null) {
            keys.add(new Key(SubjectType.CORRIDOR, sensor.corridorId()));
        }
        return keys;
    }

    private static Place place(Collection<Sensor> there) {
        List<Sensor> ordered =
                there.stream().sorted(Comparator.comparing(Sensor::sensorId)).toList();
        return new Place(
                ordered.stream()
                        .map(Sensor::corridorId)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                ordered.stream()
                        .map(sensor -> sensor.attributes() == null
                                ? null
                                : sensor.attributes().get(DISTRICT))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                Set.copyOf(ordered.stream().map(Sensor::sensorId).toList()),
                ordered.stream()
                        .map(Sensor::location)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}

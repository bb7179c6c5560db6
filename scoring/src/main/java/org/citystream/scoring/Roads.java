package org.citystream.scoring;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.place.SensorLog;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/** Where the detectors of a recording stand. */
final class Roads {
    private final TreeMap<String, TreeSet<Double>> positions = new TreeMap<>();
    private final TreeMap<String, Place> segments = new TreeMap<>();

    /** A segment's place on its corridor. */
    record Place(String corridor, double positionM) {}

    Roads(SensorLog sensors, Instant at) {
        for (Sensor sensor : sensors.sensors(SensorKind.TRAFFIC, at.toEpochMilli())) {
            String corridor = sensor.corridorId();
            Double position = sensor.corridorPositionM();
            if (corridor != null && position != null) {
                positions.computeIfAbsent(corridor, id -> new TreeSet<>()).add(position);
                segments.put(sensor.subjectId(), new Place(corridor, position));
            } else {
                positions.computeIfAbsent(sensor.subjectId(), id -> new TreeSet<>());
            }
        }
    }

    /** Corridors, and segments that lie on none. */
    int count() {
        return positions.size();
    }

    @Nullable Place place(String segmentId) {
        return segments.get(segmentId);
    }

    /** The segments of a corridor that stand within a stretch. */
    List<String> segments(String corridor, Stretch stretch) {
        return segments.entrySet().stream()
                .filter(entry -> entry.getValue().corridor().equals(corridor)
                        && stretch.touches(new Stretch(
                                entry.getValue().positionM(), entry.getValue().positionM())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A stretch with one detector spacing more at both ends, each the one between the detectors nearest to that end. */
    Stretch withinOneSpacing(String corridor, Stretch stretch) {
        return stretch.widened(spacingM(corridor, stretch.fromM()), spacingM(corridor, stretch.toM()));
    }

    /** Distance between the detectors on both sides of a position; outside of all, that of the nearest two. */
    double spacingM(String corridor, double positionM) {
        List<Double> all = List.copyOf(positions.getOrDefault(corridor, new TreeSet<>()));
        if (all.size() < 2) {
            return 0;
        }
        int next = 1;
        while (next + 1 < all.size() && all.get(next) < positionM) {
            next++;
        }
        return Objects.requireNonNull(all.get(next)) - all.get(next - 1);
    }
}

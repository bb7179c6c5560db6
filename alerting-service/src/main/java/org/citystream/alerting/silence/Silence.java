package org.citystream.alerting.silence;

import java.time.Instant;
import java.util.List;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.label.Matcher;
import org.citystream.alerting.place.Place;
import org.citystream.model.place.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * Keeps alerts quiet whose event time lies in {@code [startsAt, endsAt)} and that meet every given condition: all
 * matchers, seen by these sensors alone, on one of the corridors, inside of the polygon.
 *
 * @param polygon ring of [longitude, latitude]; empty: everywhere
 * @param createdAt wall clock
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        List<String> sensors,
        List<String> corridors,
        List<List<Double>> polygon,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment,
        Instant createdAt) {
    private static final int FEWEST_CORNERS = 3;

    public Silence {
        if (!startsAt.isBefore(endsAt)) {
            throw new IllegalArgumentException("endsAt: must be after startsAt");
        }
        if (matchers.isEmpty() && sensors.isEmpty() && corridors.isEmpty() && polygon.isEmpty()) {
            throw new IllegalArgumentException("a silence needs matchers, sensors, corridors or a polygon");
        }
        if (!polygon.isEmpty() && polygon.size() < FEWEST_CORNERS) {
            throw new IllegalArgumentException("polygon: must have at least three corners");
        }
    }

    /** @param at event time, or the deployment's clock */
    public boolean holdsAt(Instant at) {
        return !at.isBefore(startsAt) && at.isBefore(endsAt);
    }

    /** Whether an alert is meant, whatever the time. */
    public boolean covers(LabelSet labels, Place place) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels))
                && (sensors.isEmpty() || standsOnThem(labels, place))
                && (corridors.isEmpty() || corridors.contains(labels.get(LabelSet.CORRIDOR)))
                && (polygon.isEmpty() || contains(place.location()));
    }

    /** The subject is one of the sensors, or nothing but them stands for it. */
    private boolean standsOnThem(LabelSet labels, Place place) {
        return sensors.contains(labels.get(LabelSet.SUBJECT))
                || (!place.sensors().isEmpty() && sensors.containsAll(place.sensors()));
    }

    /** Even-odd rule; points on the border may fall on either side, and nobody knows where nowhere is. */
    private boolean contains(@Nullable GeoPoint point) {
        if (point == null) {
            return false;
        }
        boolean inside = false;
        for (int i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
            double xi = polygon.get(i).get(0);
            double yi = polygon.get(i).get(1);
            double xj = polygon.get(j).get(0);
            double yj = polygon.get(j).get(1);
            boolean crosses = (yi > point.latitude()) != (yj > point.latitude())
                    && point.longitude() < (xj - xi) * (point.latitude() - yi) / (yj - yi) + xi;
            inside ^= crosses;
        }
        return inside;
    }
}

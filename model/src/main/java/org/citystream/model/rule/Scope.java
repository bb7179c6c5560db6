package org.citystream.model.rule;

import java.util.List;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule applies: every given part must match, an empty list matches everything. Patterns know {@code *} only.
 *
 * @param polygon ring of [longitude, latitude]; empty: everywhere
 */
public record Scope(
        @Nullable String city,
        List<String> roadSegments,
        List<String> corridors,
        List<String> stations,
        List<Setting> settings,
        List<List<Double>> polygon) {

    /** Applies everywhere. */
    public static final Scope EVERYWHERE = new Scope(null, List.of(), List.of(), List.of(), List.of(), List.of());

    /** Whether a road segment is in scope. */
    public boolean coversSegment(
            @Nullable String cityId, String segmentId, @Nullable String corridorId, @Nullable GeoPoint location) {
        return stations.isEmpty()
                && settings.isEmpty()
                && coversCity(cityId)
                && coversAny(roadSegments, segmentId)
                && coversAny(corridors, corridorId)
                && coversPoint(location);
    }

    /** Whether an air station is in scope. */
    public boolean coversStation(
            @Nullable String cityId, String stationId, @Nullable Setting setting, @Nullable GeoPoint location) {
        return roadSegments.isEmpty()
                && corridors.isEmpty()
                && coversCity(cityId)
                && coversAny(stations, stationId)
                && (settings.isEmpty() || (setting != null && settings.contains(setting)))
                && coversPoint(location);
    }

    private boolean coversCity(@Nullable String cityId) {
        return city == null || city.equals(cityId);
    }

    /** What every id that a pattern matches begins with: all of it up to the first star. */
    public static String prefix(String pattern) {
        int star = pattern.indexOf('*');
        return star < 0 ? pattern : pattern.substring(0, star);
    }

    private static boolean coversAny(List<String> patterns, @Nullable String id) {
        return patterns.isEmpty() || (id != null && patterns.stream().anyMatch(pattern -> matches(pattern, id)));
    }

    private static boolean matches(String pattern, String id) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(id);
        }
        if (!id.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = id.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return id.length() - at >= last.length() && id.endsWith(last);
    }

    /** Even-odd rule; points on the border may fall on either side. */
    private boolean coversPoint(@Nullable GeoPoint point) {
        if (polygon.isEmpty()) {
            return true;
        }
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

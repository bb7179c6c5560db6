package org.citystream.analytics.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.citystream.model.place.GeoPoint;

/** Rules by the cells of a grid, a hundredth of a degree wide, that the box around their polygon touches. */
final class PolygonIndex {
    private static final double CELLS_PER_DEGREE = 100;
    private static final long CELLS_AT_MOST = 4096;

    private final Map<Long, Set<String>> byCell = new HashMap<>();

    /** Whether a polygon is small enough for the grid. */
    static boolean takes(List<List<Double>> polygon) {
        return !polygon.isEmpty() && Box.around(polygon).cells() <= CELLS_AT_MOST;
    }

    void add(List<List<Double>> polygon, String ruleId) {
        Box.around(polygon)
                .forEachCell(cell ->
                        byCell.computeIfAbsent(cell, key -> new HashSet<>()).add(ruleId));
    }

    void collect(GeoPoint location, Set<String> found) {
        found.addAll(byCell.getOrDefault(cell(line(location.longitude()), line(location.latitude())), Set.of()));
    }

    private static long line(double degrees) {
        return (long) Math.floor(degrees * CELLS_PER_DEGREE);
    }

    private static long cell(long x, long y) {
        return (x << 32) ^ (y & 0xffffffffL);
    }

    private record Box(long west, long south, long east, long north) {
        static Box around(List<List<Double>> polygon) {
            long west = Long.MAX_VALUE;
            long south = Long.MAX_VALUE;
            long east = Long.MIN_VALUE;
            long north = Long.MIN_VALUE;
            for (List<Double> point : polygon) {
                west = Math.min(west, line(point.get(0)));
                east = Math.max(east, line(point.get(0)));
                south = Math.min(south, line(point.get(1)));
                north = Math.max(north, line(point.get(1)));
            }
            return new Box(west, south, east, north);
        }

        long cells() {
            return (east - west + 1) * (north - south + 1);
        }

        void forEachCell(LongConsumer visitor) {
            for (long x = west; x <= east; x++) {
                for (long y = south; y <= north; y++) {
                    visitor.accept(cell(x, y));
                }
            }
        }
    }
}

package org.citystream.analytics.district;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.citystream.model.place.GeoPoint;

/**
 * How far some places reach: their convex hull, on a plane that touches the earth at the first of them, which is exact to a
 * per cent over the width of a city.
 */
record Outline(List<GeoPoint> hull, GeoPoint centre, double acrossM, double areaKm2) {
    private static final double M_PER_DEGREE = StrictMath.toRadians(6_371_008.8);
    private static final double M2_PER_KM2 = 1e6;

    private record Point(double x, double y, GeoPoint place) {
        double cross(Point a, Point b) {
            return (a.x - x) * (b.y - y) - (a.y - y) * (b.x - x);
        }
    }

    /** Empty without a place. */
    static Optional<Outline> of(List<GeoPoint> places) {
        if (places.isEmpty()) {
            return Optional.empty();
        }
        List<Point> points = places.stream()
                .distinct()
                .map(place -> flat(places.get(0), place))
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        List<Point> hull = hull(points);
        return Optional.of(new Outline(
                hull.stream().map(Point::place).toList(), centre(places), across(hull), area(hull) / M2_PER_KM2));
    }

    /** Along the earth between two places that are no more than a city apart. */
    static double distanceM(GeoPoint a, GeoPoint b) {
        Point there = flat(a, b);
        return StrictMath.hypot(there.x(), there.y());
    }

    private static Point flat(GeoPoint origin, GeoPoint place) {
        double shrinks = StrictMath.cos(StrictMath.toRadians((origin.latitude() + place.latitude()) / 2));
        return new Point(
                (place.longitude() - origin.longitude()) * M_PER_DEGREE * shrinks,
                (place.latitude() - origin.latitude()) * M_PER_DEGREE,
                place);
    }

    private static GeoPoint centre(List<GeoPoint> places) {
        return new GeoPoint(
                places.stream().mapToDouble(GeoPoint::latitude).sum() / places.size(),
                places.stream().mapToDouble(GeoPoint::longitude).sum() / places.size());
    }

    /** Andrew's monotone chain, counter-clockwise from the west. */
    private static List<Point> hull(List<Point> sorted) {
        if (sorted.size() < 3) {
            return sorted;
        }
        List<Point> hull = chain(sorted);
        List<Point> backwards = new ArrayList<>(sorted);
        Collections.reverse(backwards);
        hull.addAll(chain(backwards));
        return hull;
    }

    private static List<Point> chain(List<Point> points) {
        List<Point> chain = new ArrayList<>();
        for (Point point : points) {
            while (chain.size() > 1 && chain.get(chain.size() - 2).cross(chain.get(chain.size() - 1), point) <= 0) {
                chain.remove(chain.size() - 1);
            }
            chain.add(point);
        }
        chain.remove(chain.size() - 1);
        return chain;
    }

    private static double across(List<Point> hull) {
        double across = 0;
        for (Point a : hull) {
            for (Point b : hull) {
                across = Math.max(across, distanceM(a.place(), b.place()));
            }
        }
        return across;
    }

    private static double area(List<Point> hull) {
        double twice = 0;
        for (int i = 0; i < hull.size(); i++) {
            Point a = hull.get(i);
            Point b = hull.get((i + 1) % hull.size());
            twice += a.x() * b.y() - b.x() * a.y();
        }
        return Math.abs(twice) / 2;
    }
}

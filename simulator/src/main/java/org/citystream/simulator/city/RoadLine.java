package org.citystream.simulator.city;

import java.util.ArrayList;
import java.util.List;
import org.citystream.model.place.GeoPoint;

/** A road's centre line in driving direction, measured in metres from its start. */
public final class RoadLine {
    private static final double METRES_PER_DEGREE = 111_195;

    private final List<GeoPoint> points;
    private final double[] distanceM;

    RoadLine(List<GeoPoint> points) {
        if (points.size() < 2) {
            throw new IllegalArgumentException("a line needs two points but has " + points.size());
        }
        this.points = List.copyOf(points);
        this.distanceM = new double[points.size()];
        for (int i = 1; i < distanceM.length; i++) {
            distanceM[i] = distanceM[i - 1] + distanceM(points.get(i - 1), points.get(i));
        }
    }

    /** The point so many metres east and north of another. */
    static GeoPoint offset(GeoPoint from, double eastM, double northM) {
        double metresPerDegreeEast = METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(from.latitude()));
        return new GeoPoint(
                rounded(from.latitude() + northM / METRES_PER_DEGREE),
                rounded(from.longitude() + eastM / metresPerDegreeEast));
    }

    /** Distance over ground, m; good to a few per mille within a city. */
    static double distanceM(GeoPoint a, GeoPoint b) {
        double north = (b.latitude() - a.latitude()) * METRES_PER_DEGREE;
        double east = (b.longitude() - a.longitude())
                * METRES_PER_DEGREE
                * StrictMath.cos(StrictMath.toRadians((a.latitude() + b.latitude()) / 2));
        return StrictMath.sqrt(north * north + east * east);
    }

    double lengthM() {
        return distanceM[distanceM.length - 1];
    }

    /** The point at a distance from the start; beyond the ends, the end. */
    GeoPoint at(double positionM) {
        int next = 1;
        while (next < distanceM.length - 1 && distanceM[next] < positionM) {
            next++;
        }
        GeoPoint from = points.get(next - 1);
        GeoPoint to = points.get(next);
        double share = (positionM - distanceM[next - 1]) / (distanceM[next] - distanceM[next - 1]);
        double within = Math.max(0, Math.min(1, share));
        return new GeoPoint(
                rounded(from.latitude() + within * (to.latitude() - from.latitude())),
                rounded(from.longitude() + within * (to.longitude() - from.longitude())));
    }

    /** The stretch between two positions as [longitude, latitude] pairs. */
    List<List<Double>> between(double fromM, double toM) {
        List<List<Double>> stretch = new ArrayList<>();
        stretch.add(coordinates(at(fromM)));
        for (int i = 0; i < distanceM.length; i++) {
            if (distanceM[i] > fromM + 1 && distanceM[i] < toM - 1) {
                stretch.add(coordinates(points.get(i)));
            }
        }
        stretch.add(coordinates(at(toM)));
        return List.copyOf(stretch);
    }

    /** The position of the line's nearest point, found to 10 m. */
    double nearestPositionM(GeoPoint place) {
        double nearest = 0;
        double shortest = Double.MAX_VALUE;
        for (double position = 0; position <= lengthM(); position += 10) {
            double distance = distanceM(at(position), place);
            if (distance < shortest) {
                shortest = distance;
                nearest = position;
            }
        }
        return nearest;
    }

    private static List<Double> coordinates(GeoPoint point) {
        return List.of(point.longitude(), point.latitude());
    }

    /** To 0.1 m: what a map can show. */
    private static double rounded(double degrees) {
        return Math.round(degrees * 1e6) / 1e6;
    }
}

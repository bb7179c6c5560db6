package org.citystream.simulator.city;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citystream.model.place.GeoPoint;

/** A road's centre line in driving direction, measured in metres from its start. */
public final class RoadLine {
    private static final double METRES_PER_DEGREE = 111_195;

    private final List<GeoPoint> points;
    private final double[] distanceM;
    private final double south;
    private final double north;
    private final double west;
    private final double east;

    public RoadLine(List<GeoPoint> points) {
        if (points.size() < 2) {
            throw new IllegalArgumentException("a line needs two points but has " + points.size());
        }
        this.points = List.copyOf(points);
        this.distanceM = new double[points.size()];
        for (int i = 1; i < distanceM.length; i++) {
            distanceM[i] = distanceM[i - 1] + distanceM(points.get(i - 1), points.get(i));
        }
        this.south = points.stream().mapToDouble(GeoPoint::latitude).min().orElseThrow();
        this.north = points.stream().mapToDouble(GeoPoint::latitude).max().orElseThrow();
        this.west = points.stream().mapToDouble(GeoPoint::longitude).min().orElseThrow();
        this.east = points.stream().mapToDouble(GeoPoint::longitude).max().orElseThrow();
    }

    /** The point so many metres east and north of another. */
    public static GeoPoint offset(GeoPoint from, double eastM, double northM) {
        double metresPerDegreeEast = METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(from.latitude()));
        return new GeoPoint(
                rounded(from.latitude() + northM / METRES_PER_DEGREE),
                rounded(from.longitude() + eastM / metresPerDegreeEast));
    }

    /** Distance over ground, m; good to a few per mille within a city. */
    public static double distanceM(GeoPoint a, GeoPoint b) {
        double north = (b.latitude() - a.latitude()) * METRES_PER_DEGREE;
        double east = (b.longitude() - a.longitude())
                * METRES_PER_DEGREE
                * StrictMath.cos(StrictMath.toRadians((a.latitude() + b.latitude()) / 2));
        return StrictMath.sqrt(north * north + east * east);
    }

    public double lengthM() {
        return distanceM[distanceM.length - 1];
    }

    /** The point at a distance from the start; beyond the ends, the end. */
    public GeoPoint at(double positionM) {
        int found = Arrays.binarySearch(distanceM, positionM);
        int next = Math.max(1, Math.min(distanceM.length - 1, found < 0 ? -found - 1 : found));
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

    /** The position of the line's nearest point. */
    double nearestPositionM(GeoPoint place) {
        double nearest = 0;
        double shortest = Double.MAX_VALUE;
        for (int i = 1; i < points.size(); i++) {
            double share = nearestShare(points.get(i - 1), points.get(i), place);
            double position = distanceM[i - 1] + share * (distanceM[i] - distanceM[i - 1]);
            double distance = distanceM(at(position), place);
            if (distance < shortest) {
                shortest = distance;
                nearest = position;
            }
        }
        return nearest;
    }

    /** Where between two points, 0..1, the straight line is nearest to a place. */
    private static double nearestShare(GeoPoint from, GeoPoint to, GeoPoint place) {
        double shrink = StrictMath.cos(StrictMath.toRadians(place.latitude()));
        double east = (to.longitude() - from.longitude()) * shrink;
        double north = to.latitude() - from.latitude();
        double placeEast = (place.longitude() - from.longitude()) * shrink;
        double placeNorth = place.latitude() - from.latitude();
        double length = east * east + north * north;
        return length == 0 ? 0 : Math.max(0, Math.min(1, (placeEast * east + placeNorth * north) / length));
    }

    /** False only if no point of the line is within {@code distance} metres of a place; quicker than looking. */
    boolean mayReach(GeoPoint place, double distance) {
        double degreesNorth = (distance + 1) / METRES_PER_DEGREE;
        double degreesEast = degreesNorth / StrictMath.cos(StrictMath.toRadians(place.latitude()));
        return place.latitude() >= south - degreesNorth
                && place.latitude() <= north + degreesNorth
                && place.longitude() >= west - degreesEast
                && place.longitude() <= east + degreesEast;
    }

    private static List<Double> coordinates(GeoPoint point) {
        return List.of(point.longitude(), point.latitude());
    }

    /** To 0.1 m: what a map can show. */
    private static double rounded(double degrees) {
        return Math.round(degrees * 1e6) / 1e6;
    }
}

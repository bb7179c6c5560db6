package org.citystream.simulator.plan;

import java.util.ArrayList;
import java.util.List;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.simulator.city.RoadLine;

/** Ways to lay out streets around a centre; each has a size that grows with the number of detectors wanted. */
enum StreetPattern {
    /** Streets in both directions between square blocks. */
    GRID {
        @Override
        List<Street> streets(Specification wanted, GeoPoint centre, int size) {
            boolean grown = size > 0;
            int rows = wanted.whole("rows", 4, 1, 1_000);
            int columns = wanted.whole("columns", 4, 1, 1_000);
            double blockM = wanted.number("blockM", 1_000, 500, 10_000);
            int lanes = wanted.whole("lanes", 2, 1, 4);
            double spacingM = spacingM(wanted);
            int across = grown ? size : columns;
            int down = grown ? size : rows;
            List<Street> streets = new ArrayList<>();
            for (int row = 0; row < down; row++) {
                double north = (row - (down - 1) / 2.0) * blockM;
                addBoth(streets, "row-" + (row + 1), lanes, centre, north, across, blockM, spacingM, true);
            }
            for (int column = 0; column < across; column++) {
                double east = (column - (across - 1) / 2.0) * blockM;
                addBoth(streets, "column-" + (column + 1), lanes, centre, east, down, blockM, spacingM, false);
            }
            return streets;
        }

        private void addBoth(
                List<Street> streets,
                String id,
                int lanes,
                GeoPoint centre,
                double asideM,
                int crossings,
                double blockM,
                double spacingM,
                boolean eastward) {
            double halfM = (crossings - 1) * blockM / 2 + END_M;
            GeoPoint middle = RoadLine.offset(centre, eastward ? 0 : asideM, eastward ? asideM : 0);
            GeoPoint first = RoadLine.offset(middle, eastward ? -halfM : 0, eastward ? 0 : -halfM);
            GeoPoint last = RoadLine.offset(middle, eastward ? halfM : 0, eastward ? 0 : halfM);
            List<Double> junctions = new ArrayList<>();
            for (int crossing = 0; crossing < crossings; crossing++) {
                junctions.add(END_M + crossing * blockM);
            }
            String there = eastward ? "east" : "north";
            String back = eastward ? "west" : "south";
            streets.add(new Street(
                    id + there.charAt(0),
                    "Street " + id + ", " + there,
                    Facility.URBAN_STREET,
                    lanes,
                    List.of(first, last),
                    Profiles.MORNING,
                    junctions,
                    spacingM));
            streets.add(new Street(
                    id + back.charAt(0),
                    "Street " + id + ", " + back,
                    Facility.URBAN_STREET,
                    lanes,
                    List.of(last, first),
                    Profiles.EVENING,
                    junctions,
                    spacingM));
        }
    },

    /** Ring roads in both directions, one outside the other. */
    RING {
        @Override
        List<Street> streets(Specification wanted, GeoPoint centre, int size) {
            int rings = size > 0 ? size : wanted.whole("rings", 1, 1, 100);
            wanted.whole("rings", 1, 1, 100);
            double radiusM = wanted.number("radiusKm", 4, 1, 40) * 1_000;
            int lanes = wanted.whole("lanes", 3, 1, 4);
            double spacingM = spacingM(wanted);
            List<Street> streets = new ArrayList<>();
            for (int ring = 1; ring <= rings; ring++) {
                add(streets, centre, "ring-" + ring, radiusM * ring, lanes, spacingM, 1);
                add(streets, centre, "ring-" + ring, radiusM * ring, lanes, spacingM, -1);
            }
            return streets;
        }

        private void add(
                List<Street> streets,
                GeoPoint centre,
                String id,
                double radiusM,
                int lanes,
                double spacingM,
                int direction) {
            List<GeoPoint> points = new ArrayList<>();
            for (int degrees = 0; degrees <= 350; degrees += 5) {
                points.add(polar(centre, degrees * direction, radiusM));
            }
            streets.add(new Street(
                    id + (direction > 0 ? "r" : "l"),
                    "Ring road " + id + (direction > 0 ? ", clockwise" : ", anticlockwise"),
                    Facility.FREEWAY,
                    lanes,
                    points,
                    Profiles.BOTH,
                    Street.junctions(points, 2_500),
                    spacingM));
        }
    },

    /** Arterials to and from the centre. */
    RADIAL {
        @Override
        List<Street> streets(Specification wanted, GeoPoint centre, int size) {
            int arms = size > 0 ? size : wanted.whole("arms", 6, 1, 1_000);
            wanted.whole("arms", 6, 1, 1_000);
            double lengthM = wanted.number("lengthKm", 8, 2, 100) * 1_000;
            int lanes = wanted.whole("lanes", 2, 1, 4);
            double spacingM = spacingM(wanted);
            List<Street> streets = new ArrayList<>();
            for (int arm = 0; arm < arms; arm++) {
                GeoPoint outside = polar(centre, 360.0 * arm / arms, lengthM);
                GeoPoint inside = polar(centre, 360.0 * arm / arms, INNER_M);
                add(
                        streets,
                        "arm-" + (arm + 1) + "-in",
                        ", inbound",
                        lanes,
                        List.of(outside, inside),
                        Profiles.MORNING,
                        spacingM);
                add(
                        streets,
                        "arm-" + (arm + 1) + "-out",
                        ", outbound",
                        lanes,
                        List.of(inside, outside),
                        Profiles.EVENING,
                        spacingM);
            }
            return streets;
        }

        private void add(
                List<Street> streets,
                String id,
                String direction,
                int lanes,
                List<GeoPoint> points,
                String profile,
                double spacingM) {
            streets.add(new Street(
                    id,
                    "Arterial " + id + direction,
                    Facility.URBAN_STREET,
                    lanes,
                    points,
                    profile,
                    Street.junctions(points, 1_500),
                    spacingM));
        }
    };

    /** A street of a grid goes on behind its last crossing for so long. */
    private static final double END_M = 600;
    /** Arterials begin and end so far from the centre. */
    private static final double INNER_M = 600;

    /** The streets. @param size number of streets, rings or arms in place of what is wanted; 0: as wanted */
    abstract List<Street> streets(Specification wanted, GeoPoint centre, int size);

    static double spacingM(Specification wanted) {
        return wanted.number("spacingM", 400, 100, 5_000);
    }

    static GeoPoint polar(GeoPoint centre, double bearingDeg, double distanceM) {
        double angle = StrictMath.toRadians(bearingDeg);
        return RoadLine.offset(centre, distanceM * StrictMath.sin(angle), distanceM * StrictMath.cos(angle));
    }
}

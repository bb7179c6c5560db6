package org.citystream.simulator.city;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;

/**
 * The city of Lindholm, invented, at 57.70 N 11.93 E: half a ring road, an arterial in and an arterial out, each with a
 * recurrent bottleneck where an on-ramp joins, and twelve air stations. The place does not depend on the seed.
 */
public final class Lindholm {
    public static final String CITY_ID = "lindholm";
    public static final String RING = "lind-ring";
    public static final String INBOUND = "lind-in";
    public static final String OUTBOUND = "lind-out";

    private static final GeoPoint CENTRE = new GeoPoint(57.70, 11.93);
    private static final ZoneId TIME_ZONE = ZoneId.of("Europe/Stockholm");
    /** 15 to 20 km/h upstream: the speed at which jam fronts are seen to move. */
    private static final FundamentalDiagram FREEWAY = new FundamentalDiagram(90, 2000, 140);

    private static final FundamentalDiagram ARTERIAL = new FundamentalDiagram(60, 1700, 145);

    private static final List<Double> WEEKEND = List.of(
            0.16, 0.12, 0.09, 0.07, 0.06, 0.07, 0.11, 0.18, 0.28, 0.40, 0.52, 0.59, 0.63, 0.64, 0.63, 0.61, 0.60, 0.57,
            0.51, 0.44, 0.37, 0.31, 0.26, 0.21);
    private static final List<Double> MORNING = List.of(
            0.09, 0.06, 0.05, 0.05, 0.09, 0.24, 0.58, 0.97, 0.96, 0.74, 0.62, 0.60, 0.61, 0.61, 0.63, 0.66, 0.66, 0.62,
            0.51, 0.41, 0.33, 0.28, 0.22, 0.15);
    private static final List<Double> EVENING = List.of(
            0.12, 0.08, 0.06, 0.05, 0.07, 0.14, 0.32, 0.56, 0.62, 0.58, 0.57, 0.60, 0.63, 0.65, 0.71, 0.85, 0.98, 0.97,
            0.73, 0.52, 0.42, 0.36, 0.28, 0.18);
    private static final List<Double> BOTH = List.of(
            0.11, 0.08, 0.06, 0.06, 0.09, 0.22, 0.55, 0.96, 0.94, 0.70, 0.62, 0.61, 0.63, 0.64, 0.68, 0.80, 0.92, 0.89,
            0.66, 0.49, 0.40, 0.34, 0.27, 0.18);

    private Lindholm() {}

    public static City city() {
        return new City(CITY_ID, TIME_ZONE, CENTRE, List.of(ring(), inbound(), outbound()), stations());
    }

    private static Corridor ring() {
        List<GeoPoint> points = new ArrayList<>();
        for (double bearing = 215; bearing <= 387; bearing += 4) {
            points.add(polar(bearing, 4_000));
        }
        return corridor(
                RING,
                "Ring road west",
                Facility.FREEWAY,
                3,
                FREEWAY,
                points,
                new DemandProfile(4_850, BOTH, WEEKEND),
                List.of(Ramp.on(2_500, 0.10), Ramp.off(5_800, 0.12), Ramp.on(9_000, 0.29)),
                450);
    }

    private static Corridor inbound() {
        List<GeoPoint> points = new ArrayList<>();
        for (double distance = 8_700; distance >= 700; distance -= 400) {
            points.add(polar(312 + 7 * StrictMath.sin(distance / 1_900), distance));
        }
        return corridor(
                INBOUND,
                "North-west arterial, inbound",
                Facility.URBAN_STREET,
                2,
                ARTERIAL,
                points,
                new DemandProfile(2_750, MORNING, WEEKEND),
                List.of(Ramp.on(3_100, 0.12), Ramp.off(4_700, 0.08), Ramp.on(6_600, 0.25)),
                400);
    }

    private static Corridor outbound() {
        List<GeoPoint> points = new ArrayList<>();
        for (double distance = 700; distance <= 8_700; distance += 400) {
            points.add(polar(68 + 8 * StrictMath.sin(distance / 2_100), distance));
        }
        return corridor(
                OUTBOUND,
                "East arterial, outbound",
                Facility.URBAN_STREET,
                2,
                ARTERIAL,
                points,
                new DemandProfile(2_700, EVENING, WEEKEND),
                List.of(Ramp.on(1_500, 0.10), Ramp.off(3_400, 0.08), Ramp.on(5_200, 0.27), Ramp.off(6_900, 0.3)),
                400);
    }

    private static Corridor corridor(
            String id,
            String name,
            Facility facility,
            int lanes,
            FundamentalDiagram diagram,
            List<GeoPoint> points,
            DemandProfile demand,
            List<Ramp> ramps,
            double spacingM) {
        RoadLine line = new RoadLine(points);
        return new Corridor(
                id, name, facility, lanes, diagram, line, demand, ramps, detectors(id, line.lengthM(), spacingM));
    }

    /** Detectors at uneven distances around the spacing, as real ones lie where cabinets and gantries are. */
    private static List<Detector> detectors(String corridorId, double lengthM, double spacingM) {
        Draws place = Draws.of(57_70_11_93L).stream(corridorId);
        List<Double> positions = new ArrayList<>();
        for (double at = spacingM / 2; at < lengthM - spacingM / 4; at += spacingM) {
            double shifted = at + place.between(positions.size(), -0.16, 0.16) * spacingM;
            positions.add((double) Math.round(shifted / 10) * 10);
        }
        List<Detector> detectors = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            double from = i == 0 ? 0 : (positions.get(i - 1) + positions.get(i)) / 2;
            double to = i == positions.size() - 1 ? Math.floor(lengthM) : (positions.get(i) + positions.get(i + 1)) / 2;
            String segment = String.format(Locale.ROOT, "%s-%02d", corridorId, i + 1);
            detectors.add(new Detector("loop-" + segment, segment, positions.get(i), from, to));
        }
        return detectors;
    }

    private static List<Station> stations() {
        List<Station> stations = new ArrayList<>();
        add(stations, "Ring road north-west", Setting.TRAFFIC, polar(301, 3_988));
        add(stations, "Ring road south-west", Setting.TRAFFIC, polar(237, 4_015));
        add(
                stations,
                "Mill Gate",
                Setting.TRAFFIC,
                RoadLine.offset(inbound().line().at(6_900), 10, 8));
        add(
                stations,
                "Harbour Street",
                Setting.TRAFFIC,
                RoadLine.offset(outbound().line().at(4_900), -5, -12));
        add(stations, "Cathedral Square", Setting.URBAN, polar(10, 250));
        add(stations, "University", Setting.URBAN, polar(150, 1_100));
        add(stations, "Old Docks", Setting.URBAN, polar(250, 1_900));
        add(stations, "North Park", Setting.URBAN, polar(350, 2_300));
        add(stations, "Hill Estate", Setting.SUBURBAN, polar(115, 4_800));
        add(stations, "Birch Field", Setting.SUBURBAN, polar(200, 5_600));
        add(stations, "Lake Side", Setting.SUBURBAN, polar(30, 5_200));
        add(stations, "Moor Farm", Setting.RURAL, polar(275, 13_500));
        return stations;
    }

    private static void add(List<Station> stations, String name, Setting setting, GeoPoint location) {
        stations.add(
                new Station(String.format(Locale.ROOT, "air-lind-%02d", stations.size() + 1), name, location, setting));
    }

    private static GeoPoint polar(double bearingDeg, double distanceM) {
        double angle = StrictMath.toRadians(bearingDeg);
        return RoadLine.offset(CENTRE, distanceM * StrictMath.sin(angle), distanceM * StrictMath.cos(angle));
    }
}

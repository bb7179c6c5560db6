package org.citystream.simulator.plan;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;
import org.citystream.simulator.city.Airshed;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.Ramp;
import org.citystream.simulator.city.RoadLine;
import org.citystream.simulator.city.Station;

/** A city of one freeway: the smallest in which an incident can be told from a recurrent queue. */
final class CorridorCity {
    private static final GeoPoint CENTRE = new GeoPoint(57.70, 11.93);
    private static final ZoneId TIME_ZONE = ZoneId.of("Europe/Stockholm");
    private static final double POINT_EVERY_M = 500;
    private static final double SPACING_M = 450;
    private static final double SCATTER = 0.16;
    /** Peak demand by capacity at the busiest section, before it is varied. */
    private static final double LOAD = 0.95;
    /** From a junction's middle to its ramps: vehicles leave before others join. */
    private static final double RAMP_M = 250;

    private CorridorCity() {}

    static CityPlan plan(String id, Draws draws) {
        double lengthM = Range.CORRIDOR_LENGTH.draw(draws);
        List<GeoPoint> points = line(lengthM, draws);
        int lanes = Range.CORRIDOR_LANES.drawWhole(draws);
        List<Ramp> ramps = ramps(lengthM, draws);
        RoadPlan road = road(id, lanes, points, ramps, 1);
        double capacityVehH = road.drivers().capacityVehH() * lanes;
        return new CityPlan(
                id,
                TIME_ZONE,
                CENTRE,
                new Airshed(9_000, 0.25),
                Map.of(),
                List.of(road(id, lanes, points, ramps, Math.round(LOAD * capacityVehH / road.busiest()))),
                stations(id, points));
    }

    private static RoadPlan road(String id, int lanes, List<GeoPoint> points, List<Ramp> ramps, double peakVehH) {
        List<List<Double>> line = points.stream()
                .map(point -> List.of(point.longitude(), point.latitude()))
                .toList();
        return new RoadPlan(
                id + "-main",
                "Freeway of " + id,
                Facility.FREEWAY,
                lanes,
                line,
                RoadPlan.FREEWAY,
                new DemandPlan(peakVehH, Profiles.BOTH),
                ramps,
                DetectorPlan.spaced(SPACING_M, SCATTER, null));
    }

    /** A road that winds a little, through the middle of the city. */
    private static List<GeoPoint> line(double lengthM, Draws draws) {
        double course = draws.stream("course").between(0, 0, 2 * StrictMath.PI);
        Draws bends = draws.stream("bends");
        List<GeoPoint> points = new ArrayList<>();
        double east = -lengthM / 2 * StrictMath.sin(course);
        double north = -lengthM / 2 * StrictMath.cos(course);
        for (double at = 0; at <= lengthM; at += POINT_EVERY_M) {
            points.add(RoadLine.offset(CENTRE, east, north));
            double heading = course + 0.3 * bends.smooth(at, 3_000);
            east += POINT_EVERY_M * StrictMath.sin(heading);
            north += POINT_EVERY_M * StrictMath.cos(heading);
        }
        return points;
    }

    private static List<Ramp> ramps(double lengthM, Draws draws) {
        int junctions = Range.CORRIDOR_JUNCTIONS.drawWhole(draws);
        List<Ramp> ramps = new ArrayList<>();
        for (int i = 0; i < junctions; i++) {
            Draws own = draws.stream("junction-" + i);
            double place = (i + 1 + own.stream("place").between(0, -0.2, 0.2)) / (junctions + 1);
            double middle = Math.round(place * lengthM);
            ramps.add(Ramp.off(middle - RAMP_M, Range.CORRIDOR_RAMP.draw(own.stream("off"))));
            ramps.add(Ramp.on(middle + RAMP_M, Range.CORRIDOR_RAMP.draw(own.stream("on"))));
        }
        return ramps;
    }

    private static List<Station> stations(String id, List<GeoPoint> points) {
        GeoPoint middle = points.get(points.size() / 2);
        return List.of(
                new Station("air-" + id + "-1", "At the road", RoadLine.offset(middle, 12, 12), Setting.TRAFFIC),
                new Station("air-" + id + "-2", "In town", RoadLine.offset(CENTRE, 1_500, 900), Setting.URBAN),
                new Station(
                        "air-" + id + "-3", "In the country", RoadLine.offset(CENTRE, 13_000, -4_000), Setting.RURAL));
    }
}

package org.citystream.simulator.plan;

import java.util.ArrayList;
import java.util.List;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.FundamentalDiagram;
import org.citystream.simulator.city.Ramp;
import org.citystream.simulator.city.RoadLine;

/**
 * A generated carriageway: at each of its junctions some vehicles leave and about as many join.
 *
 * @param profile who drives when
 * @param junctionsM middles of junctions, m along it
 * @param spacingM of its detectors
 */
record Street(
        String id,
        String name,
        Facility facility,
        int lanes,
        List<GeoPoint> points,
        String profile,
        List<Double> junctionsM,
        double spacingM) {
    private static final double RAMP_M = 60;
    private static final double SCATTER = 0.16;

    RoadPlan plan() {
        Draws draws = Draws.of(0).stream("streets").stream(id);
        FundamentalDiagram drivers = facility == Facility.FREEWAY ? RoadPlan.FREEWAY : RoadPlan.URBAN_STREET;
        List<Ramp> ramps = ramps(draws);
        double capacityVehH = drivers.capacityVehH() * lanes;
        double load = draws.stream("load").between(0, 0.75, 1);
        double peakVehH = Math.round(load * capacityVehH / RoadPlan.busiest(ramps));
        List<List<Double>> line = points.stream()
                .map(point -> List.of(point.longitude(), point.latitude()))
                .toList();
        return new RoadPlan(
                id,
                name,
                facility,
                lanes,
                line,
                drivers,
                new DemandPlan(peakVehH, profile),
                ramps,
                DetectorPlan.spaced(spacingM, SCATTER, null));
    }

    private List<Ramp> ramps(Draws draws) {
        List<Ramp> ramps = new ArrayList<>();
        for (int i = 0; i < junctionsM.size(); i++) {
            double middle = Math.rint(junctionsM.get(i));
            double leaving = rounded(draws.stream("leaving").between(i, 0.08, 0.2));
            double joining = rounded(leaving * draws.stream("joining").between(i, 0.8, 1.15));
            ramps.add(Ramp.off(middle - RAMP_M, leaving));
            ramps.add(Ramp.on(middle + RAMP_M, joining));
        }
        return ramps;
    }

    private static double rounded(double share) {
        return Math.round(share * 1_000) / 1_000.0;
    }

    /** Middles of junctions at even distances, clear of both ends. */
    static List<Double> junctions(List<GeoPoint> points, double everyM) {
        double lengthM = new RoadLine(points).lengthM();
        List<Double> junctions = new ArrayList<>();
        for (double at = everyM / 2; at < lengthM - everyM / 4; at += everyM) {
            junctions.add(at);
        }
        return junctions;
    }
}

package org.citystream.simulator.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.DemandProfile;
import org.citystream.simulator.city.Detector;
import org.citystream.simulator.city.FundamentalDiagram;
import org.citystream.simulator.city.Ramp;
import org.citystream.simulator.city.RoadLine;
import org.citystream.simulator.city.WeekProfile;

/**
 * A carriageway in one direction, as a city file describes it.
 *
 * @param id id of the corridor, and the stem of its segments' and detectors' ids
 * @param lanes 1..4
 * @param line [longitude, latitude] in driving direction, as in GeoJSON
 * @param drivers how they drive; default: by facility
 * @param ramps junctions; at least 200 m from the ends, two of a kind at least 250 m from each other
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RoadPlan(
        String id,
        String name,
        Facility facility,
        int lanes,
        List<List<Double>> line,
        FundamentalDiagram drivers,
        DemandPlan demand,
        List<Ramp> ramps,
        DetectorPlan detectors) {
    static final FundamentalDiagram FREEWAY = new FundamentalDiagram(90, 2000, 140, 0);
    static final FundamentalDiagram URBAN_STREET = new FundamentalDiagram(60, 1700, 145, 0);

    /** Sensor ids made of it stay within what the contracts allow. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private static final int MOST_LANES = 4;
    private static final double LONGEST_M = 300_000;
    private static final double RAMP_FROM_END_M = 200;
    private static final double RAMPS_APART_M = 250;

    RoadPlan {
        if (id == null || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must match " + ID + " but is '" + id + "'");
        }
        name = name == null ? id : name;
        facility = facility == null ? Facility.URBAN_STREET : facility;
        if (lanes < 1 || lanes > MOST_LANES) {
            throw new IllegalArgumentException("lanes must be 1 to " + MOST_LANES + " but is " + lanes);
        }
        drivers = drivers == null ? (facility == Facility.FREEWAY ? FREEWAY : URBAN_STREET) : drivers;
        if (demand == null) {
            throw new IllegalArgumentException("demand is missing, such as {peakVehH: 2400, profile: both}");
        }
        ramps = ramps == null ? List.of() : List.copyOf(ramps);
        detectors = detectors == null ? DetectorPlan.spaced(DetectorPlan.USUAL_SPACING_M, 0, null) : detectors;
        line = line == null ? List.of() : List.copyOf(line);
        double lengthM = roadLine(line).lengthM();
        double shortestM = Math.max(1_000, drivers.freeFlowSpeedKmh() * 10);
        if (!(lengthM >= shortestM && lengthM <= LONGEST_M)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "line must be %.0f m to 300 km long but is %.0f m", shortestM, lengthM));
        }
        checkRamps(ramps, lengthM);
        List<Double> places = detectors.positionsM();
        if (!places.isEmpty() && (places.get(0) < 0 || places.get(places.size() - 1) > lengthM)) {
            throw new IllegalArgumentException(
                    "detectors.positionsM must lie on the road, 0.." + Math.floor(lengthM) + " m, but are " + places);
        }
    }

    private static void checkRamps(List<Ramp> ramps, double lengthM) {
        double lastOn = 0;
        double lastOff = 0;
        for (int i = 0; i < ramps.size(); i++) {
            Ramp ramp = ramps.get(i);
            double at = ramp.positionM();
            if (!(at >= RAMP_FROM_END_M && at <= lengthM - RAMP_FROM_END_M)) {
                throw new IllegalArgumentException("ramps[" + i + "].positionM must be at least 200 m from the ends of "
                        + Math.floor(lengthM) + " m but is " + at);
            }
            boolean on = ramp.entryShare() > 0;
            double last = on ? lastOn : lastOff;
            if (last > 0 && at - last < RAMPS_APART_M) {
                throw new IllegalArgumentException("ramps[" + i + "].positionM must be at least 250 m downstream of the"
                        + " last ramp of its kind at " + last + " but is " + at);
            }
            lastOn = on ? at : lastOn;
            lastOff = on ? lastOff : at;
        }
    }

    private static RoadLine roadLine(List<List<Double>> line) {
        List<GeoPoint> points = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            List<Double> point = line.get(i);
            if (point.size() != 2) {
                throw new IllegalArgumentException("line[" + i + "] must be [longitude, latitude] but is " + point);
            }
            points.add(new GeoPoint(point.get(1), point.get(0)));
        }
        return new RoadLine(points);
    }

    double lengthM() {
        return roadLine(line).lengthM();
    }

    /** What passes the road's busiest section, as a multiple of the entry's demand. */
    double busiest() {
        return busiest(ramps);
    }

    static double busiest(List<Ramp> ramps) {
        double flow = 1;
        double busiest = 1;
        for (Ramp ramp : ramps) {
            flow = flow * (1 - ramp.exitShare()) + ramp.entryShare();
            busiest = Math.max(busiest, flow);
        }
        return busiest;
    }

    /** The road as it is built. @param week the profile that its demand names */
    Corridor corridor(WeekProfile week) {
        RoadLine built = roadLine(line);
        return new Corridor(
                id,
                name,
                facility,
                lanes,
                drivers,
                built,
                new DemandProfile(demand.peakVehH(), week),
                ramps,
                detectors(built.lengthM()),
                detectors.quality());
    }

    private List<Detector> detectors(double lengthM) {
        List<Double> positions = detectors.positionsM(id, lengthM);
        List<Detector> built = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            double from = i == 0 ? 0 : (positions.get(i - 1) + positions.get(i)) / 2;
            double to = i == positions.size() - 1 ? Math.floor(lengthM) : (positions.get(i) + positions.get(i + 1)) / 2;
            String segment = String.format(Locale.ROOT, "%s-%02d", id, i + 1);
            built.add(new Detector("loop-" + segment, segment, positions.get(i), from, to));
        }
        return built;
    }
}

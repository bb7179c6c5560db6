package org.citystream.analytics.traffic;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.summary.ExcludedSensor;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of one pane say of a road segment. NaN stands for not known.
 *
 * @param flowPerHour all lanes; detectors of the same lane count as repeated measurements of one flow
 * @param lanes that the flow is for; 0: unknown
 * @param speedKmh space-mean speed of everything that was seen
 * @param estimated whether no speed was measured, and this one is told by flow and occupancy
 * @param decides whether what was seen can decide anything
 * @param travelTime whether all of it was measured by travel time
 * @param completeness share of the time that expected sensors cover, 0..1
 * @param readings counted, of left-out sensors too
 * @param cells that contribute, in order
 * @param trusts in them, 0..1, in the same order
 * @param excluded sensors that do not, though they were heard
 */
record SegmentMinute(
        double flowPerHour,
        int lanes,
        long weight,
        long slowness,
        double speedKmh,
        boolean estimated,
        double occupancy,
        boolean decides,
        boolean travelTime,
        double completeness,
        int readings,
        List<Cell> cells,
        List<Double> trusts,
        List<ExcludedSensor> excluded) {

    static SegmentMinute of(Believed believed, SubjectProfile profile, long paneMillis) {
        List<Cell> cells = believed.cells();
        long weight = 0;
        long slowness = 0;
        boolean points = false;
        double occupancy = 0;
        int occupied = 0;
        for (Cell cell : cells) {
            weight += cell.sum(TrafficMeasure.WEIGHT);
            slowness += cell.sum(TrafficMeasure.SLOWNESS);
            if (!isTravelTime(profile, cell)) {
                points = true;
                if (cell.measuredMillis(TrafficMeasure.OCCUPIED) > 0) {
                    occupancy += TrafficMeasure.occupancy(cell);
                    occupied++;
                }
            }
        }
        Flow flow = Flow.of(cells, profile);
        return new SegmentMinute(
                flow.perHour,
                flow.lanes,
                weight,
                slowness,
                TrafficMeasure.speedKmh(weight, slowness),
                false,
                occupied == 0 ? Double.NaN : occupancy / occupied,
                points,
                !points && !cells.isEmpty(),
                completeness(cells, profile, paneMillis),
                believed.readings(),
                cells,
                believed.trusts(),
                believed.excluded());
    }

    private static boolean isTravelTime(SubjectProfile profile, Cell cell) {
        Sensor sensor = profile.sensor(cell.sensorId());
        return sensor != null && sensor.measurement() == Measurement.TRAVEL_TIME;
    }

    /** The same with the speed of all vehicles matched lately; decides only if this minute adds to them. */
    SegmentMinute pooled(MatchedVehicles matched) {
        return new SegmentMinute(
                flowPerHour,
                lanes,
                weight,
                slowness,
                matched.speedKmh(),
                false,
                occupancy,
                weight > 0 && matched.areEnough(),
                travelTime,
                completeness,
                readings,
                cells,
                trusts,
                excluded);
    }

    /** The same with a speed told by flow and occupancy, where detectors measure no speed themselves. */
    SegmentMinute estimated(EffectiveLength length) {
        if (travelTime || weight > 0 || lanes == 0) {
            return this;
        }
        double speed = length.speedKmh(flowPerHour / lanes, occupancy);
        return Double.isNaN(speed)
                ? this
                : new SegmentMinute(
                        flowPerHour,
                        lanes,
                        weight,
                        slowness,
                        speed,
                        true,
                        occupancy,
                        decides,
                        false,
                        completeness,
                        readings,
                        cells,
                        trusts,
                        excluded);
    }

    @Nullable Double lowestTrust() {
        return trusts.isEmpty() ? null : Collections.min(trusts);
    }

    List<String> sensorIds() {
        return cells.stream().map(Cell::sensorId).distinct().toList();
    }

    /** Per lane, veh/km; NaN without flow, speed or a known number of lanes. */
    double densityVehKmLane() {
        return lanes == 0 ? Double.NaN : flowPerHour / speedKmh / lanes;
    }

    private static double completeness(List<Cell> cells, SubjectProfile profile, long paneMillis) {
        double covered = 0;
        for (Cell cell : cells) {
            covered += Math.min(1.0, cell.coveredMillis() / (double) paneMillis);
        }
        int expected = cells.size();
        if (profile.isRegistered()) {
            expected = 0;
            for (Sensor sensor : profile.sensors()) {
                expected += expectedCells(cells, sensor);
            }
        }
        return expected == 0 ? 0 : Math.min(1.0, covered / expected);
    }

    /** A sensor that tells lanes apart owes one reading for each of them. */
    private static int expectedCells(List<Cell> cells, Sensor sensor) {
        int lanes = 0;
        for (Cell cell : cells) {
            if (cell.laneId() > 0 && cell.sensorId().equals(sensor.sensorId())) {
                lanes++;
            }
        }
        Integer registered = sensor.laneCount();
        return lanes == 0 ? 1 : Math.max(lanes, registered == null ? 0 : registered);
    }

    private static final class Flow {
        final double perHour;
        final int lanes;

        private Flow(double perHour, int lanes) {
            this.perHour = perHour;
            this.lanes = lanes;
        }

        static Flow of(List<Cell> cells, SubjectProfile profile) {
            TreeMap<Integer, double[]> byLane = new TreeMap<>();
            for (Cell cell : cells) {
                if (cell.measuredMillis(TrafficMeasure.VEHICLES) > 0 && !isTravelTime(profile, cell)) {
                    double[] sumAndCount = byLane.computeIfAbsent(cell.laneId(), lane -> new double[2]);
                    sumAndCount[0] += TrafficMeasure.flowPerHour(cell);
                    sumAndCount[1]++;
                }
            }
            double[] whole = byLane.remove(0);
            double lanes = 0;
            for (double[] lane : byLane.values()) {
                lanes += lane[0] / lane[1];
            }
            if (whole == null) {
                return new Flow(byLane.isEmpty() ? Double.NaN : lanes, byLane.size());
            }
            double sections = whole[1] + (byLane.isEmpty() ? 0 : 1);
            return new Flow((whole[0] + lanes) / sections, registeredLanes(profile));
        }

        private static int registeredLanes(SubjectProfile profile) {
            return profile.sensors().stream()
                    .map(Sensor::laneCount)
                    .filter(Objects::nonNull)
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
        }
    }

    static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}

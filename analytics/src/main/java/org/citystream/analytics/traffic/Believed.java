package org.citystream.analytics.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.Sensor;
import org.citystream.model.summary.ExcludedSensor;

/**
 * The detectors of a segment's minute, parted into those that decide and those that are left out, judged by what they said
 * themselves.
 *
 * @param cells that decide
 * @param trusts in them, 0..1, in the same order
 * @param excluded heard, and not believed
 * @param readings of both
 */
record Believed(List<Cell> cells, List<Double> trusts, List<ExcludedSensor> excluded, int readings) {
    private static final String STUCK = "stuck";
    private static final String IMPLAUSIBLE = "implausible";

    /** Detectors that say the same for so long, and for so many readings, are stuck. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(30);

    private static final int STUCK_AFTER_READINGS = 30;
    /** Up to this, repetition is chance; from here to being stuck, trust goes down. */
    private static final Duration TRUSTED_WHOLLY = Duration.ofMinutes(10);
    /** Where no vehicle passes, one may honestly stand on the detector for a long time. */
    private static final Duration STANDING_STUCK_AFTER = Duration.ofHours(1);
    /** No mix of vehicles at speed covers a detector for so long each, m. */
    private static final double LONGEST_EFFECTIVE_LENGTH_M = 40;

    private static final double AT_SPEED_KMH = 60;
    /** No mean of vehicles is faster. */
    private static final double FASTEST_KMH = 200;
    /** No lane carries more, not even for a minute. */
    private static final double LARGEST_LANE_FLOW_VEH_H = 3600;

    /** @param repeats this minute included */
    static Believed of(Pane pane, SubjectProfile profile, Repeats repeats, long end) {
        List<Cell> cells = new ArrayList<>(pane.cells().size());
        List<Double> trusts = new ArrayList<>(pane.cells().size());
        List<ExcludedSensor> excluded = new ArrayList<>();
        int readings = 0;
        for (Cell cell : pane.cells()) {
            if (!profile.counts(cell.sensorId())) {
                continue;
            }
            readings += cell.readings();
            long repeated = repeats.repeatedMillis(cell, end);
            long stuckAfter = stuckAfterMillis(cell, profile);
            if (repeated > stuckAfter) {
                excluded.add(excluded(cell, STUCK));
            } else if (isImplausible(cell, profile)) {
                excluded.add(excluded(cell, IMPLAUSIBLE));
            } else {
                cells.add(cell);
                trusts.add(trust(repeated, stuckAfter));
            }
        }
        return new Believed(cells, trusts, excluded, readings);
    }

    private static ExcludedSensor excluded(Cell cell, String reason) {
        return new ExcludedSensor(cell.sensorId(), cell.laneId() == 0 ? null : cell.laneId(), reason);
    }

    private static long stuckAfterMillis(Cell cell, SubjectProfile profile) {
        if (cell.sum(TrafficMeasure.VEHICLES) == 0) {
            return STANDING_STUCK_AFTER.toMillis();
        }
        Sensor sensor = profile.sensor(cell.sensorId());
        int interval = sensor == null ? Sensor.DEFAULT_INTERVAL_SECONDS : sensor.expectedInterval();
        return Math.max(STUCK_AFTER.toMillis(), STUCK_AFTER_READINGS * 1000L * interval);
    }

    private static double trust(long repeatedMillis, long stuckAfterMillis) {
        long wholly = TRUSTED_WHOLLY.toMillis();
        double gone = Math.max(0, repeatedMillis - wholly) / (double) (stuckAfterMillis - wholly);
        return Math.round(100 * (1 - Math.min(1, gone))) / 100.0;
    }

    private static boolean isImplausible(Cell cell, SubjectProfile profile) {
        double speed = TrafficMeasure.speedKmh(cell.sum(TrafficMeasure.WEIGHT), cell.sum(TrafficMeasure.SLOWNESS));
        return speed > FASTEST_KMH || carriesTooMany(cell, profile) || coversAsIfStanding(cell, speed);
    }

    private static boolean carriesTooMany(Cell cell, SubjectProfile profile) {
        Sensor sensor = profile.sensor(cell.sensorId());
        Integer lanes = cell.laneId() > 0 ? Integer.valueOf(1) : sensor == null ? null : sensor.laneCount();
        return lanes != null
                && cell.measuredMillis(TrafficMeasure.VEHICLES) > 0
                && TrafficMeasure.flowPerHour(cell) > LARGEST_LANE_FLOW_VEH_H * lanes;
    }

    /** Vehicles at speed that cover the detector as if they stood. */
    private static boolean coversAsIfStanding(Cell cell, double speed) {
        if (!(speed >= AT_SPEED_KMH)
                || cell.measuredMillis(TrafficMeasure.VEHICLES) == 0
                || cell.measuredMillis(TrafficMeasure.OCCUPIED) == 0) {
            return false;
        }
        double densityVehKm = TrafficMeasure.flowPerHour(cell) / speed;
        return 1000 * TrafficMeasure.occupancy(cell) > LONGEST_EFFECTIVE_LENGTH_M * densityVehKm
                && TrafficMeasure.occupancy(cell) > 0.1;
    }
}

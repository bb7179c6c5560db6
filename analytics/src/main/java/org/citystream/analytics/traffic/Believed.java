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
 * @param excluded heard, and not believed
 * @param readings of both
 */
record Believed(List<Cell> cells, List<ExcludedSensor> excluded, int readings) {
    private static final String STUCK = "stuck";
    private static final String IMPLAUSIBLE = "implausible";

    /** Detectors that say the same for so long, and for so many readings, are stuck. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(30);

    private static final int STUCK_AFTER_READINGS = 30;
    /** Where no vehicle passes, one may honestly stand on the detector for a long time. */
    private static final Duration STANDING_STUCK_AFTER = Duration.ofHours(1);
    /** No mix of vehicles at speed covers a detector for so long each, m. */
    private static final double LONGEST_EFFECTIVE_LENGTH_M = 40;

    private static final double AT_SPEED_KMH = 60;

    /** @param repeats this minute included */
    static Believed of(Pane pane, SubjectProfile profile, Repeats repeats, long end) {
        List<Cell> cells = new ArrayList<>(pane.cells().size());
        List<ExcludedSensor> excluded = new ArrayList<>();
        int readings = 0;
        for (Cell cell : pane.cells()) {
            if (!profile.counts(cell.sensorId())) {
                continue;
            }
            readings += cell.readings();
            if (isStuck(cell, profile, repeats.repeatedMillis(cell, end))) {
                excluded.add(excluded(cell, STUCK));
            } else if (isImplausible(cell)) {
                excluded.add(excluded(cell, IMPLAUSIBLE));
            } else {
                cells.add(cell);
            }
        }
        return new Believed(cells, excluded, readings);
    }

    private static ExcludedSensor excluded(Cell cell, String reason) {
        return new ExcludedSensor(cell.sensorId(), cell.laneId() == 0 ? null : cell.laneId(), reason);
    }

    private static boolean isStuck(Cell cell, SubjectProfile profile, long repeatedMillis) {
        if (cell.sum(TrafficMeasure.VEHICLES) == 0) {
            return repeatedMillis > STANDING_STUCK_AFTER.toMillis();
        }
        Sensor sensor = profile.sensor(cell.sensorId());
        int interval = sensor == null ? Sensor.DEFAULT_INTERVAL_SECONDS : sensor.expectedInterval();
        return repeatedMillis > STUCK_AFTER.toMillis() && repeatedMillis > STUCK_AFTER_READINGS * 1000L * interval;
    }

    /** Vehicles at speed that cover the detector as if they stood. */
    private static boolean isImplausible(Cell cell) {
        double speed = TrafficMeasure.speedKmh(cell.sum(TrafficMeasure.WEIGHT), cell.sum(TrafficMeasure.SLOWNESS));
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

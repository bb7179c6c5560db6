package org.citystream.analytics.traffic;

import java.util.Arrays;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Observation;

/**
 * What a traffic reading adds up to, in fixed point. Speeds are not averaged but added as the time that vehicles need
 * for a kilometre: that makes their mean the space-mean speed, v = sum(n) / sum(n / v), over any lanes and minutes.
 */
public final class TrafficMeasure {
    /** Vehicles, thousandths. */
    static final int VEHICLES = 0;
    /** Vehicles of known speed, thousandths. */
    static final int WEIGHT = 1;
    /** Sum of the reciprocal speeds of those, in 1e-9 h/km. */
    static final int SLOWNESS = 2;
    /** Time the detector was covered, µs. */
    static final int OCCUPIED = 3;

    private static final int MEASURES = 4;
    private static final double MILLI = 1e3;
    private static final double NANO = 1e9;

    private TrafficMeasure() {}

    /**
     * Totals of one reading; NaN stands for not measured. A count of zero gives no speed. A speed without a count weighs
     * as one vehicle.
     *
     * @param vehicleCount vehicles in the period
     * @param speedKmh their mean speed
     * @param occupancy 0..1
     */
    public static long[] totals(double vehicleCount, double speedKmh, double occupancy, long periodMillis) {
        long[] totals = new long[MEASURES];
        Arrays.fill(totals, Observation.NOT_MEASURED);
        if (!Double.isNaN(vehicleCount)) {
            totals[VEHICLES] = Math.round(vehicleCount * MILLI);
        }
        double weight = Double.isNaN(vehicleCount) ? 1 : vehicleCount;
        if (speedKmh > 0 && weight > 0) {
            totals[WEIGHT] = Math.round(weight * MILLI);
            totals[SLOWNESS] = Math.round(weight * NANO / speedKmh);
        }
        if (!Double.isNaN(occupancy)) {
            totals[OCCUPIED] = Math.round(occupancy * MILLI * periodMillis);
        }
        return totals;
    }

    /** What a reading supports a decision with: its vehicles, or itself. */
    public static long support(double vehicleCount) {
        return Double.isNaN(vehicleCount) ? 1 : Math.round(vehicleCount);
    }

    /** Flow of one lane over the measured time, veh/h; only if vehicles were measured. */
    static double flowPerHour(Cell cell) {
        return cell.sum(VEHICLES) * 3600.0 / cell.measuredMillis(VEHICLES);
    }

    /** Mean occupancy of one lane over the measured time, 0..1. */
    static double occupancy(Cell cell) {
        return cell.sum(OCCUPIED) / MILLI / cell.measuredMillis(OCCUPIED);
    }

    /** Space-mean speed of these sums, km/h; NaN without vehicles of known speed. */
    static double speedKmh(long weight, long slowness) {
        return slowness <= 0 ? Double.NaN : weight * (NANO / MILLI) / slowness;
    }
}

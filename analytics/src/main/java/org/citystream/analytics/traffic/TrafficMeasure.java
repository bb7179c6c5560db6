package org.citystream.analytics.traffic;

import java.util.Arrays;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.place.SensorLog;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

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
    static long[] totals(double vehicleCount, double speedKmh, double occupancy, long periodMillis) {
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

    /** A reading as the kernel takes it, with its segment and period as the registry said when it was observed. */
    public static Observation observation(SensorLog sensors, TrafficReading reading) {
        long observedAt = reading.observedAt().toEpochMilli();
        Sensor sensor = sensors.observer(reading.sensorId(), observedAt);
        Integer period = reading.periodSeconds();
        int seconds =
                period != null ? period : sensor == null ? Sensor.DEFAULT_INTERVAL_SECONDS : sensor.expectedInterval();
        return observation(
                sensor == null ? reading.sensorId() : sensor.subjectId(),
                reading.sensorId(),
                reading.laneId() == null ? 0 : reading.laneId(),
                observedAt,
                seconds * 1000L,
                reading.bootId(),
                reading.sequence() == null ? 0 : reading.sequence(),
                orNaN(reading.vehicleCount()),
                orNaN(reading.averageSpeedKmh()),
                orNaN(reading.occupancy()));
    }

    private static double orNaN(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }

    /**
     * One reading as the kernel takes it; NaN stands for not measured.
     *
     * @param observedAt end of the period, exclusive, epoch ms
     * @param bootId absent: {@code observedAt} identifies the reading, else {@code sequence}
     */
    public static Observation observation(
            String segmentId,
            String sensorId,
            int laneId,
            long observedAt,
            long periodMillis,
            @Nullable String bootId,
            long sequence,
            double vehicleCount,
            double speedKmh,
            double occupancy) {
        return new Observation(
                segmentId,
                sensorId,
                laneId,
                observedAt,
                periodMillis,
                bootId == null ? Identity.NO_BOOT : Identity.bootKey(bootId),
                bootId == null ? observedAt : sequence,
                support(vehicleCount),
                totals(vehicleCount, speedKmh, occupancy, periodMillis));
    }

    /** What a reading supports a decision with: its vehicles, or itself. */
    static long support(double vehicleCount) {
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

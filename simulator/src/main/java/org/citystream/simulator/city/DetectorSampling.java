package org.citystream.simulator.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

/**
 * What the detectors of a corridor report of a minute, lane by lane: a count scattered around the true flow, the
 * arithmetic mean of the counted vehicles' speeds (which exceeds the space mean as Wardrop says), and the occupancy
 * that these vehicles caused. So flow, speed and occupancy of a reading agree with each other.
 */
final class DetectorSampling {
    private static final double SLOWEST_KMH = 1;
    /** Draws used per lane and minute. */
    private static final int DRAWS = 4;

    private final Corridor corridor;
    private final DetectorQuality quality;
    private final Draws[] draws;
    private final String[] bootIds;
    private final double[] gains;

    DetectorSampling(Corridor corridor, Draws draws) {
        this.corridor = corridor;
        this.quality = corridor.detection();
        int count = corridor.detectors().size();
        this.draws = new Draws[count];
        this.bootIds = new String[count];
        this.gains = new double[count];
        Draws own = draws.stream("detectors");
        Draws calibration = draws.stream("calibration");
        for (int i = 0; i < count; i++) {
            String sensorId = corridor.detectors().get(i).sensorId();
            this.draws[i] = own.stream(sensorId);
            this.bootIds[i] = BootId.of(sensorId);
            this.gains[i] = 1 + quality.calibrationScatter() * calibration.gaussian(i);
        }
    }

    /** One reading per lane of the detector at this place in the corridor's order. */
    List<TrafficReading> readings(CorridorMinute minute, Instant end, int index) {
        int cell = minute.cellAt(corridor.detectors().get(index).positionM());
        LaneTraffic[] lanes = LaneTraffic.of(minute, cell);
        double standing = minute.densityVehKm(cell) / lanes.length * quality.effectiveLengthM() / 1000;
        List<TrafficReading> readings = new ArrayList<>(lanes.length);
        for (int lane = 0; lane < lanes.length; lane++) {
            long message = end.getEpochSecond() / 60 * lanes.length + lane;
            readings.add(reading(index, end, lane, message, lanes[lane], minute.speedRatio(cell), standing));
        }
        return readings;
    }

    private TrafficReading reading(
            int index, Instant end, int lane, long message, LaneTraffic traffic, double speedRatio, double standing) {
        Draws draws = this.draws[index];
        int count = count(traffic.flowVehH() / 60, draws, message * DRAWS);
        Double speed = null;
        double occupancy = speedRatio < 0.6 ? standing : 0;
        if (count > 0) {
            double scatter = speedScatter(speedRatio);
            double timeMean = traffic.speedKmh() * (1 + scatter * scatter);
            double sampled = timeMean * (1 + scatter / StrictMath.sqrt(count) * draws.gaussian(message * DRAWS + 2));
            speed = rounded(Math.max(SLOWEST_KMH, sampled * gains[index]), 10);
            double spaceMeanMs = Math.max(SLOWEST_KMH, sampled) / (1 + scatter * scatter) / 3.6;
            double noise = 1 + quality.occupancyScatter() * draws.gaussian(message * DRAWS + 3);
            occupancy = count * quality.effectiveLengthM() / spaceMeanMs / 60 * noise;
        }
        return trafficReading(index, end, lane, message, count, speed, rounded(Math.min(1, occupancy), 1000));
    }

    private int count(double expected, Draws draws, long index) {
        double scattered = expected + quality.countScatter() * StrictMath.sqrt(expected) * draws.gaussian(index);
        return (int) Math.floor(Math.max(0, scattered) + draws.uniform(2 * index + 3));
    }

    /** Standard deviation of vehicles' speeds by their mean: 11 % in free flow, up to 28 % in stop and go. */
    static double speedScatter(double speedRatio) {
        return 0.11 + 0.17 * (1 - speedRatio) * (1 - speedRatio);
    }

    private TrafficReading trafficReading(
            int index, Instant end, int lane, long message, int count, @Nullable Double speedKmh, double occupancy) {
        return new TrafficReading(
                corridor.detectors().get(index).sensorId(),
                end,
                City.DETECTOR_PERIOD_SECONDS,
                bootIds[index],
                message,
                lane + 1,
                count,
                speedKmh,
                occupancy,
                null,
                null,
                null,
                null,
                null);
    }

    private static double rounded(double value, int parts) {
        return (double) Math.round(value * parts) / parts;
    }
}

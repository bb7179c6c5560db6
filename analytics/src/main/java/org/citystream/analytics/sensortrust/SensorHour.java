package org.citystream.analytics.sensortrust;

import java.time.Duration;

/**
 * Plain means of one sensor's clock hour, for comparison with its neighbours. Flink data, hence public and flat.
 *
 * @param traffic whether it is a traffic sensor
 * @param startMillis of the hour, ms since 1970
 * @param sums of every measured field, in the order of the reading
 * @param counts of what was measured of each
 */
public record SensorHour(
        String sensorId, String cityId, boolean traffic, long startMillis, double[] sums, int[] counts) {
    private static final long LENGTH_MILLIS = Duration.ofHours(1).toMillis();

    /** The hour that a reading ends in; what ends with the hour belongs to it. */
    public static long startOf(long observedAtMillis) {
        return Math.floorDiv(observedAtMillis - 1, LENGTH_MILLIS) * LENGTH_MILLIS;
    }

    /** @param values NaN: not measured */
    public static SensorHour first(
            String sensorId, String cityId, boolean traffic, long observedAtMillis, double[] values) {
        return new SensorHour(
                        sensorId,
                        cityId,
                        traffic,
                        startOf(observedAtMillis),
                        new double[values.length],
                        new int[values.length])
                .with(values);
    }

    /** With one more reading of the same hour. */
    public SensorHour with(double[] values) {
        double[] newSums = sums.clone();
        int[] newCounts = counts.clone();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                newSums[i] += values[i];
                newCounts[i]++;
            }
        }
        return new SensorHour(sensorId, cityId, traffic, startMillis, newSums, newCounts);
    }

    public long endMillis() {
        return startMillis + LENGTH_MILLIS;
    }

    /** NaN: not measured. */
    double mean(int field) {
        return counts[field] == 0 ? Double.NaN : sums[field] / counts[field];
    }
}

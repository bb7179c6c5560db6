package org.citystream.benchmarks.city;

/**
 * What one lane of a detector saw.
 *
 * @param observedAt end of the period, epoch ms
 * @param sequence of the sensor
 */
public record Detection(
        Segment segment,
        int laneId,
        long observedAt,
        int periodSeconds,
        long sequence,
        int vehicles,
        double speedKmh,
        double occupancy) {}

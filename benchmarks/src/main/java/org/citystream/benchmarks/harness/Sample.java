package org.citystream.benchmarks.harness;

import java.util.Map;

/**
 * What one run found.
 *
 * @param units of work done in the timed stretch: readings, refolds
 * @param cpuNanos of the whole process in that stretch, user and system
 * @param output digest of everything computed, if asked for; empty otherwise
 * @param figures further findings by name
 */
public record Sample(long units, long cpuNanos, String output, Map<String, Double> figures) {

    public static Sample timed(long units, long cpuNanos) {
        return new Sample(units, cpuNanos, "", Map.of());
    }

    /** Of a run that was to show what it computes. */
    public static Sample checked(String output) {
        return new Sample(0, 0, output, Map.of());
    }

    double nanosPerUnit() {
        return (double) cpuNanos / units;
    }
}

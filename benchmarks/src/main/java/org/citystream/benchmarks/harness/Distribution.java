package org.citystream.benchmarks.harness;

import java.util.Arrays;
import java.util.List;

/** Figures of several rounds: the median and the whole spread, because five figures have no percentiles. */
public record Distribution(double median, double least, double most) {

    public static Distribution of(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Distribution(median, sorted[0], sorted[sorted.length - 1]);
    }
}

package org.citystream.simulator.comparison;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Values of one quantity over time, with their local hour and kind of day. */
final class Samples {
    private static final int HOURS = 24;

    private final ZoneId timeZone;
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(double value, int hour, boolean weekend) {}

    Samples(ZoneId timeZone) {
        this.timeZone = timeZone;
    }

    /** @param start beginning of the period that the value stands for */
    void add(Instant start, double value) {
        ZonedDateTime local = start.atZone(timeZone);
        DayOfWeek day = local.getDayOfWeek();
        boolean weekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
        samples.add(new Sample(value, local.getHour(), weekend));
    }

    /** The same by a measure. */
    Samples by(double measure) {
        Samples scaled = new Samples(timeZone);
        samples.forEach(sample -> scaled.samples.add(new Sample(sample.value / measure, sample.hour, sample.weekend)));
        return scaled;
    }

    double mean() {
        return samples.stream().mapToDouble(Sample::value).average().orElseThrow();
    }

    /** The value below which this share of all values lies. */
    double quantile(double share) {
        double[] sorted = samples.stream().mapToDouble(Sample::value).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    /** Mean of each local hour, Monday to Friday or at the weekend. */
    double[] day(boolean weekend) {
        double[] sums = new double[HOURS];
        int[] counts = new int[HOURS];
        samples.stream().filter(sample -> sample.weekend == weekend).forEach(sample -> {
            sums[sample.hour] += sample.value;
            counts[sample.hour]++;
        });
        return IntStream.range(0, HOURS)
                .mapToDouble(hour -> sums[hour] / counts[hour])
                .toArray();
    }

    /** The working day and the weekend by the working day's mean: their shapes and proportion, whatever the level. */
    double[] shape(boolean weekend) {
        double level = Arrays.stream(day(false)).average().orElseThrow();
        double[] day = day(weekend);
        return IntStream.range(0, HOURS).mapToDouble(hour -> day[hour] / level).toArray();
    }

    /** Share of the values in each of so many bins from {@code from} on. */
    double[] histogram(double from, double width, int bins) {
        double[] shares = new double[bins];
        for (Sample sample : samples) {
            int bin = (int) Math.floor((sample.value - from) / width);
            shares[Math.max(0, Math.min(bins - 1, bin))] += 1.0 / samples.size();
        }
        return shares;
    }

    /** Pearson's correlation of two profiles. */
    static double correlation(double[] a, double[] b) {
        double meanA =
                IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElseThrow();
        double meanB =
                IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}

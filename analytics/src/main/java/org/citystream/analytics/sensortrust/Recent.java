package org.citystream.analytics.sensortrust;

import java.util.ArrayList;
import java.util.List;

/**
 * The last values of one measure, and which of the newest stand apart from them (Hampel identifier: further from the
 * median than six times the scaled median of the deviations, and than an absolute bound). A value that stands apart is a
 * spike once the values return; one that stays is a new level. Immutable.
 *
 * @param channel the measure, with its lane
 * @param values oldest first, at most {@link #WINDOW}
 * @param apart the newest, at most {@link #SPIKE_AT_MOST}, in order
 */
public record Recent(String channel, List<Double> values, List<Double> apart) {
    static final int WINDOW = 9;
    /** Longer than this it is no spike. */
    static final int SPIKE_AT_MOST = 2;

    private static final int NEEDED = 5;
    private static final double DEVIATIONS = 6;
    /** Makes the median deviation of a normal distribution its standard deviation. */
    private static final double NORMAL = 1.4826;

    static Recent of(String channel) {
        return new Recent(channel, List.of(), List.of());
    }

    /** After a value; {@link #spikesBefore} tells what it showed of those before. */
    Recent next(double value, double leastJump) {
        if (values.size() < NEEDED || !standsApart(value, leastJump)) {
            return new Recent(channel, newest(values, List.of(value)), List.of());
        }
        List<Double> now = new ArrayList<>(apart);
        now.add(value);
        return now.size() > SPIKE_AT_MOST
                ? new Recent(channel, newest(List.of(), now), List.of())
                : new Recent(channel, values, List.copyOf(now));
    }

    /** How many values directly before this one are spikes because it returns. */
    int spikesBefore(double value, double leastJump) {
        return values.size() >= NEEDED && !standsApart(value, leastJump) ? apart.size() : 0;
    }

    private boolean standsApart(double value, double leastJump) {
        double median = median(values);
        double deviation =
                median(values.stream().map(each -> Math.abs(each - median)).toList());
        return Math.abs(value - median) > Math.max(leastJump, DEVIATIONS * NORMAL * deviation);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static List<Double> newest(List<Double> before, List<Double> now) {
        List<Double> all = new ArrayList<>(before);
        all.addAll(now);
        return List.copyOf(all.subList(Math.max(0, all.size() - WINDOW), all.size()));
    }
}

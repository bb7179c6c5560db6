package org.citystream.analytics.sensortrust;

import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one sensor: how long its values have repeated themselves, what was wrong with its last messages,
 * and when and under which boot they came. Bounded by its number of measures and lanes.
 *
 * @param newestMillis newest observed time, ms since 1970; {@link Long#MIN_VALUE} before the first reading
 * @param runs by channel, ascending
 * @param recent last values by channel, ascending; only of sensors that report often enough
 */
public record SensorRecord(
        long newestMillis,
        List<Run> runs,
        List<Recent> recent,
        History history,
        Arrivals arrivals,
        Boots boots,
        Neighbourhood neighbourhood) {

    /** Before the first reading. */
    public static final SensorRecord NEW = new SensorRecord(
            Long.MIN_VALUE, List.of(), List.of(), History.NONE, Arrivals.NONE, Boots.NONE, Neighbourhood.NONE);

    /**
     * A value repeated.
     *
     * @param channel a measure, or all measures together
     * @param value the value, or a digest of all values; NaN: one that may repeat itself honestly
     * @param sinceMillis observed time of the first of the equal readings
     * @param untilMillis ... and of the last
     */
    public record Run(String channel, double value, int readings, long sinceMillis, long untilMillis) {

        Run next(double newValue, long atMillis) {
            return Double.compare(value, newValue) == 0
                    ? new Run(channel, value, readings + 1, sinceMillis, atMillis)
                    : first(channel, newValue, atMillis);
        }

        static Run first(String channel, double value, long atMillis) {
            return new Run(channel, value, 1, atMillis, atMillis);
        }
    }

    Optional<Run> run(String channel) {
        return runs.stream().filter(run -> run.channel().equals(channel)).findFirst();
    }

    SensorRecord withHistory(History other) {
        return new SensorRecord(newestMillis, runs, recent, other, arrivals, boots, neighbourhood);
    }

    SensorRecord withNeighbourhood(Neighbourhood other) {
        return new SensorRecord(newestMillis, runs, recent, history, arrivals, boots, other);
    }
}

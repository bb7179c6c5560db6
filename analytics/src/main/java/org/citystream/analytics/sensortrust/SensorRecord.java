package org.citystream.analytics.sensortrust;

import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one sensor: how long its values have repeated themselves, and which of its last readings held a
 * value that cannot be true. Bounded by its number of measures and lanes. Flink data, hence public and flat.
 *
 * @param newestMillis newest observed time, ms since 1970; {@link Long#MIN_VALUE} before the first reading
 * @param runs by channel, ascending
 * @param implausible the last {@link #REMEMBERED} readings, newest in bit 0; a set bit is an implausible one
 * @param readings readings seen, counted up to {@link #REMEMBERED}
 * @param implausibleValue what the newest implausible reading said, for people; empty: none yet
 */
public record SensorRecord(long newestMillis, List<Run> runs, int implausible, int readings, String implausibleValue) {
    /** Readings that plausibility looks back on. */
    public static final int REMEMBERED = 16;

    /** Before the first reading. */
    public static final SensorRecord NEW = new SensorRecord(Long.MIN_VALUE, List.of(), 0, 0, "");

    /**
     * A value repeated.
     *
     * @param channel a measure, or all measures together
     * @param value the value, or a digest of all values; NaN: at or below the detection floor
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
}

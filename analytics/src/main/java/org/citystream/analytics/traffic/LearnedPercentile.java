package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.citystream.analytics.pane.VarInt;

/**
 * A percentile of whole numbers that is learned as they are seen. It takes effect at the next local midnight, the first time
 * at the next full hour, so that a correction does not ripple through every later minute. Immutable.
 *
 * @param samples so far
 * @param value in effect; {@link #UNKNOWN}: none yet
 * @param nextAt when it is worked out anew, epoch ms; {@link Long#MAX_VALUE}: not yet to be foreseen
 */
public record LearnedPercentile(IntegerHistogram samples, int value, long nextAt) {
    public static final int UNKNOWN = -1;
    /** Nothing learned. */
    public static final LearnedPercentile NONE = new LearnedPercentile(IntegerHistogram.EMPTY, UNKNOWN, Long.MAX_VALUE);

    private static final int SAMPLES_KEPT = 6_000;

    public boolean isKnown() {
        return value != UNKNOWN;
    }

    /** Brings into effect what is due by the start of a minute. */
    public LearnedPercentile at(Instant start, ZoneId zone, int percent) {
        if (start.toEpochMilli() < nextAt) {
            return this;
        }
        return new LearnedPercentile(
                samples.size() > SAMPLES_KEPT ? samples.halved() : samples,
                samples.percentile(percent),
                nextMidnight(start, zone));
    }

    /** Learns from a minute that ends here. @param needed samples before anything takes effect */
    public LearnedPercentile with(double sample, Instant end, int needed) {
        IntegerHistogram more = samples.with(sample);
        boolean first = nextAt == Long.MAX_VALUE && more.size() >= needed;
        return new LearnedPercentile(more, value, first ? nextHour(end) : nextAt);
    }

    static long nextMidnight(Instant moment, ZoneId zone) {
        return moment.atZone(zone)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** The full hour at or after a moment. */
    static long nextHour(Instant moment) {
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment)
                ? hour.toEpochMilli()
                : hour.plus(1, ChronoUnit.HOURS).toEpochMilli();
    }

    public void write(DataOutput out) throws IOException {
        samples.write(out);
        VarInt.writeSigned(out, value);
        out.writeLong(nextAt);
    }

    public static LearnedPercentile read(DataInput in) throws IOException {
        return new LearnedPercentile(IntegerHistogram.read(in), (int) VarInt.readSigned(in), in.readLong());
    }
}

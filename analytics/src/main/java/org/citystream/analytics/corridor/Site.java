package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.citystream.analytics.corridor.California7.Thresholds;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.traffic.IntegerHistogram;

/**
 * What is usual between two neighbouring stations: a ramp between them, or lanes that end, makes one of them fuller than
 * the other on every quiet day. What is learned takes effect at the next local midnight, the first time at the next full
 * hour, and in whole percent, so that a correction does not ripple through every later minute. Immutable.
 *
 * @param differences of occupancy in minutes without congestion, percent
 * @param usualPercent largest usual difference in effect; {@link #UNKNOWN}: none yet
 * @param nextAt when it is worked out anew, epoch ms; {@link Long#MAX_VALUE}: not yet to be foreseen
 */
record Site(IntegerHistogram differences, int usualPercent, long nextAt) {
    static final int UNKNOWN = -1;
    /** Nothing learned. */
    static final Site NEW = new Site(IntegerHistogram.EMPTY, UNKNOWN, Long.MAX_VALUE);

    private static final int SAMPLES_NEEDED = 60;
    private static final int SAMPLES_KEPT = 6_000;
    private static final int USUAL = 99;
    /** How far above the usual a difference must be to be none. */
    private static final double MARGIN_PERCENT = 4;

    /** Brings into effect what is due by the start of a minute. */
    Site at(Instant start, ZoneId zone) {
        if (start.toEpochMilli() < nextAt) {
            return this;
        }
        long midnight = start.atZone(zone)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
        return new Site(
                differences.size() > SAMPLES_KEPT ? differences.halved() : differences,
                differences.percentile(USUAL),
                midnight);
    }

    /** Learns from a minute without congestion. */
    Site with(double differencePercent, Instant end) {
        IntegerHistogram more = differences.with(differencePercent);
        boolean first = nextAt == Long.MAX_VALUE && more.size() >= SAMPLES_NEEDED;
        long nextHour = end.minusNanos(1)
                .truncatedTo(ChronoUnit.HOURS)
                .plus(1, ChronoUnit.HOURS)
                .toEpochMilli();
        return new Site(more, usualPercent, first ? nextHour : nextAt);
    }

    /** The published thresholds, raised to what is unusual here. */
    Thresholds thresholds() {
        Thresholds published = Thresholds.PUBLISHED;
        return usualPercent == UNKNOWN
                ? published
                : new Thresholds(
                        Math.max(published.differencePercent(), usualPercent + MARGIN_PERCENT),
                        published.relativeDifference(),
                        published.downstreamPercent(),
                        usualPercent);
    }

    void write(DataOutput out) throws IOException {
        differences.write(out);
        VarInt.writeSigned(out, usualPercent);
        out.writeLong(nextAt);
    }

    static Site read(DataInput in) throws IOException {
        return new Site(IntegerHistogram.read(in), (int) VarInt.readSigned(in), in.readLong());
    }
}

package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.citystream.analytics.pane.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * Learned free-flow speed of a road segment: the 85th percentile of its night speeds; until there are enough nights the
 * 85th percentile of all its speeds, called provisional. What is learned takes effect at the next local midnight only
 * (the first time at the next full hour) and in whole km/h, so that a correction does not ripple through every later
 * summary. Immutable.
 *
 * @param all speeds at any time
 * @param night speeds at night
 * @param speedKmh in effect; 0: none yet
 * @param slowKmh 5th percentile of all speeds, in effect likewise; 0: none yet
 * @param learned whether the free-flow speed is from nights
 * @param nextAt when the value is worked out anew, epoch ms; {@link Long#MAX_VALUE}: not yet to be foreseen
 * @param lastAt end of the newest sample's pane, epoch ms
 */
record FreeFlow(
        IntegerHistogram all,
        IntegerHistogram night,
        int speedKmh,
        int slowKmh,
        boolean learned,
        long nextAt,
        long lastAt) {
    static final FreeFlow NOTHING =
            new FreeFlow(IntegerHistogram.EMPTY, IntegerHistogram.EMPTY, 0, 0, false, Long.MAX_VALUE, Long.MIN_VALUE);

    static final String CONFIGURED = "configured";
    static final String LEARNED = "learned";
    static final String PROVISIONAL = "provisional";

    static final int SAMPLES_NEEDED = 30;
    private static final int PERCENT = 85;
    private static final int SLOW_PERCENT = 5;
    private static final LocalTime NIGHT_FROM = LocalTime.of(22, 0);
    private static final LocalTime NIGHT_TO = LocalTime.of(5, 0);
    /** About three days of minutes, or a fortnight of nights. */
    private static final int SAMPLES_KEPT = 6000;

    private static final long LIVES_MILLIS = Duration.ofDays(30).toMillis();

    /** Brings into effect what is due by the start of a pane. */
    FreeFlow at(Instant paneStart, ZoneId zone) {
        if (lastAt != Long.MIN_VALUE && paneStart.toEpochMilli() - lastAt > LIVES_MILLIS) {
            return NOTHING;
        }
        if (paneStart.toEpochMilli() < nextAt) {
            return this;
        }
        boolean enoughNights = night.size() >= SAMPLES_NEEDED;
        int value = enoughNights
                ? night.percentile(PERCENT)
                : all.size() >= SAMPLES_NEEDED ? all.percentile(PERCENT) : speedKmh;
        return new FreeFlow(
                all.size() > SAMPLES_KEPT ? all.halved() : all,
                night.size() > SAMPLES_KEPT ? night.halved() : night,
                value,
                all.size() >= SAMPLES_NEEDED ? all.percentile(SLOW_PERCENT) : slowKmh,
                enoughNights,
                LearnedPercentile.nextMidnight(paneStart, zone),
                lastAt);
    }

    /** Learns the speed of a pane. */
    FreeFlow with(double paneSpeedKmh, Instant paneStart, Instant paneEnd, ZoneId zone) {
        LocalTime local = paneStart.atZone(zone).toLocalTime();
        boolean atNight = !local.isBefore(NIGHT_FROM) || local.isBefore(NIGHT_TO);
        IntegerHistogram more = all.with(paneSpeedKmh);
        boolean first = nextAt == Long.MAX_VALUE && more.size() >= SAMPLES_NEEDED;
        return new FreeFlow(
                more,
                atNight ? night.with(paneSpeedKmh) : night,
                speedKmh,
                slowKmh,
                learned,
                first ? LearnedPercentile.nextHour(paneEnd) : nextAt,
                paneEnd.toEpochMilli());
    }

    /** Where the value in effect comes from; null while there is none. */
    @Nullable String baseline() {
        return speedKmh == 0 ? null : learned ? LEARNED : PROVISIONAL;
    }

    void write(DataOutput out) throws IOException {
        all.write(out);
        night.write(out);
        VarInt.write(out, speedKmh);
        VarInt.write(out, slowKmh);
        out.writeBoolean(learned);
        out.writeLong(nextAt);
        out.writeLong(lastAt);
    }

    static FreeFlow read(DataInput in) throws IOException {
        return new FreeFlow(
                IntegerHistogram.read(in),
                IntegerHistogram.read(in),
                (int) VarInt.read(in),
                (int) VarInt.read(in),
                in.readBoolean(),
                in.readLong(),
                in.readLong());
    }
}

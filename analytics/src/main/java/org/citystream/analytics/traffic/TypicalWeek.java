package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;

/**
 * Typical speed of a road segment at every hour of the week: space-mean speeds of that hour, averaged over weeks, the last
 * {@value #WEEKS_REMEMBERED} counting most. An hour teaches when it is over, so what is typical now rests on earlier weeks
 * only. Immutable.
 *
 * @param tenthsKmh by hour of the week in local time, Monday midnight first; 0: unknown; empty: nothing learned yet
 * @param weeks that each hour rests on
 * @param hourStart start of the hour under way, epoch ms; {@link Long#MIN_VALUE}: none
 * @param weight of it so far, as in {@link TrafficMeasure}
 * @param slowness likewise
 */
@SuppressWarnings("ArrayRecordComponent")
record TypicalWeek(short[] tenthsKmh, byte[] weeks, long hourStart, long weight, long slowness) {
    static final TypicalWeek NOTHING = new TypicalWeek(new short[0], new byte[0], Long.MIN_VALUE, 0, 0);

    private static final int HOURS = 7 * 24;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int WEEKS_REMEMBERED = 8;
    /** Thousandths of vehicles; fewer in an hour say nothing typical. */
    private static final long WEIGHT_NEEDED = 10_000;

    /** Typical speed at the hour of this moment, km/h; NaN: not known yet. */
    double speedKmh(Instant moment, ZoneId zone) {
        int tenths = tenthsKmh.length == 0 ? 0 : tenthsKmh[hourOfWeek(moment, zone)];
        return tenths == 0 ? Double.NaN : tenths / 10.0;
    }

    /** Takes in a minute. */
    TypicalWeek with(Instant minute, ZoneId zone, long moreWeight, long moreSlowness) {
        long hour = Math.floorDiv(minute.toEpochMilli(), HOUR_MILLIS) * HOUR_MILLIS;
        if (hour == hourStart) {
            return moreWeight == 0
                    ? this
                    : new TypicalWeek(tenthsKmh, weeks, hour, weight + moreWeight, slowness + moreSlowness);
        }
        TypicalWeek learned = weight < WEIGHT_NEEDED ? this : learned(zone);
        return new TypicalWeek(learned.tenthsKmh, learned.weeks, hour, moreWeight, moreSlowness);
    }

    private TypicalWeek learned(ZoneId zone) {
        int hour = hourOfWeek(Instant.ofEpochMilli(hourStart), zone);
        short[] speeds = Arrays.copyOf(tenthsKmh, HOURS);
        byte[] known = Arrays.copyOf(weeks, HOURS);
        long seen = Math.round(10 * TrafficMeasure.speedKmh(weight, slowness));
        long mean = Math.round((speeds[hour] * (double) known[hour] + seen) / (known[hour] + 1));
        speeds[hour] = (short) Math.max(1, Math.min(Short.MAX_VALUE, mean));
        known[hour] = (byte) Math.min(WEEKS_REMEMBERED - 1, known[hour] + 1);
        return new TypicalWeek(speeds, known, hourStart, 0, 0);
    }

    /** Zones with half-hour offsets have hours that begin at half past; they too are told apart by the full local hour. */
    private static int hourOfWeek(Instant moment, ZoneId zone) {
        ZonedDateTime local = moment.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(tenthsKmh.length > 0);
        for (int i = 0; i < tenthsKmh.length; i++) {
            out.writeShort(tenthsKmh[i]);
            out.writeByte(weeks[i]);
        }
        out.writeLong(hourStart);
        out.writeLong(weight);
        out.writeLong(slowness);
    }

    static TypicalWeek read(DataInput in) throws IOException {
        int hours = in.readBoolean() ? HOURS : 0;
        short[] speeds = new short[hours];
        byte[] known = new byte[hours];
        for (int i = 0; i < hours; i++) {
            speeds[i] = in.readShort();
            known[i] = in.readByte();
        }
        return new TypicalWeek(speeds, known, in.readLong(), in.readLong(), in.readLong());
    }
}

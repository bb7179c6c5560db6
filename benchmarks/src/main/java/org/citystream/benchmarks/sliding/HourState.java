package org.citystream.benchmarks.sliding;

/**
 * The last hour's minutes as a ring, and their totals. Immutable.
 *
 * @param upTo end of the newest minute in it, epoch ms
 */
@SuppressWarnings("ArrayRecordComponent")
record HourState(int[] readings, long[] vehicles, long upTo, long allReadings, long allVehicles) {
    static final int MINUTES = 60;
    static final long MINUTE_MILLIS = 60_000;
    static final HourState EMPTY = new HourState(new int[MINUTES], new long[MINUTES], Long.MIN_VALUE, 0, 0);

    /** With a later minute; those that are an hour old by then drop out. */
    HourState with(long minuteStart, int newReadings, long newVehicles) {
        int[] counts = readings.clone();
        long[] sums = vehicles.clone();
        long countsTotal = allReadings;
        long sumsTotal = allVehicles;
        long first = Math.max(upTo, minuteStart - (MINUTES - 1) * MINUTE_MILLIS);
        for (long minute = first; minute <= minuteStart; minute += MINUTE_MILLIS) {
            int slot = slot(minute);
            countsTotal -= counts[slot];
            sumsTotal -= sums[slot];
            counts[slot] = 0;
            sums[slot] = 0;
        }
        counts[slot(minuteStart)] = newReadings;
        sums[slot(minuteStart)] = newVehicles;
        return new HourState(
                counts, sums, minuteStart + MINUTE_MILLIS, countsTotal + newReadings, sumsTotal + newVehicles);
    }

    private static int slot(long minuteStart) {
        return (int) Math.floorMod(minuteStart / MINUTE_MILLIS, (long) MINUTES);
    }
}

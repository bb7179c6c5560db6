package org.citystream.analytics.pane;

/**
 * One reading on its way into the panes of its subject: identity, the time it covers, and its measures as fixed-point
 * totals over that time. Each total was rounded once; everything after is integer arithmetic, so that no order of
 * arrival changes a sum.
 *
 * @param subjectId road segment or station
 * @param laneId from 1; 0: the sensor stands for the whole carriageway (or has no lanes)
 * @param observedAt end of the covered time, exclusive, epoch ms
 * @param periodMillis length of the covered time, above 0
 * @param boot key of the sensor's boot ({@link Identity#bootKey}); {@link Identity#NO_BOOT} without one
 * @param number sequence within the boot; without a boot {@code observedAt}
 * @param support what the reading weighs whole, in every pane it overlaps: vehicles, or 1
 * @param totals one total per measure over the covered time; {@link #NOT_MEASURED} where absent
 * @param offsets where it stands in its topic, as {@link OffsetRanges}
 */
public record Observation(
        String subjectId,
        String sensorId,
        int laneId,
        long observedAt,
        long periodMillis,
        long boot,
        long number,
        long support,
        long[] totals,
        long[] offsets) {

    /** Marks a total that the reading does not carry. */
    public static final long NOT_MEASURED = Long.MIN_VALUE;

    /** One that comes from no topic. */
    public Observation(
            String subjectId,
            String sensorId,
            int laneId,
            long observedAt,
            long periodMillis,
            long boot,
            long number,
            long support,
            long[] totals) {
        this(subjectId, sensorId, laneId, observedAt, periodMillis, boot, number, support, totals, OffsetRanges.NONE);
    }

    /** The same, read from there. */
    public Observation from(long[] newOffsets) {
        return new Observation(
                subjectId, sensorId, laneId, observedAt, periodMillis, boot, number, support, totals, newOffsets);
    }
}

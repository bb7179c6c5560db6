package org.citystream.analytics.traffic;

import java.time.Duration;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;

/**
 * What one minute of a road segment says to its corridor. NaN stands for not known.
 *
 * @param speedRatio speed over free-flow speed, capped at 1; not known where the minute decides nothing
 * @param flowPerHour all lanes, veh/h
 * @param occupancy 0..1
 * @param typicalSpeedKmh at this hour of the week in earlier weeks
 * @param baseline where the free-flow speed comes from
 * @param excluded detectors that were heard and left out
 * @param completeness share of expected readings that arrived, 0..1
 * @param trust lowest trust in a detector that it rests on, 0..1
 */
public record SegmentPart(
        double speedKmh,
        double speedRatio,
        double flowPerHour,
        double occupancy,
        double freeFlowSpeedKmh,
        double typicalSpeedKmh,
        @Nullable String baseline,
        double completeness,
        int readings,
        int excluded,
        double trust) {
    private static final String[] BASELINES = {FreeFlow.CONFIGURED, FreeFlow.LEARNED, FreeFlow.PROVISIONAL};
    private static final double[] SCALES = {1e2, 1e4, 1e1, 1e4, 1e1, 1e3, 1, 1, 1e1, 1, 1e2};
    private static final int SPEED = 0;
    private static final int RATIO = 1;
    private static final int FLOW = 2;
    private static final int OCCUPANCY = 3;
    private static final int FREE_FLOW = 4;
    private static final int COMPLETENESS = 5;
    private static final int READINGS = 6;
    private static final int BASELINE = 7;
    private static final int TYPICAL = 8;
    private static final int EXCLUDED = 9;
    private static final int TRUST = 10;

    /** On its way to the corridor: one revision of the segment's minute, in fixed point. */
    public static Observation observation(String corridorId, TrafficSummary summary) {
        long[] totals = new long[SCALES.length];
        totals[SPEED] = fixed(SPEED, summary.spaceMeanSpeedKmh());
        totals[RATIO] = fixed(RATIO, summary.speedRatio());
        totals[FLOW] = fixed(FLOW, summary.vehicleFlowPerHour());
        totals[OCCUPANCY] = fixed(OCCUPANCY, summary.occupancy());
        totals[FREE_FLOW] = fixed(FREE_FLOW, summary.freeFlowSpeedKmh());
        totals[TYPICAL] = fixed(TYPICAL, summary.typicalSpeedKmh());
        totals[COMPLETENESS] = fixed(COMPLETENESS, summary.completeness());
        totals[READINGS] = summary.readingCount();
        totals[EXCLUDED] = summary.excluded() == null ? 0 : summary.excluded().size();
        totals[TRUST] = fixed(TRUST, summary.trust());
        totals[BASELINE] = Observation.NOT_MEASURED;
        for (int i = 0; i < BASELINES.length; i++) {
            if (BASELINES[i].equals(summary.baseline())) {
                totals[BASELINE] = i;
            }
        }
        return new Observation(
                corridorId,
                summary.roadSegmentId(),
                0,
                summary.windowEnd().toEpochMilli(),
                Duration.between(summary.windowStart(), summary.windowEnd()).toMillis(),
                Identity.NO_BOOT,
                summary.revision(),
                1,
                totals);
    }

    /** What the corridor's pane holds of the segment. */
    public static SegmentPart of(Cell cell) {
        double baseline = value(cell, BASELINE);
        return new SegmentPart(
                value(cell, SPEED),
                value(cell, RATIO),
                value(cell, FLOW),
                value(cell, OCCUPANCY),
                value(cell, FREE_FLOW),
                value(cell, TYPICAL),
                Double.isNaN(baseline) ? null : BASELINES[(int) baseline],
                value(cell, COMPLETENESS),
                (int) value(cell, READINGS),
                (int) value(cell, EXCLUDED),
                value(cell, TRUST));
    }

    private static long fixed(int measure, @Nullable Double value) {
        return value == null ? Observation.NOT_MEASURED : Math.round(value * SCALES[measure]);
    }

    private static double value(Cell cell, int measure) {
        return cell.measuredMillis(measure) == 0 ? Double.NaN : cell.sum(measure) / SCALES[measure];
    }
}

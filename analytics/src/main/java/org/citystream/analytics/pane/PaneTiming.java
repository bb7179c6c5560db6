package org.citystream.analytics.pane;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time that the kernel works with.
 *
 * @param pane length of a pane; panes start at multiples of it since the epoch
 * @param horizon how far behind the clock a reading's {@code observedAt} may lie and still count
 * @param longestPeriod longest time one reading may cover
 * @param closeAfter how far the clock passes a pane's end before the pane closes
 * @param settle clock without further change after which a changed closed pane is folded again
 * @param settleAtMost ... at the latest this long after the first change
 * @param previewEvery how often a changed open pane is told as not final; absent: never
 */
public record PaneTiming(
        Duration pane,
        Duration horizon,
        Duration longestPeriod,
        Duration closeAfter,
        Duration settle,
        Duration settleAtMost,
        @Nullable Duration previewEvery)
        implements Serializable {

    /** One-minute panes of road segments: three hours of lateness, periods up to one hour. */
    public static final PaneTiming TRAFFIC = standard(Duration.ofMinutes(1), Duration.ofHours(3), Duration.ofHours(1));

    /** Clock hours of air stations: 48 hours of lateness, periods up to 24 hours, told every five minutes while open. */
    public static final PaneTiming AIR = standard(Duration.ofHours(1), Duration.ofHours(48), Duration.ofHours(24))
            .withPreviewEvery(Duration.ofMinutes(5));

    public static PaneTiming standard(Duration pane, Duration horizon, Duration longestPeriod) {
        return new PaneTiming(
                pane,
                horizon,
                longestPeriod,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                null);
    }

    /** For groups of subjects with this timing: whatever a subject can still correct finds its group's pane in place. */
    public PaneTiming ofGroups() {
        Duration reach = horizon.plus(longestPeriod).plus(settleAtMost).plus(closeAfter);
        return new PaneTiming(pane, reach, pane, closeAfter, settle, settleAtMost, null);
    }

    /** @param newPreviewEvery null: never */
    public PaneTiming withPreviewEvery(@Nullable Duration newPreviewEvery) {
        return new PaneTiming(pane, horizon, longestPeriod, closeAfter, settle, settleAtMost, newPreviewEvery);
    }

    public PaneTiming withHorizon(Duration newHorizon) {
        return new PaneTiming(pane, newHorizon, longestPeriod, closeAfter, settle, settleAtMost, previewEvery);
    }

    /** Start of the pane that holds this moment, epoch ms. */
    public long paneStart(long moment) {
        return Math.floorDiv(moment, pane.toMillis()) * pane.toMillis();
    }

    /** End of the last pane that is closed at this clock: all panes that end at or before it are. */
    long closedUpTo(long clock) {
        return paneStart(clock - closeAfter.toMillis());
    }

    /** Where the snapshot stands at this clock: nothing that is still accepted can reach behind it. */
    long snapshotUpTo(long clock) {
        return paneStart(clock - reachMillis());
    }

    /** Clock at which the snapshot may stand at this moment. */
    long settledAt(long upTo) {
        return upTo == Long.MIN_VALUE ? Long.MAX_VALUE : upTo + reachMillis();
    }

    /** How far behind the clock a pane may lie and still change. */
    long reachMillis() {
        return horizon.toMillis()
                + longestPeriod.toMillis()
                + Duration.ofMinutes(5).toMillis();
    }
}

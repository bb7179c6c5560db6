package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A minute's panes: an hour of lateness, periods up to ten minutes, closed a minute after their end. */
class PaneTimingTest {
    private static final PaneTiming TIMING =
            PaneTiming.standard(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(10));

    private static long at(String time) {
        return Instant.parse("2026-11-23T" + time + "Z").toEpochMilli();
    }

    @Test
    void panesStartAtMultiplesOfTheirLengthAlsoBefore1970() {
        assertThat(TIMING.paneStart(at("08:00:59.999"))).isEqualTo(at("08:00:00"));
        assertThat(TIMING.paneStart(at("08:01:00"))).isEqualTo(at("08:01:00"));
        assertThat(TIMING.paneStart(-1)).isEqualTo(-60_000);
    }

    @Test
    void aPaneIsClosedAMinuteAfterItsEnd() {
        assertThat(TIMING.closedUpTo(at("08:01:59.999"))).isEqualTo(at("08:00:00"));
        assertThat(TIMING.closedUpTo(at("08:02:00"))).isEqualTo(at("08:01:00"));
    }

    /** The horizon, the longest period and five minutes. */
    @Test
    void nothingThatIsAcceptedReachesBehindTheSnapshot() {
        assertThat(TIMING.snapshotUpTo(at("08:15:00"))).isEqualTo(at("07:00:00"));
        assertThat(TIMING.snapshotUpTo(at("08:15:59.999"))).isEqualTo(at("07:00:00"));
        assertThat(TIMING.settledAt(at("07:00:00"))).isEqualTo(at("08:15:00"));
        assertThat(TIMING.settledAt(Long.MIN_VALUE)).as("nothing folded yet").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aGroupKeepsItsPanesForAsLongAsAMemberCanStillCorrectThem() {
        PaneTiming groups = TIMING.withPreviewEvery(Duration.ofMinutes(5)).ofGroups();
        assertThat(groups.horizon()).isEqualTo(Duration.ofMinutes(60 + 10 + 1).plusSeconds(30));
        assertThat(groups.longestPeriod()).isEqualTo(groups.pane());
        assertThat(groups.previewEvery()).as("members tell what is not final").isNull();
    }

    @Test
    void aHorizonOrAPreviewChangesNothingElse() {
        PaneTiming other = TIMING.withHorizon(Duration.ofHours(2)).withPreviewEvery(Duration.ofMinutes(5));
        assertThat(other.horizon()).isEqualTo(Duration.ofHours(2));
        assertThat(other.previewEvery()).isEqualTo(Duration.ofMinutes(5));
        assertThat(other.withHorizon(TIMING.horizon()).withPreviewEvery(null)).isEqualTo(TIMING);
    }
}

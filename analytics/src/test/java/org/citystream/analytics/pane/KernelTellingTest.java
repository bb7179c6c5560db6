package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citystream.model.event.CityEvent;
import org.junit.jupiter.api.Test;

/** What one subject tells, and at which clock. Panes of a minute close a minute after their end; 75 minutes can be corrected. */
class KernelTellingTest {
    private static final String SUBJECT = "ring-1";
    private static final int MINUTE = 60_000;
    private static final PaneTiming TIMING =
            PaneTiming.standard(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(10));

    private final Jams fold = new Jams();
    private final InMemoryKey<Long> memory = new InMemoryKey<>(fold.codec());
    private final List<String> told = new ArrayList<>();
    private PaneKernel<Long, String> kernel = new PaneKernel<>(fold, TIMING);
    private long since = Long.MIN_VALUE;
    private long number;

    private static long at(String time) {
        return Instant.parse("2026-11-23T" + time + "Z").toEpochMilli();
    }

    private static String time(Instant instant) {
        return instant.toString().substring(11).replace("Z", "");
    }

    private static Observation reading(String end, long periodMillis, long number, long total) {
        return new Observation(SUBJECT, "loop-1", 0, at(end), periodMillis, 77, number, 1, new long[] {total})
                .from(OffsetRanges.of(0, number));
    }

    /** Another reading of the minute that ends then. */
    private Intake reads(String clock, String end, long total) {
        number++;
        return kernel.add(memory, reading(end, MINUTE, number, total), at(clock));
    }

    private Intake revises(String clock, String end, long revision, long total) {
        return kernel.revise(memory, reading(end, MINUTE, revision, total), at(clock));
    }

    private void until(String clock) {
        untilClock(at(clock));
    }

    private void untilClock(long clock) {
        while (memory.timer() <= clock) {
            long due = memory.timer();
            memory.timerFired();
            kernel.wake(memory, SUBJECT, due, since, telling(time(Instant.ofEpochMilli(due)) + ": "));
        }
    }

    private PaneOutput<String> telling(String clock) {
        return new PaneOutput<>() {
            @Override
            public void summary(String summary) {
                throw new AssertionError("offsets belong to it");
            }

            @Override
            public void summary(String summary, long[] offsets) {
                told.add(clock + summary + " of " + Arrays.toString(offsets));
            }

            @Override
            public void event(CityEvent event) {
                told.add(clock + event.transition() + " " + event.revision() + " at " + time(event.at()) + " "
                        + event.reason());
            }

            @Override
            public void refolds() {
                told.add(clock + "refolds");
            }
        };
    }

    /** Ten at eight, one at 8:01. */
    private void aJamOfAMinute() {
        reads("08:01:00", "08:01:00", 10);
        until("08:02:00");
        reads("08:02:00", "08:02:00", 1);
        until("08:09:59");
        assertThat(told)
                .containsExactly(
                        "08:02:00: 08:00 10 #1 of [0, 1, 1]",
                        "08:02:00: OPENED 1 at 08:00:00 dwell-completed",
                        "08:03:00: 08:01 1 #1 of [0, 2, 2]",
                        "08:03:00: CLOSED 2 at 08:01:00 dissolved");
        told.clear();
    }

    @Test
    void aPaneThatClosesIsToldWithWhatItBringsAbout() {
        aJamOfAMinute();
    }

    @Test
    void lateReadingsAreOneCorrectionOnceNothingMoreComes() {
        aJamOfAMinute();
        reads("08:10:00", "08:01:00", -2);
        reads("08:10:04", "08:01:00", -3);
        until("08:10:59");

        assertThat(told)
                .containsExactly(
                        "08:10:09: refolds",
                        "08:10:09: 08:00 5 #2 of [0, 1, 4]",
                        "08:10:09: WITHDRAWN 3 at 08:01:00 late-data");
        assertThat(memory.panes(0, Long.MAX_VALUE).get(at("08:00:00")))
                .extracting(pane -> pane.late)
                .isEqualTo(2);
    }

    @Test
    void aCorrectionWaitsForHalfAMinuteAtMost() {
        aJamOfAMinute();
        for (int second = 10; second < 45; second += 4) {
            String clock = "08:10:" + second;
            until(clock);
            reads(clock, "08:02:00", 1);
        }
        until("08:10:59");

        assertThat(told)
                .containsExactly(
                        "08:10:40: refolds",
                        "08:10:40: 08:01 9 #2 of [0, 2, 10]",
                        "08:10:47: refolds",
                        "08:10:47: 08:01 10 #3 of [0, 2, 11]",
                        "08:10:47: AMENDED 3 at 08:00:00 dwell-completed");
    }

    @Test
    void whatSaysNothingNewIsNotToldAgain() {
        aJamOfAMinute();
        reads("08:10:00", "08:02:00", 0);
        until("08:10:59");
        assertThat(told).containsExactly("08:10:05: refolds");
    }

    @Test
    void silenceIsToldWhenItsTimeIsOverAndDataThatResume() {
        reads("08:01:00", "08:01:00", 10);
        until("08:29:00");
        assertThat(told.subList(2, told.size())).containsExactly("08:11:00.001: STALE 2 at 08:11:00 sensors-silent");
        told.clear();
        assertThat(memory.timer()).as("an hour later").isEqualTo(at("09:11:00.001"));
        reads("08:30:00", "08:30:00", 11);
        until("08:31:00");

        assertThat(told)
                .containsExactly("08:31:00: 08:29 11 #1 of [0, 2, 2]", "08:31:00: UPDATED 3 at 08:30:00 data-resumed");
    }

    @Test
    void beforeIntakeWasWholeNobodyWasSilent() {
        since = at("08:05:00");
        reads("08:01:00", "08:01:00", 10);
        until("08:29:00");
        assertThat(told.subList(2, told.size())).containsExactly("08:15:00.001: STALE 2 at 08:15:00 sensors-silent");
    }

    @Test
    void aSubjectIsForgottenThirtyDaysAfterItsLastReading() {
        aJamOfAMinute();
        long forgotten = at("08:02:00") + Duration.ofDays(30).toMillis();
        untilClock(forgotten - 1);
        assertThat(memory.state()).isNotNull();
        assertThat(memory.paneCount()).isZero();
        assertThat(memory.timer()).isEqualTo(forgotten);
        untilClock(forgotten);

        assertThat(memory.isEmpty()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void anOpenEpisodeIsNeverForgotten() {
        reads("08:01:00", "08:01:00", 10);
        untilClock(at("08:00:00") + Duration.ofDays(32).toMillis());
        assertThat(memory.state()).isNotNull();
    }

    @Test
    void readingsSpreadOverThePanesThatTheyCover() {
        assertThat(kernel.add(memory, reading("08:02:30", 2 * MINUTE, 1, 120), at("08:02:31")))
                .isEqualTo(Intake.COUNTED);
        assertThat(memory.panes(0, Long.MAX_VALUE).values())
                .extracting(pane -> pane.cells().get(0))
                .extracting(cell -> cell.sum(0) + " in " + cell.coveredMillis() + " of " + cell.readings())
                .containsExactly("30 in 30000 of 0", "60 in 60000 of 0", "30 in 30000 of 1");
        assertThat(memory.panes(0, Long.MAX_VALUE).values())
                .allSatisfy(pane -> assertThat(pane.offsets).containsExactly(0, 1, 1));
        assertThat(kernel.add(memory, reading("08:02:30", 2 * MINUTE, 1, 120), at("08:02:32")))
                .isEqualTo(Intake.DUPLICATE);
    }

    @Test
    void aReadingIsLateOnceItsPaneHasClosed() {
        reads("08:01:59.999", "08:01:00", 1);
        reads("08:02:00", "08:01:00", 1);
        assertThat(memory.panes(0, Long.MAX_VALUE).get(at("08:00:00")))
                .extracting(pane -> pane.late)
                .isEqualTo(1);
    }

    @Test
    void whatReachesBehindTheSnapshotIsNotCounted() {
        assertThat(reads("09:15:59.999", "08:01:00", 1)).isEqualTo(Intake.COUNTED);
        assertThat(reads("09:16:00", "08:01:00", 1)).isEqualTo(Intake.BEHIND_SNAPSHOT);
        assertThat(revises("09:15:59.999", "08:01:00", 2, 1)).isEqualTo(Intake.COUNTED);
        assertThat(revises("09:16:00", "08:01:00", 3, 1)).isEqualTo(Intake.BEHIND_SNAPSHOT);
    }

    @Test
    void aMembersNewestRevisionCountsForItsGroup() {
        assertThat(revises("08:01:00", "08:01:00", 1, 3)).isEqualTo(Intake.COUNTED);
        assertThat(revises("08:01:01", "08:01:00", 1, 5)).isEqualTo(Intake.DUPLICATE);
        assertThat(revises("08:01:02", "08:01:00", 2, 4)).isEqualTo(Intake.COUNTED);
        until("08:04:00");
        assertThat(revises("08:04:00", "08:01:00", 3, 12)).isEqualTo(Intake.COUNTED);
        until("08:05:00");

        assertThat(told)
                .containsExactly(
                        "08:02:00: 08:00 4 #1 of [0, 1, 2]",
                        "08:04:05: refolds",
                        "08:04:05: 08:00 12 #2 of [0, 1, 3]",
                        "08:04:05: OPENED 1 at 08:00:00 dwell-completed");
    }

    @Test
    void anOpenPaneIsToldAsItStandsWhenSomethingIsNew() {
        kernel = new PaneKernel<>(fold, TIMING.withPreviewEvery(Duration.ofSeconds(20)));
        kernel.add(memory, reading("08:00:10", 10_000, 1, 3), at("08:00:30"));
        until("08:00:40");
        kernel.add(memory, reading("08:00:20", 10_000, 2, 4), at("08:00:41"));
        until("08:10:00");

        assertThat(told)
                .containsExactly(
                        "08:00:40: 08:00 3 #1 so far of [0, 1, 1]",
                        "08:01:00: 08:00 7 #2 so far of [0, 1, 2]",
                        "08:02:00: 08:00 7 #3 of [0, 1, 2]");
    }

    private void resumes(boolean stale) {
        Folded<Long> known = new Folded<>(at("08:00:00"), at("08:10:00"), at("08:09:00"));
        kernel = new PaneKernel<>(new ResumedFold<>(fold, SUBJECT, new Beginning<>(known, stale)), TIMING);
        reads("08:20:00", "08:20:00", 10);
        until("08:21:00");
    }

    @Test
    void aLifeThatBeginsWithAnOpenEpisodeGoesOnWithIt() {
        resumes(false);
        reads("08:21:00", "08:21:00", 1);
        until("08:22:00");
        assertThat(told)
                .containsExactly(
                        "08:21:00: 08:19 10 #1 of [0, 1, 1]",
                        "08:22:00: 08:20 1 #1 of [0, 2, 2]",
                        "08:22:00: CLOSED 1 at 08:20:00 dissolved");
    }

    @Test
    void andHearsOfDataIfItWasStale() {
        resumes(true);
        assertThat(told)
                .containsExactly("08:21:00: 08:19 10 #1 of [0, 1, 1]", "08:21:00: UPDATED 1 at 08:20:00 data-resumed");
    }
}

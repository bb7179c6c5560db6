package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.model.event.CityEvent;
import org.junit.jupiter.api.Test;

/** Corner cases of one subject's life that random cities seldom meet. */
class PaneKernelTest {
    private static final String SUBJECT = "road";
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final PaneTiming ONE_HOUR =
            PaneTiming.standard(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(10));

    private final Doubling fold = new Doubling();
    private final InMemoryKey<Long> memory = new InMemoryKey<>(fold.codec());
    private final Map<Instant, String> told = new TreeMap<>();
    private PaneKernel<Long, String> kernel = new PaneKernel<>(fold, ONE_HOUR);

    @Test
    void aRuleThatArrivesLateIsMadeUpForAlsoBehindALateReading() {
        for (long clock = at("11:00:00"); clock < at("12:13:30"); clock += 1000) {
            if (clock == at("12:12:30")) {
                fold.doublesFrom = at("11:50:00");
            }
            if (clock == at("12:12:58")) {
                assertThat(add(at("12:10:30"), 2, clock)).isEqualTo(Intake.COUNTED);
            }
            if (clock % MINUTE == 0) {
                add(clock, 1, clock);
            }
            wake(clock);
        }

        assertThat(told.get(instant("11:48:00"))).startsWith("single");
        assertThat(told.entrySet())
                .filteredOn(entry -> !entry.getKey().isBefore(instant("11:50:00")))
                .hasSizeGreaterThan(20)
                .allSatisfy(entry -> assertThat(entry.getValue()).startsWith("double"));
    }

    @Test
    void withALongerHorizonWhatIsSettledStaysSettledAndNothingIsLeftBehind() {
        long noon = at("12:00:00");
        for (long clock = at("08:00:00"); clock < noon; clock += MINUTE) {
            add(clock, 1, clock);
            wake(clock);
        }
        kernel = new PaneKernel<>(fold, ONE_HOUR.withHorizon(Duration.ofHours(3)));

        assertThat(add(at("10:00:30"), 2, noon)).isEqualTo(Intake.BEHIND_SNAPSHOT);
        assertThat(add(at("11:30:30"), 2, noon)).isEqualTo(Intake.COUNTED);
        long snapshot = Objects.requireNonNull(memory.state()).keptFrom;
        assertThat(kernel.add(memory, reading(snapshot + MINUTE, 3, 10 * MINUTE), noon))
                .as("a reading that reaches from before the snapshot into it")
                .isEqualTo(Intake.COUNTED);
        for (int day = 0; day <= 31; day++) {
            wake(noon + Duration.ofDays(day).toMillis());
        }
        assertThat(memory.panes(Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(memory.state()).isNull();
    }

    @Test
    void whatWasLearnedIsForgottenWhileNobodyObserves() {
        fold.retiredFrom = at("09:00:00");
        fold.retiredTo = at("09:10:00");
        for (long clock = at("08:00:00"); clock < at("09:30:00"); clock += MINUTE) {
            if (clock < fold.retiredFrom || clock >= at("09:20:00")) {
                add(clock, 1, clock);
            }
            wake(clock);
        }

        assertThat(told)
                .containsEntry(instant("08:58:00"), "single after 59")
                .containsEntry(instant("09:19:00"), "single after 0");
    }

    /** A late reading makes the kernel fold before the sensors are back; the time without them lies behind it then. */
    @Test
    void whatWasLearnedIsForgottenWhereverTheFoldHasStoodMeanwhile() {
        fold.retiredFrom = at("09:30:00");
        fold.retiredTo = at("09:40:00");
        for (long clock = at("08:00:00"); clock < at("10:45:00"); clock += MINUTE) {
            if (clock <= at("09:00:00") || clock >= at("10:30:00")) {
                add(clock, 1, clock);
            }
            if (clock == at("10:00:00")) {
                assertThat(add(at("08:50:30"), 2, clock)).isEqualTo(Intake.COUNTED);
            }
            wake(clock);
        }

        assertThat(told)
                .containsEntry(instant("08:59:00"), "single after 60")
                .containsEntry(instant("10:29:00"), "single after 0");
    }

    /** What is kept beside the state, to decide faster, must not outlive it: ids are anybody's choice. */
    @Test
    void whatIsForgottenIsForgottenByTheFoldToo() {
        long heard = at("08:00:00");
        add(heard, 1, heard);
        wake(heard + MINUTE);
        assertThat(fold.forgotten).isEmpty();

        wakeUntil(heard + PaneKernel.LEARNED_LIVES.toMillis() + MINUTE);

        assertThat(memory.state()).isNull();
        assertThat(fold.forgotten).containsExactly(SUBJECT);
    }

    /** As {@code ./city reproduce} begins, from the state that stands in an event. */
    @Test
    void aLifeMayBeginInItsMiddleWithWhatWasKnownThen() {
        long nine = at("09:00:00");
        kernel = new PaneKernel<>(
                new ResumedFold<>(fold, SUBJECT, new Beginning<>(new Folded<>(41L, nine, nine), false)), ONE_HOUR);
        add(at("09:01:00"), 1, at("09:01:00"));
        wake(at("09:03:00"));

        assertThat(told).containsExactly(Map.entry(instant("09:00:00"), "single after 41"));
        assertThat(add(at("08:59:00"), 1, at("09:03:00")))
                .as("what was known then cannot be corrected")
                .isEqualTo(Intake.BEHIND_SNAPSHOT);
    }

    @Test
    void whoIsNotResumedLivesAsEver() {
        kernel = new PaneKernel<>(
                new ResumedFold<>(fold, "another", new Beginning<>(new Folded<>(41L, at("12:00:00"), 0), true)),
                ONE_HOUR);
        whatWasLearnedIsForgottenWhileNobodyObserves();
        wakeUntil(at("09:30:00") + PaneKernel.LEARNED_LIVES.toMillis() + MINUTE);

        assertThat(memory.state()).isNull();
        assertThat(fold.forgotten).containsExactly(SUBJECT);
    }

    @Test
    void whoIsNotResumedIsMadeUpForWhenARuleArrivesLate() {
        kernel = new PaneKernel<>(
                new ResumedFold<>(fold, "another", new Beginning<>(new Folded<>(41L, at("12:00:00"), 0), true)),
                ONE_HOUR);
        aRuleThatArrivesLateIsMadeUpForAlsoBehindALateReading();
    }

    private void wakeUntil(long clock) {
        while (memory.timer() <= clock) {
            long due = memory.timer();
            memory.timerFired();
            wake(due);
        }
    }

    private Intake add(long observedAt, int sensor, long clock) {
        return kernel.add(memory, reading(observedAt, sensor, MINUTE), clock);
    }

    private static Observation reading(long observedAt, int sensor, long periodMillis) {
        return new Observation(
                SUBJECT, "s" + sensor, 0, observedAt, periodMillis, Identity.NO_BOOT, observedAt, 1, new long[] {1});
    }

    private void wake(long clock) {
        kernel.wake(memory, SUBJECT, clock, Long.MIN_VALUE, new PaneOutput<>() {
            @Override
            public void summary(String summary) {
                String[] startAndRest = summary.split(" ", 2);
                told.put(Instant.parse(startAndRest[0]), startAndRest[1]);
            }

            @Override
            public void event(CityEvent event) {
                throw new AssertionError("there are no episodes");
            }
        });
    }

    private static long at(String time) {
        return instant(time).toEpochMilli();
    }

    private static Instant instant(String time) {
        return Instant.parse("2026-11-23T" + time + "Z");
    }
}

package org.citystream.analytics.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.model.rule.Severity.MINOR;
import static org.citystream.model.rule.Severity.MODERATE;
import static org.citystream.model.rule.Severity.SEVERE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;
import org.citystream.analytics.episode.Hysteresis.Change;
import org.citystream.analytics.episode.Hysteresis.Next;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;

/** Minute by minute; an episode opens after three minutes and closes after five. */
class HysteresisTest {
    private static final long MINUTE = 60_000;
    private static final Duration ENTER_FOR = Duration.ofMinutes(3);
    private static final Duration EXIT_FOR = Duration.ofMinutes(5);

    private Hysteresis state = Hysteresis.QUIET;

    private Change minute(int minute, Standing standing, Severity severity) {
        return take(minute, new Verdict(standing, severity, ENTER_FOR, EXIT_FOR, null))
                .change();
    }

    private Next take(int minute, Verdict verdict) {
        Next next = state.next(minute * MINUTE, (minute + 1) * MINUTE, verdict);
        state = next.state();
        return next;
    }

    private Change bad(int minute, Severity severity) {
        return minute(minute, Standing.ENTER, severity);
    }

    private Change bad(int minute) {
        return bad(minute, MODERATE);
    }

    private Change between(int minute) {
        return minute(minute, Standing.BETWEEN, MODERATE);
    }

    private Change good(int minute) {
        return minute(minute, Standing.EXIT, MODERATE);
    }

    private Change unknown(int minute) {
        return take(minute, Verdict.undecided(MINOR)).change();
    }

    private void opensAtMinuteTwo() {
        bad(0);
        bad(1);
        assertThat(bad(2)).isEqualTo(Change.OPENED);
    }

    @Test
    void itOpensWhenTheRunHasLastedTheDwellAndNotBefore() {
        assertThat(bad(4)).isEqualTo(Change.NOTHING);
        assertThat(bad(5)).isEqualTo(Change.NOTHING);
        assertThat(state.isOpen()).isFalse();
        assertThat(bad(6)).isEqualTo(Change.OPENED);
        assertThat(state.openSince()).isEqualTo(4 * MINUTE);
    }

    @Test
    void itOpensWithTheMildestSeverityOfTheRun() {
        bad(0, SEVERE);
        bad(1, MODERATE);
        bad(2, SEVERE);
        assertThat(state.severity()).isEqualTo(MODERATE);
    }

    @Test
    void aRunThatBreaksLeavesNothingOfItsSeverity() {
        bad(0, MINOR);
        between(1);
        assertThat(state).isEqualTo(Hysteresis.QUIET);
        bad(2, SEVERE);
        bad(3, SEVERE);
        bad(4, SEVERE);
        assertThat(state.severity()).isEqualTo(SEVERE);
        assertThat(state.openSince()).isEqualTo(2 * MINUTE);
    }

    @Test
    void aGapAsLongAsTheDwellLeavesTheRunWholeALongerOneBeginsItAnew() {
        bad(0);
        unknown(1);
        assertThat(bad(4)).as("three minutes of which nothing is known").isEqualTo(Change.OPENED);
        assertThat(state.openSince()).isZero();

        state = Hysteresis.QUIET;
        bad(0);
        assertThat(bad(5)).as("four").isEqualTo(Change.NOTHING);
        bad(6);
        assertThat(bad(7)).isEqualTo(Change.OPENED);
        assertThat(state.openSince()).isEqualTo(5 * MINUTE);
    }

    @Test
    void itOpensOnlyWhenTheRunRestsOnEnoughReadings() {
        Verdict twoOfTen = new Verdict(Standing.ENTER, MODERATE, ENTER_FOR, EXIT_FOR, 2, 10, null, null);
        for (int minute = 0; minute < 4; minute++) {
            assertThat(take(minute, twoOfTen).change()).isEqualTo(Change.NOTHING);
        }
        Next fifth = take(4, twoOfTen);
        assertThat(fifth.change()).isEqualTo(Change.OPENED);
        assertThat(fifth.from()).isZero();
    }

    @Test
    void readingsOfABrokenRunDoNotCount() {
        Verdict twoOfSix = new Verdict(Standing.ENTER, MODERATE, ENTER_FOR, EXIT_FOR, 2, 6, null, null);
        take(0, twoOfSix);
        between(1);
        take(2, twoOfSix);
        take(3, twoOfSix);
        assertThat(take(4, twoOfSix).change()).isEqualTo(Change.OPENED);
    }

    @Test
    void itClosesWhenTheRunHasLastedTheDwellAndEndsWhereTheRunBegan() {
        opensAtMinuteTwo();
        for (int minute = 3; minute < 7; minute++) {
            assertThat(good(minute)).isEqualTo(Change.NOTHING);
        }
        Next closing = take(7, new Verdict(Standing.EXIT, MODERATE, ENTER_FOR, EXIT_FOR, null));
        assertThat(closing.change()).isEqualTo(Change.CLOSED);
        assertThat(closing.from()).isEqualTo(3 * MINUTE);
        assertThat(state).isEqualTo(Hysteresis.QUIET);
    }

    @Test
    void aMinuteBetweenTheLimitsBreaksTheRunOfLeavingOnes() {
        opensAtMinuteTwo();
        good(3);
        good(4);
        between(5);
        for (int minute = 6; minute < 10; minute++) {
            assertThat(good(minute)).isEqualTo(Change.NOTHING);
        }
        assertThat(good(10)).isEqualTo(Change.CLOSED);
    }

    @Test
    void silenceShorterThanTheDwellIsNoReasonToDoubtTheEndLongerSilenceIs() {
        opensAtMinuteTwo();
        good(3);
        assertThat(good(9)).as("five minutes of which nothing is known").isEqualTo(Change.CLOSED);

        state = Hysteresis.QUIET;
        opensAtMinuteTwo();
        good(3);
        assertThat(good(10)).as("six").isEqualTo(Change.NOTHING);
        assertThat(state.exitFrom()).isEqualTo(10 * MINUTE);
    }

    @Test
    void severityRisesToTheMildestOfWhatWasWorseForTheDwell() {
        opensAtMinuteTwo();
        state = withSeverity(MINOR);
        bad(3, SEVERE);
        bad(4, MODERATE);
        Next third = take(5, new Verdict(Standing.ENTER, SEVERE, ENTER_FOR, EXIT_FOR, null));
        assertThat(third.change()).isEqualTo(Change.ESCALATED);
        assertThat(third.from()).isEqualTo(3 * MINUTE);
        assertThat(state.severity()).isEqualTo(MODERATE);
        assertThat(state.openSince()).as("still the same episode").isZero();
    }

    @Test
    void severityFallsToTheWorstOfWhatWasMilderForTheDwell() {
        opensAtMinuteTwo();
        state = withSeverity(SEVERE);
        bad(3, MINOR);
        bad(4, MODERATE);
        bad(5, MINOR);
        assertThat(bad(6, MINOR)).isEqualTo(Change.NOTHING);
        assertThat(bad(7, MINOR)).isEqualTo(Change.DEESCALATED);
        assertThat(state.severity()).isEqualTo(MODERATE);
    }

    @Test
    void aMinuteOfThePresentSeverityBreaksTheRunOfOthers() {
        opensAtMinuteTwo();
        bad(3, SEVERE);
        bad(4, SEVERE);
        bad(5, MODERATE);
        assertThat(bad(6, SEVERE)).isEqualTo(Change.NOTHING);
        assertThat(bad(7, SEVERE)).isEqualTo(Change.NOTHING);
        assertThat(bad(8, SEVERE)).isEqualTo(Change.ESCALATED);
    }

    @Test
    void aMinuteOnTheOtherSideOfThePresentSeverityBeginsARunOfItsOwn() {
        opensAtMinuteTwo();
        bad(3, SEVERE);
        bad(4, SEVERE);
        bad(5, MINOR);
        assertThat(bad(6, SEVERE)).isEqualTo(Change.NOTHING);
        assertThat(bad(7, SEVERE)).isEqualTo(Change.NOTHING);
        assertThat(bad(8, SEVERE)).isEqualTo(Change.ESCALATED);
    }

    @Test
    void aRunOfWorseMinutesSurvivesAGapOfItsDwellAndNoLonger() {
        opensAtMinuteTwo();
        bad(3, SEVERE);
        assertThat(bad(7, SEVERE)).isEqualTo(Change.ESCALATED);

        state = Hysteresis.QUIET;
        opensAtMinuteTwo();
        bad(3, SEVERE);
        assertThat(bad(8, SEVERE)).isEqualTo(Change.NOTHING);
        assertThat(state.changeFrom()).isEqualTo(8 * MINUTE);
    }

    @Test
    void whatDecidesNothingChangesNothing() {
        bad(0);
        Hysteresis before = state;
        Next next = take(1, Verdict.undecided(SEVERE));
        assertThat(next.state()).isSameAs(before);
        assertThat(next.change()).isEqualTo(Change.NOTHING);
        assertThat(next.from()).isEqualTo(MINUTE);
    }

    @Test
    void aRunUnderWayIsWorthRemembering() {
        assertThat(Hysteresis.QUIET.isQuiet()).isTrue();
        bad(0);
        assertThat(state.isQuiet()).isFalse();
        bad(1);
        bad(2);
        assertThat(state.isQuiet()).isFalse();
    }

    @Test
    void standingsOfSeveralStationsAreReadAsTheyWereWritten() throws IOException {
        TreeMap<String, Hysteresis> standings = new TreeMap<>();
        opensAtMinuteTwo();
        bad(3, SEVERE);
        standings.put("north", state);
        good(4);
        standings.put("south", state);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hysteresis.writeAll(standings, new DataOutputStream(bytes));

        assertThat(Hysteresis.readAll(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(standings);
    }

    private Hysteresis withSeverity(Severity severity) {
        return new Hysteresis(
                state.decidedUpTo(),
                state.enterFrom(),
                state.enterReadings(),
                state.enterSeverity(),
                state.openSince(),
                severity,
                state.exitFrom(),
                state.changeFrom(),
                state.changeSeverity());
    }
}

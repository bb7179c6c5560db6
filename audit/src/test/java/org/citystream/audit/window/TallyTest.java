package org.citystream.audit.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.citystream.audit.report.Line;
import org.citystream.audit.report.Report;
import org.citystream.ledger.MessageId;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant SETTLED = EIGHT.plusSeconds(3_600);

    private final Tally tally = new Tally("traffic", ChronoUnit.MINUTES);

    @Test
    void aReadingCountsInTheWindowOfItsLastMillisecond() {
        reading(1, EIGHT.plusSeconds(60), EIGHT);
        reading(2, EIGHT.plusSeconds(60).plusMillis(1), EIGHT);
        tally.summary("ring", EIGHT, 1);
        tally.summary("ring", EIGHT.plusSeconds(60), 1);

        assertThat(report().isOk()).isTrue();
        assertThat(count("counted")).isEqualTo(2);
    }

    @Test
    void repeatedAndLateReadingsNeedNotBeCounted() {
        tally.late(id(3, EIGHT.plusSeconds(30)), EIGHT.plusSeconds(20_000));
        reading(1, EIGHT.plusSeconds(30), EIGHT);
        reading(1, EIGHT.plusSeconds(30), EIGHT.plusSeconds(1));
        reading(3, EIGHT.plusSeconds(30), EIGHT.plusSeconds(20_000));
        tally.summary("ring", EIGHT, 1);

        assertThat(report().isOk()).isTrue();
        assertThat(count("duplicates")).isEqualTo(1);
        assertThat(count("late")).isEqualTo(1);
    }

    @Test
    void aRepetitionThatIsLateLeavesTheFirstCounted() {
        tally.late(id(1, EIGHT.plusSeconds(30)), EIGHT.plusSeconds(20_000));
        reading(1, EIGHT.plusSeconds(30), EIGHT);
        reading(1, EIGHT.plusSeconds(30), EIGHT.plusSeconds(20_000));
        tally.summary("ring", EIGHT, 1);

        assertThat(report().isOk()).isTrue();
    }

    @Test
    void theLastWordCountsThoughAJobThatGoesOnFromACheckpointNumbersAnew() {
        reading(1, EIGHT.plusSeconds(30), EIGHT);
        reading(2, EIGHT.plusSeconds(30), EIGHT);
        tally.summary("ring", EIGHT, 0);
        tally.summary("ring", EIGHT, 1);
        tally.summary("ring", EIGHT, 0);
        tally.summary("ring", EIGHT, 2);

        assertThat(report().isOk()).isTrue();
        assertThat(count("counted")).isEqualTo(2);
    }

    @Test
    void whatTheSummariesMissOrInventIsFoundWindowByWindow() {
        reading(1, EIGHT.plusSeconds(30), EIGHT);
        tally.summary("ring", EIGHT.plusSeconds(60), 1);

        assertThat(report().isOk()).isFalse();
        assertThat(line("uncounted").examples()).containsExactly("window of 2026-11-23T08:00:00Z: 1 readings");
        assertThat(line("counted-twice").examples()).containsExactly("window of 2026-11-23T08:01:00Z: 1 readings");
    }

    @Test
    void windowsThatAreNotSettledAreLeftOut() {
        reading(1, SETTLED.plusSeconds(1), EIGHT);

        assertThat(report().isOk()).isTrue();
        assertThat(count("not-settled-yet")).isEqualTo(1);
    }

    @Test
    void aWindowIsNotSettledBeforeWhatCameToItLastIsCounted() {
        tally.reading(id(1, EIGHT.plusSeconds(30)), EIGHT, EIGHT.plusSeconds(31));
        tally.reading(id(2, EIGHT.plusSeconds(30)), EIGHT, SETTLED.plusSeconds(1));
        tally.reading(id(3, EIGHT.plusSeconds(90)), EIGHT, SETTLED);
        tally.reading(id(3, EIGHT.plusSeconds(90)), EIGHT, SETTLED.plusSeconds(1));
        tally.summary("ring", EIGHT, 1);
        tally.summary("ring", EIGHT.plusSeconds(60), 1);

        assertThat(report().isOk()).isTrue();
        assertThat(count("not-settled-yet")).isEqualTo(2);
        assertThat(count("counted")).isEqualTo(1);
    }

    @Test
    void windowsOfWhichSomethingMayBeForgottenAreTold() {
        tally.points(EIGHT.plusSeconds(60), 1);
        reading(1, EIGHT.plusSeconds(90), EIGHT);
        reading(2, EIGHT.plusSeconds(150), EIGHT);

        List<Line> lines = tally.lines(EIGHT.plusSeconds(120), SETTLED, true);

        assertThat(lines)
                .filteredOn(line -> line.name().equals("windows-forgotten"))
                .first()
                .extracting(Line::count)
                .isEqualTo(2L);
        assertThat(lines)
                .filteredOn(Line::isFailure)
                .singleElement()
                .extracting(Line::name)
                .isEqualTo("uncounted");
    }

    @Test
    void everySummaryIsAPoint() {
        tally.summary("ring", EIGHT, 0);
        tally.summary("ring", EIGHT, 0);
        tally.summary("harbour", EIGHT, 0);
        tally.points(EIGHT.plusSeconds(60), 1);
        tally.points(EIGHT.plusSeconds(120), 1);

        assertThat(line("points-missing").examples()).containsExactly("window of 2026-11-23T08:00:00Z: 1 points");
        assertThat(line("points-unknown").examples()).containsExactly("window of 2026-11-23T08:01:00Z: 1 points");
    }

    @Test
    void manySummariesOutgrowTheTable() {
        for (int i = 0; i < 5_000; i++) {
            reading(i, EIGHT.plusSeconds(30), EIGHT);
            tally.summary("segment-" + i, EIGHT, 0);
            tally.summary("segment-" + i, EIGHT, 1);
        }

        assertThat(report().isOk()).isTrue();
        assertThat(count("counted")).isEqualTo(5_000);
    }

    private void reading(long sequence, Instant observedAt, Instant receivedAt) {
        tally.reading(id(sequence, observedAt), receivedAt, null);
    }

    private static MessageId id(long sequence, Instant observedAt) {
        return new MessageId("loop", "b", sequence, 1, observedAt);
    }

    private Report report() {
        return new Report(tally.lines(Instant.MIN, SETTLED, false));
    }

    private long count(String name) {
        return line(name).count();
    }

    private Line line(String name) {
        List<Line> lines = tally.lines(Instant.MIN, SETTLED, true);
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

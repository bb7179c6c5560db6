package org.citystream.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citystream.model.reading.ClockState;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {
    private final RuleBook book = new RuleBook();

    @Test
    void aNewRuleIsVersionOneAndAChangedOneTheNext() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");
        RuleRevision second = apply("210 ug/m3", "2026-11-23T09:15:30Z");

        assertThat(second.added()).extracting(Rule::key).containsExactly("no2@2");
        assertThat(book.latest()).extracting(Rule::version).containsExactly(2);
        assertThat(book.all()).extracting(Rule::version).containsExactly(1, 2);
    }

    @Test
    void anUnchangedRuleGetsNoVersion() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");
        RuleRevision second = apply("0.2 mg/m3", "2026-11-23T09:15:30Z");

        assertThat(second.added()).isEmpty();
        assertThat(second.unchanged()).extracting(Rule::key).containsExactly("no2@1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:15:00Z, 1, 2026-11-23T08:16:00Z",
        "2026-11-23T08:15:01Z, 1, 2026-11-23T08:17:00Z",
        "2026-11-23T08:15:59Z, 1, 2026-11-23T08:17:00Z",
        "2014-02-13T11:30:00Z, 60, 2014-02-13T11:35:00Z",
        "2014-02-13T11:30:00Z, 0, 2014-02-13T11:31:00Z"
    })
    void rulesHoldFromAWholeMinuteThatTheClockHasNotReached(String now, double speed, String effectiveFrom)
            throws InvalidRuleException {
        RuleRevision revision = book.revise(document("200 ug/m3"), Optional.of(clock(now, speed)));

        assertThat(revision.added()).extracting(Rule::effectiveFrom).containsExactly(Instant.parse(effectiveFrom));
    }

    @Test
    void whereNothingHasBeenDecidedYetRulesHoldFromTheBeginning() throws InvalidRuleException {
        assertThat(book.revise(document("200 ug/m3"), Optional.empty()).added())
                .extracting(Rule::effectiveFrom)
                .containsExactly(Instant.EPOCH);
    }

    @Test
    void aLaterVersionNeverHoldsBeforeAnEarlierOne() throws InvalidRuleException {
        Instant first =
                apply("200 ug/m3", "2026-11-23T08:15:30Z").added().get(0).effectiveFrom();
        Instant second =
                apply("210 ug/m3", "2026-11-23T08:10:00Z").added().get(0).effectiveFrom();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aChangeIsToldFieldByField() throws InvalidRuleException {
        RuleRevision first = apply("200 ug/m3", "2026-11-23T08:15:30Z");
        RuleRevision second = apply("210 ug/m3", "2026-11-23T09:15:30Z");

        assertThat(first.changes()).singleElement().satisfies(change -> {
            assertThat(change.before()).isNull();
            assertThat(change.fields()).isEmpty();
        });
        assertThat(second.changes().get(0).fields())
                .extracting(field -> field.path() + " " + field.before() + " " + field.after())
                .containsExactly("above \"200 ug/m3\" \"210 ug/m3\"");
    }

    @Test
    void aRollbackIsANewVersionThatSaysWhatAnOlderOneSays() throws InvalidRuleException {
        Rule first = apply("200 ug/m3", "2026-11-23T08:15:30Z").added().get(0);
        apply("210 ug/m3", "2026-11-23T09:15:30Z");
        apply("220 ug/m3", "2026-11-23T10:15:30Z");

        Rule again = rollback(1, "2026-11-23T11:15:30Z").added().get(0);

        assertThat(again.key()).isEqualTo("no2@4");
        assertThat(again.hash()).isEqualTo(first.hash());
        assertThat(again.effectiveFrom()).isEqualTo("2026-11-23T11:17:00Z");
        assertThat(book.all()).as("what was is still there").hasSize(4);
    }

    @Test
    void aRollbackWithoutAVersionGoesToTheOneBefore() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");
        Rule second = apply("210 ug/m3", "2026-11-23T09:15:30Z").added().get(0);
        apply("220 ug/m3", "2026-11-23T10:15:30Z");

        assertThat(rollback(null, "2026-11-23T11:15:30Z").added())
                .extracting(Rule::hash)
                .containsExactly(second.hash());
    }

    @Test
    void aRollbackToWhatHoldsAlreadyChangesNothing() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");

        assertThat(rollback(1, "2026-11-23T09:15:30Z").changes()).isEmpty();
    }

    @Test
    void aRollbackToNothingSaysWhatThereIs() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");

        assertThatThrownBy(() -> rollback(7, "2026-11-23T09:15:30Z"))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("rule 'no2' has no version 7; it has 1");
        assertThatThrownBy(() -> rollback(null, "2026-11-23T09:15:30Z"))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("rule 'no2' has no version before its first; it has 1");
        assertThatThrownBy(() -> book.rollback("none", null, Optional.empty()))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("there is no rule 'none'");
    }

    /** An upgrade may make hashes in another way; what people wrote has not changed by that. */
    @Test
    void aVersionWhoseHashIsOfAnOlderFormIsComparedByWhatItSays() throws InvalidRuleException {
        Rule today = document("200 ug/m3").get(0);
        book.put(today.withVersion(1, Instant.EPOCH).withHash("of-an-older-form"));

        assertThat(apply("200 ug/m3", "2026-11-23T08:15:30Z").changes()).isEmpty();
        assertThat(apply("210 ug/m3", "2026-11-23T09:15:30Z").changes()).hasSize(1);
        assertThat(rollback(1, "2026-11-23T10:15:30Z").added())
                .extracting(Rule::hash)
                .as("a new version, and a hash as they are made today")
                .containsExactly(today.hash());
    }

    private RuleRevision rollback(@Nullable Integer version, String now) {
        RuleRevision revision = book.rollback("no2", version, Optional.of(clock(now, 1)));
        revision.added().forEach(book::put);
        return revision;
    }

    private static ClockState clock(String now, double speed) {
        return new ClockState(Instant.parse(now), speed, null, null);
    }

    private RuleRevision apply(String limit, String now) throws InvalidRuleException {
        RuleRevision revision = book.revise(document(limit), Optional.of(clock(now, 1)));
        revision.added().forEach(book::put);
        return revision;
    }

    private static List<Rule> document(String limit) throws InvalidRuleException {
        return RuleCodec.readDocument(
                "- {id: no2, kind: air-exceedance, pollutant: no2, above: " + limit + ", consecutive-hours: 3}");
    }
}

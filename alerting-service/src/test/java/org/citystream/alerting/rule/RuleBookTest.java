package org.citystream.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citystream.alerting.rule.DeploymentClock.Reading;
import org.citystream.alerting.rule.RuleBook.Revision;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {
    private final RuleBook book = new RuleBook();

    @Test
    void aNewRuleIsVersionOneAndAChangedOneTheNext() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");
        Revision second = apply("210 ug/m3", "2026-11-23T09:15:30Z");

        assertThat(second.added()).extracting(Rule::key).containsExactly("no2@2");
        assertThat(book.latest()).extracting(Rule::version).containsExactly(2);
        assertThat(book.all()).extracting(Rule::version).containsExactly(1, 2);
    }

    @Test
    void anUnchangedRuleGetsNoVersion() throws InvalidRuleException {
        apply("200 ug/m3", "2026-11-23T08:15:30Z");
        Revision second = apply("0.2 mg/m3", "2026-11-23T09:15:30Z");

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
        Revision revision = book.revise(document("200 ug/m3"), Optional.of(new Reading(Instant.parse(now), speed)));

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

    private Revision apply(String limit, String now) throws InvalidRuleException {
        Revision revision = book.revise(document(limit), Optional.of(new Reading(Instant.parse(now), 1)));
        revision.added().forEach(book::put);
        return revision;
    }

    private static List<Rule> document(String limit) throws InvalidRuleException {
        return RuleCodec.readDocument(
                "- {id: no2, kind: air-exceedance, pollutant: no2, above: " + limit + ", consecutive-hours: 3}");
    }
}

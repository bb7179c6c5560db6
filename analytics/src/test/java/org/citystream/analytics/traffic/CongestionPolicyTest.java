package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.traffic.OneMinute.END;
import static org.citystream.analytics.traffic.OneMinute.START;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Objects;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule that ships: below 0.5 of free flow for three minutes, above 0.7 for five, severe below 0.3. */
class CongestionPolicyTest {
    private static final Rule RULE = RuleCodec.defaultRules().get(0);
    private static final Condition.Congestion CONGESTION = (Condition.Congestion) RULE.condition();
    private static final Detector LOOP = Detector.onFreeway(OneMinute.SEGMENT, 100);

    private static SegmentPart part(double speedKmh, double speedRatio, double occupancy) {
        return new SegmentPart(speedKmh, speedRatio, 1200, occupancy, 100, Double.NaN, FreeFlow.CONFIGURED, 1, 2, 0, 1);
    }

    private static SegmentPart moving(double speedRatio) {
        return part(100 * speedRatio, speedRatio, 0.1);
    }

    private static SegmentPart covered(double occupancy) {
        return part(Double.NaN, Double.NaN, occupancy);
    }

    private static Verdict judge(SegmentPart part) {
        return CongestionPolicy.judge(RULE, CONGESTION, part, false);
    }

    private static Verdict judge(OneMinute minute, Observation... readings) {
        return CongestionPolicy.judge(RULE, minute.summary(readings), minute.seen(readings));
    }

    /** Both bounds belong to the ground between them. */
    @ParameterizedTest
    @CsvSource({"0.4999, ENTER", "0.5, BETWEEN", "0.6, BETWEEN", "0.7, BETWEEN", "0.7001, EXIT", "1, EXIT"})
    void aMinuteStandsWhereItsSpeedRatioIs(double speedRatio, Standing expected) {
        assertThat(judge(moving(speedRatio)).standing()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.9, MODERATE", "0.4, MODERATE", "0.3, MODERATE", "0.2999, SEVERE", "0, SEVERE"})
    void severityIsThatOfTheLastStepUndercut(double speedRatio, Severity expected) {
        assertThat(judge(moving(speedRatio)).severity()).isEqualTo(expected);
    }

    @Test
    void aVerdictCarriesDwellsAndReadings() {
        Verdict verdict = judge(moving(0.4));

        assertThat(verdict.enterFor()).isEqualTo(Duration.ofMinutes(3));
        assertThat(verdict.exitFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(verdict.readings()).isEqualTo(2);
        assertThat(verdict.readingsNeeded()).isZero();
    }

    @Test
    void byTravelTimeThreeReadingsAreNeeded() {
        Verdict verdict = CongestionPolicy.judge(RULE, CONGESTION, moving(0.4), true);

        assertThat(verdict.standing()).isEqualTo(Standing.ENTER);
        assertThat(verdict.readingsNeeded()).isEqualTo(3);
    }

    @Test
    void aDetectorThatIsCoveredAndCountsNothingTellsAStandstill() {
        assertThat(CongestionPolicy.ratio(covered(0.35))).isZero();
        assertThat(judge(covered(0.35)).standing()).isEqualTo(Standing.ENTER);
        assertThat(judge(covered(0.35)).severity()).isEqualTo(Severity.SEVERE);

        assertThat(CongestionPolicy.ratio(covered(0.3499))).isNaN();
        assertThat(judge(covered(0.3499)).standing()).isEqualTo(Standing.UNDECIDED);
        assertThat(judge(covered(Double.NaN)).standing()).isEqualTo(Standing.UNDECIDED);
        assertThat(CongestionPolicy.ratio(moving(0.4))).isEqualTo(0.4);
    }

    @Test
    void whereTravelTimeIsMeasuredOccupancySaysNothing() {
        assertThat(CongestionPolicy.judge(RULE, CONGESTION, covered(0.9), true).standing())
                .isEqualTo(Standing.UNDECIDED);
    }

    /** Of 20 km/h nobody can say yet whether they are slow here; that they are no standstill is plain. */
    @Test
    void whatMovesDoesNotStandThoughItsFreeFlowIsNotKnown() {
        assertThat(judge(part(20, Double.NaN, 0.4)).standing()).isEqualTo(Standing.UNDECIDED);

        Detector unknown = LOOP.learning();
        assertThat(judge(OneMinute.of(unknown), unknown.reads(END, 60, 0, 20, 20, 0.4))
                        .standing())
                .isEqualTo(Standing.UNDECIDED);
    }

    @Test
    void ofARuleAboutSomethingElseItSaysNothing() {
        Rule incident = RuleCodec.defaultRules().get(1);
        OneMinute minute = OneMinute.of(LOOP);
        Observation crawling = LOOP.reads(END, 20, 10);
        Verdict verdict = CongestionPolicy.judge(incident, minute.summary(crawling), minute.seen(crawling));

        assertThat(verdict.standing()).isEqualTo(Standing.UNDECIDED);
        assertThat(verdict.severity()).isEqualTo(Severity.SEVERE);
    }

    @Test
    void itTellsSpeedShareAndFreeFlow() {
        Verdict verdict = judge(OneMinute.of(LOOP), LOOP.reads(END, 60, 0, 20, 40, 0.2));

        assertThat(Objects.requireNonNull(verdict.telling()).summary())
                .isEqualTo("Traffic on a moves at 40 km/h, 40 % of its free-flow speed of 100 km/h");
    }

    @Test
    void itTellsAStandstill() {
        Verdict verdict = judge(OneMinute.of(LOOP), LOOP.reads(END, 60, 0, 0, Double.NaN, 0.9));

        assertThat(verdict.standing()).isEqualTo(Standing.ENTER);
        assertThat(Objects.requireNonNull(verdict.telling()).summary()).isEqualTo("Traffic on a stands");
    }

    /** 20 vehicles a minute are 1,200 an hour. */
    @Test
    void itsEvidenceHoldsWhatWasObservedAgainstTheThreshold() {
        Verdict verdict = judge(OneMinute.of(LOOP), LOOP.reads(END, 60, 0, 20, 40, 0.2));
        JsonNode evidence = Objects.requireNonNull(verdict.telling()).evidence(START.minusSeconds(120), END);

        assertThat(evidence.path("window"))
                .hasToString("{\"start\":\"2026-11-23T07:58:00Z\",\"end\":\"2026-11-23T08:01:00Z\"}");
        assertThat(evidence.path("observed"))
                .hasToString("{\"speedKmh\":40.0,\"speedRatio\":0.4,\"vehicleFlowPerHour\":1200.0,\"occupancy\":0.2}");
        assertThat(evidence.path("threshold"))
                .hasToString("{\"enterSpeedRatioBelow\":0.5,\"enterFor\":\"PT3M\",\"exitSpeedRatioAbove\":0.7,"
                        + "\"exitFor\":\"PT5M\"}");
        assertThat(evidence.path("freeFlow")).hasToString("{\"speedKmh\":100.0,\"baseline\":\"configured\"}");
        assertThat(evidence.path("samples")).hasSize(1);
    }
}

package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCodecTest {
    private static final String CONTRACT_EXAMPLES = """
            - id: ring-road-congestion
              kind: congestion
              mode: active
              scope: {city: aarhus, road-segments: ["ring-*"]}
              enter: {speed-ratio-below: 0.5, for: PT3M}
              exit:  {speed-ratio-above: 0.7, for: PT5M}
              severity: {moderate: {speed-ratio-below: 0.5}, severe: {speed-ratio-below: 0.3}}
              schedule: {days: [mon, tue, wed, thu, fri], from: "06:00", to: "20:00", time-zone: Europe/Copenhagen}
              labels: {team: traffic-control}
            - id: freeway-incident
              kind: incident
              scope: {corridors: ["*"]}
              method: {california7: {calibrate: true}, capacity-drop: {below: 0.7}}
              severity: severe
            - id: bad-air
              kind: air-index
              index: european
              enter: {level-at-least: poor, for: PT1H}
              exit:  {level-at-most: moderate, for: PT2H}
            - id: no2-alert
              kind: air-exceedance
              pollutant: no2
              above: 200 ug/m3
              consecutive-hours: 3
            - id: pm-rise
              kind: air-rapid-rise
              pollutant: pm25
              rise: {at-least: 20 ug/m3, within: PT3H, sigmas: 4}
            - id: any-threshold
              kind: threshold
              metric: traffic.occupancy
              aggregate: mean
              window: PT10M
              slide: PT1M
              enter: {above: 0.6}
              exit: {below: 0.4}
            - id: sensor-trouble
              kind: sensor-health
              states: [silent, stuck, implausible, clock-skewed]
              for: PT10M
              severity: minor
            """;

    @Test
    void everyRuleKindOfTheContractsIsRead() throws InvalidRuleException {
        List<Rule> rules = RuleCodec.readDocument(CONTRACT_EXAMPLES);

        assertThat(rules).extracting(Rule::kind).containsExactly(RuleKind.values());
        assertThat(rules.get(0).condition())
                .isEqualTo(new Condition.Congestion(0.5, Duration.ofMinutes(3), 0.7, Duration.ofMinutes(5)));
        assertThat(rules.get(0).severity())
                .containsExactly(new SeverityStep(Severity.MODERATE, 0.5), new SeverityStep(Severity.SEVERE, 0.3));
        assertThat(rules.get(3).condition()).isEqualTo(new Condition.Exceedance(Pollutant.NO2, 200, 3));
    }

    @Test
    void aRuleSurvivesTheTopicUnchanged() throws InvalidRuleException {
        for (Rule rule : RuleCodec.readDocument(CONTRACT_EXAMPLES)) {
            Rule applied = rule.withVersion(3, Instant.parse("2026-11-23T08:15:00Z"));
            assertThat(RuleCodec.read(RuleCodec.write(applied))).isEqualTo(applied);
        }
    }

    @Test
    void theHashDependsOnTheMeaningAndNotOnTheSpelling() throws InvalidRuleException {
        Rule spelled = RuleCodec.readDocument(
                        "[{kind: air-exceedance, id: x, above: 0.2 mg/m3, pollutant: no2, consecutive-hours: 3, mode: active}]")
                .get(0);
        Rule same = RuleCodec.readDocument(
                        "- {id: x, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 3}")
                .get(0);
        Rule other = RuleCodec.readDocument(
                        "- {id: x, kind: air-exceedance, pollutant: no2, above: 201 ug/m3, consecutive-hours: 3}")
                .get(0);

        assertThat(spelled.hash()).isEqualTo(same.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void everyProblemIsNamedWithItsPath() {
        String document = """
                - id: a b
                  kind: congestion
                  enter: {speed-ratio-below: 0.5, for: 3 minutes}
                  exit: {speed-ratio-over: 0.7, for: PT5M}
                - id: bad-air
                  kind: air-index
                  index: european
                  enter: {level-at-least: terrible, for: PT1H}
                  exit: {level-at-most: moderate, for: PT2H}
                """;

        assertThatThrownBy(() -> RuleCodec.readDocument(document))
                .isInstanceOfSatisfying(
                        InvalidRuleException.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidRuleException.Problem::path)
                                .contains(
                                        "[0].enter.for",
                                        "[0].exit.speed-ratio-above",
                                        "[0].exit.speed-ratio-over",
                                        "[1].enter.level-at-least"));
    }

    @Test
    void contradictoryThresholdsAreRefused() {
        assertThatThrownBy(
                        () -> RuleCodec.readDocument(
                                "- {id: x, kind: congestion, enter: {speed-ratio-below: 0.7, for: PT3M}, exit: {speed-ratio-above: 0.5, for: PT5M}}"))
                .hasMessageContaining("exit.speed-ratio-above (0.5) must not be below enter.speed-ratio-below (0.7)");
    }

    @Test
    void theDefaultRulesHoldFromTheBeginningOfTime() {
        assertThat(RuleCodec.defaultRules()).hasSize(9).allSatisfy(rule -> {
            assertThat(rule.version()).isEqualTo(1);
            assertThat(rule.effectiveFrom()).isEqualTo(Instant.EPOCH);
        });
    }
}

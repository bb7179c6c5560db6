package org.citystream.testsupport.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;

/** The default rules, and at times a second version of some of them that takes effect in the middle. */
final class RandomRules {
    private static final List<String> LATER_VERSIONS = List.of("""
            - id: segment-congestion
              kind: congestion
              enter: {speed-ratio-below: 0.6, for: PT2M}
              exit: {speed-ratio-above: 0.65, for: PT3M}
              severity: moderate
            """, """
            - id: segment-congestion
              kind: congestion
              mode: "off"
              enter: {speed-ratio-below: 0.5, for: PT3M}
              exit: {speed-ratio-above: 0.7, for: PT5M}
            """, """
            - id: segment-congestion
              kind: congestion
              enter: {speed-ratio-below: 0.5, for: PT3M}
              exit: {speed-ratio-above: 0.7, for: PT5M}
              severity: {moderate: {speed-ratio-below: 0.5}, severe: {speed-ratio-below: 0.3}}
              labels: {team: night}
            """, """
            - id: road-incident
              kind: incident
              method: {capacity-drop: {below: 0.8}}
              severity: severe
            """, """
            - id: no2-alert
              kind: air-exceedance
              pollutant: no2
              above: 120 ug/m3
              consecutive-hours: 2
            """, """
            - id: european-index-poor
              kind: air-index
              index: european
              mode: deleted
              enter: {level-at-least: poor, for: PT1H}
              exit: {level-at-most: moderate, for: PT2H}
            """);

    private static final List<String> AVERAGED = List.of("""
            - id: ozone-8h
              kind: air-exceedance
              pollutant: o3
              above: 100 ug/m3
              averaging: 8h
              consecutive-hours: 1
            """, """
            - id: pm10-day
              kind: air-exceedance
              pollutant: pm10
              above: 45 ug/m3
              averaging: day
              consecutive-days: 1
            """, """
            - id: pm25-rise
              kind: air-rapid-rise
              pollutant: pm25
              rise: {at-least: 20 ug/m3, within: PT2H, sigmas: 1}
            """);

    private RandomRules() {}

    /** Rules that look further back than an hour. */
    static List<Rule> averaged() {
        return AVERAGED.stream()
                .map(document -> parsed(document).withVersion(1, Instant.EPOCH))
                .toList();
    }

    static List<Rule> between(Instant from, Instant to, Random random) {
        List<Rule> rules = new ArrayList<>(RuleCodec.defaultRules());
        if (random.nextInt(3) == 0) {
            String document = LATER_VERSIONS.get(random.nextInt(LATER_VERSIONS.size()));
            rules.add(parsed(document).withVersion(2, RandomTimes.wholeMinute(from, to, random)));
        }
        return rules;
    }

    private static Rule parsed(String document) {
        try {
            return RuleCodec.readDocument(document).get(0);
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }
}

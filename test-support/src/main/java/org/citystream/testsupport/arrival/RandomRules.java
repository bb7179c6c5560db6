package org.citystream.testsupport.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;

/** The default rules, at times thresholds, and at times a second version of some of them that takes effect in the middle. */
final class RandomRules {
    /** A schedule ends more than an hour before cities are compared: whoever is silent then is told within the hour. */
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
            - id: segment-congestion
              kind: congestion
              mode: shadow
              scope: {road-segments: ["segment-1*", "segment-3*"]}
              schedule: {time-zone: Europe/Copenhagen, days: [mon], from: "00:10", to: "06:20"}
              enter: {speed-ratio-below: 0.5, for: PT3M}
              exit: {speed-ratio-above: 0.7, for: PT5M}
            """, """
            - id: crowded
              kind: threshold
              metric: traffic.occupancy
              aggregate: min
              window: PT5M
              slide: PT1M
              enter: {above: 0.5}
              exit: {below: 0.4}
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

    /** Every way of looking back, over windows that slide with and without overlap. */
    private static final List<Rule> THRESHOLDS = Stream.of(
                    threshold(
                            "slow-p85", "traffic.spaceMeanSpeedKmh", "p85", "PT10M", "PT1M", "below: 40", "above: 50"),
                    threshold("crowded", "traffic.occupancy", "mean", "PT15M", "PT5M", "above: 0.5", "below: 0.45"),
                    threshold("few", "traffic.readingCount", "sum", "PT30M", "PT30M", "below: 25", "above: 28"),
                    threshold("muddle", "air.windDirectionDeg", "last", "PT1H", "PT1H", "above: 180", "below: 170"),
                    threshold("smoke", "air.pm25UgM3", "max", "PT6H", "PT2H", "above: 40", "below: 30"))
            .map(document -> parsed(document).withVersion(1, Instant.EPOCH))
            .toList();

    private RandomRules() {}

    private static String threshold(
            String id, String metric, String aggregate, String window, String slide, String enter, String exit) {
        return """
            - id: %s
              kind: threshold
              metric: %s
              aggregate: %s
              window: %s
              slide: %s
              enter: {%s}
              exit: {%s}
            """.formatted(id, metric, aggregate, window, slide, enter, exit);
    }

    /** Rules that look further back than an hour. */
    static List<Rule> averaged() {
        return AVERAGED.stream()
                .map(document -> parsed(document).withVersion(1, Instant.EPOCH))
                .toList();
    }

    static List<Rule> between(Instant from, Instant to, Random random) {
        List<Rule> rules = new ArrayList<>(RuleCodec.defaultRules());
        if (random.nextBoolean()) {
            rules.addAll(THRESHOLDS);
        }
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

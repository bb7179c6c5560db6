package org.citystream.analytics.district;

import java.time.Instant;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;

/** Rules about districts. */
final class DistrictRules {
    /** Moderate above 200, severe above 300 µg/m³, from the first hour on. */
    static final String NO2 = """
            id: no2
            kind: air-exceedance
            pollutant: no2
            above: 200 ug/m3
            consecutive-hours: 1
            severity: {moderate: {above: 200 ug/m3}, severe: {above: 300 ug/m3}}
            """;

    /** From the first hour that is poor (4), until two hours in a row have been moderate (3) or better. */
    static final String EUROPEAN = """
            id: bad-air
            kind: air-index
            index: european
            enter: {level-at-least: poor, for: PT1H}
            exit: {level-at-most: moderate, for: PT2H}
            severity: {moderate: {level-at-least: poor}, severe: {level-at-least: very-poor}}
            """;

    static final String US_AQI = """
            id: us
            kind: air-index
            index: us-aqi
            enter: {level-at-least: unhealthy, for: PT1H}
            exit: {level-at-most: moderate, for: PT1H}
            severity: {moderate: {level-at-least: unhealthy}}
            """;

    private DistrictRules() {}

    static Rule rule(String document) throws InvalidRuleException {
        return rule(document, 1, Instant.EPOCH);
    }

    static Rule rule(String document, int version, Instant from) throws InvalidRuleException {
        return RuleCodec.readDocument(document).get(0).withVersion(version, from);
    }
}

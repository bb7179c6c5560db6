package org.citystream.analytics.rule;

import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;

/** Whom a rule is about. */
enum Audience {
    SEGMENTS,
    STATIONS,
    SENSORS;

    /** Corridors are covered through their segments. */
    static Audience of(Rule rule) {
        return switch (rule.kind()) {
            case CONGESTION, INCIDENT -> SEGMENTS;
            case AIR_INDEX, AIR_EXCEEDANCE, AIR_RAPID_RISE -> STATIONS;
            case THRESHOLD -> isAboutAir(rule) ? STATIONS : SEGMENTS;
            case SENSOR_HEALTH -> SENSORS;
        };
    }

    private static boolean isAboutAir(Rule rule) {
        return rule.condition() instanceof Condition.Threshold threshold && threshold.isAboutAir();
    }

    static Audience of(SensorKind kind) {
        return kind == SensorKind.TRAFFIC ? SEGMENTS : STATIONS;
    }
}

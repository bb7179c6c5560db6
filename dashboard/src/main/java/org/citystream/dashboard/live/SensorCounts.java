package org.citystream.dashboard.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.citystream.model.rule.Condition;

/** How many sensors are in which state of health, as {@code citystream_dashboard_sensors{state="silent"}}. */
public final class SensorCounts {
    private static final String HEALTHY = "healthy";

    private SensorCounts() {}

    /** Counts whenever metrics are read. */
    public static void watch(CityState city, MeterRegistry metrics) {
        watch(HEALTHY, city, metrics);
        Condition.Health.KNOWN_STATES.forEach(state -> watch(state, city, metrics));
    }

    private static void watch(String state, CityState city, MeterRegistry metrics) {
        Gauge.builder("citystream.dashboard.sensors", city, known -> count(known, state))
                .description("Sensors in this state of health")
                .tag("state", state)
                .register(metrics);
    }

    private static long count(CityState city, String state) {
        return city.health().values().stream()
                .filter(health -> health.state().equals(state))
                .count();
    }
}

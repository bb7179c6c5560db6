package org.citystream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import org.citystream.model.summary.SensorHealth;
import org.junit.jupiter.api.Test;

class SensorCountsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void aSensorCountsInItsLatestState() {
        CityState city = new CityState();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SensorCounts.watch(city, metrics);
        assertThat(metrics.scrape()).contains("citystream_dashboard_sensors{state=\"silent\"} 0.0");

        city.accept(health("loop-1", "silent"));
        city.accept(health("loop-2", "silent"));
        city.accept(health("loop-1", "healthy"));

        assertThat(metrics.scrape())
                .contains("citystream_dashboard_sensors{state=\"silent\"} 1.0")
                .contains("citystream_dashboard_sensors{state=\"healthy\"} 1.0");
    }

    private static SensorHealth health(String sensorId, String state) {
        return new SensorHealth(sensorId, "traffic", "lindholm", state, 1, NOON, NOON, "", null);
    }
}

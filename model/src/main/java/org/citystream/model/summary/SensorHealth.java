package org.citystream.model.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one sensor's health, as on {@code city.sensor-health.v1}.
 *
 * @param kind {@code traffic} or {@code air}
 * @param state {@code healthy, silent, stuck, implausible, clock-skewed, duplicate-identity, drifting}
 * @param trust 0..1
 * @param since event time from which the state holds
 * @param at clock at which it was decided
 * @param reason one sentence for people
 * @param findings every reason for less than full trust, worst first; absent: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SensorHealth(
        String sensorId,
        String kind,
        @Nullable String cityId,
        String state,
        double trust,
        Instant since,
        Instant at,
        String reason,
        @Nullable List<HealthFinding> findings) {}

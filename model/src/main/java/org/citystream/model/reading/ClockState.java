package org.citystream.model.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The deployment's clock as on MQTT topic {@code city/clock} and on Kafka topic {@code city.clock.v1}, for dashboards.
 *
 * @param now what the deployment calls now
 * @param speed clock seconds per wall second; 1 is real time
 * @param since as in {@link ClockTick}; absent on MQTT
 * @param source {@code wall}, {@code simulated} or {@code replay}; absent means {@code wall}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClockState(
        Instant now,
        double speed,
        @Nullable Instant since,
        @Nullable String source) {}

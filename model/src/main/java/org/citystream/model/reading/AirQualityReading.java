package org.citystream.model.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One air station's observation of a period, as on {@code city.readings.air.v1}. Gases are µg/m³ at 20 °C and 101.3 kPa
 * (CO mg/m³), particulates µg/m³ at ambient conditions.
 *
 * @param observedAt end of the observed period, exclusive (event time)
 * @param periodSeconds length of the observed period, s; absent: the registry's expected interval
 * @param bootId with {@code sequence} the identity of the message; both or neither
 * @param relativeHumidity 0..1
 * @param windDirectionDeg where the wind comes from, degrees from north, 0 inclusive to 360
 * @param receivedAt wall clock of the gateway at arrival
 * @param clockAt the deployment's clock at arrival
 * @param flags what the gateway found remarkable, such as {@code unregistered}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AirQualityReading(
        String sensorId,
        Instant observedAt,
        @Nullable Integer periodSeconds,
        @Nullable String bootId,
        @Nullable Long sequence,
        @Nullable Double pm25UgM3,
        @Nullable Double pm10UgM3,
        @Nullable Double no2UgM3,
        @Nullable Double o3UgM3,
        @Nullable Double so2UgM3,
        @Nullable Double coMgM3,
        @Nullable Double temperatureC,
        @Nullable Double relativeHumidity,
        @Nullable Double windSpeedMs,
        @Nullable Double windDirectionDeg,
        @Nullable String foreignId,
        @Nullable String cityId,
        @Nullable Instant receivedAt,
        @Nullable Instant clockAt,
        @Nullable List<String> flags) {}

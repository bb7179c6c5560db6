package org.citystream.model.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One traffic detector's observation of a period, as on {@code city.readings.traffic.v1}.
 *
 * @param observedAt end of the observed period, exclusive (event time)
 * @param periodSeconds length of the observed period, s; absent: the registry's expected interval
 * @param bootId with {@code sequence} the identity of the message; both or neither
 * @param laneId lane the detector watches, from 1; absent: the whole carriageway
 * @param vehicleCount vehicles in the period (for travel-time sensors: matched vehicles)
 * @param averageSpeedKmh mean speed of these vehicles, km/h
 * @param occupancy share of the period in which the detector was covered, 0..1
 * @param receivedAt wall clock of the gateway at arrival
 * @param clockAt the deployment's clock at arrival
 * @param flags what the gateway found remarkable, such as {@code unregistered}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrafficReading(
        String sensorId,
        Instant observedAt,
        @Nullable Integer periodSeconds,
        @Nullable String bootId,
        @Nullable Long sequence,
        @Nullable Integer laneId,
        @Nullable Integer vehicleCount,
        @Nullable Double averageSpeedKmh,
        @Nullable Double occupancy,
        @Nullable String foreignId,
        @Nullable String cityId,
        @Nullable Instant receivedAt,
        @Nullable Instant clockAt,
        @Nullable List<String> flags) {}

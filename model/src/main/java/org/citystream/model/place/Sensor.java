package org.citystream.model.place;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a registry entry, as on {@code city.sensors.v1} (key {@code sensorId@version}).
 *
 * @param corridorPositionM position along the corridor, m, growing in driving direction
 * @param lengthM length of the road segment the sensor stands for, m
 * @param freeFlowSpeedKmh configured free-flow speed, km/h; absent: learned
 * @param expectedIntervalSeconds time between readings, s
 * @param uploadIntervalSeconds time between uploads, s; absent: {@code expectedIntervalSeconds}
 * @param timeZone IANA zone of the place; absent: UTC
 * @param roadGeometry the road segment as a line of [longitude, latitude] in driving direction, for maps
 * @param version 1, 2, ...
 * @param effectiveFrom event time from which this version holds
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Sensor(
        String sensorId,
        SensorKind kind,
        String cityId,
        @Nullable String name,
        @Nullable GeoPoint location,
        @Nullable String roadSegmentId,
        @Nullable Integer laneCount,
        @Nullable String corridorId,
        @Nullable Double corridorPositionM,
        @Nullable Double lengthM,
        @Nullable Facility facility,
        @Nullable Measurement measurement,
        @Nullable Double freeFlowSpeedKmh,
        @Nullable String stationId,
        @Nullable Setting setting,
        @Nullable Integer expectedIntervalSeconds,
        @Nullable Integer uploadIntervalSeconds,
        @Nullable String timeZone,
        @Nullable String foreignId,
        boolean retired,
        @Nullable List<List<Double>> roadGeometry,
        @Nullable Map<String, String> attributes,
        int version,
        @Nullable Instant effectiveFrom) {

    /** Seconds between readings where the registry does not say. */
    public static final int DEFAULT_INTERVAL_SECONDS = 60;

    /** Fills the defaults of the registry: segment and station are the sensor itself, urban street, point. */
    public Sensor {
        roadSegmentId = roadSegmentId == null && kind == SensorKind.TRAFFIC ? sensorId : roadSegmentId;
        stationId = stationId == null && kind == SensorKind.AIR ? sensorId : stationId;
        facility = facility == null && kind == SensorKind.TRAFFIC ? Facility.URBAN_STREET : facility;
        measurement = measurement == null && kind == SensorKind.TRAFFIC ? Measurement.POINT : measurement;
    }

    /** The road segment (traffic) or station (air) this sensor belongs to. */
    @JsonIgnore
    public String subjectId() {
        String id = kind == SensorKind.TRAFFIC ? roadSegmentId : stationId;
        return id == null ? sensorId : id;
    }

    @JsonIgnore
    public int expectedInterval() {
        return expectedIntervalSeconds == null ? DEFAULT_INTERVAL_SECONDS : expectedIntervalSeconds;
    }

    @JsonIgnore
    public int uploadInterval() {
        return uploadIntervalSeconds == null ? expectedInterval() : uploadIntervalSeconds;
    }

    /** Key of this version on {@code city.sensors.v1}. */
    @JsonIgnore
    public String key() {
        return sensorId + "@" + version;
    }

    public Sensor withVersion(int newVersion, Instant newEffectiveFrom) {
        return new Sensor(
                sensorId,
                kind,
                cityId,
                name,
                location,
                roadSegmentId,
                laneCount,
                corridorId,
                corridorPositionM,
                lengthM,
                facility,
                measurement,
                freeFlowSpeedKmh,
                stationId,
                setting,
                expectedIntervalSeconds,
                uploadIntervalSeconds,
                timeZone,
                foreignId,
                retired,
                roadGeometry,
                attributes,
                newVersion,
                newEffectiveFrom);
    }
}

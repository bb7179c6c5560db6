package org.citystream.model.place;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final int LONGEST_INTERVAL_SECONDS = 31 * 24 * 3600;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Fills the defaults of the registry: segment and station are the sensor itself, urban street, point.
     *
     * @throws IllegalArgumentException naming the field, if one is missing or cannot be
     */
    public Sensor {
        if (sensorId == null || !ID.matcher(sensorId).matches()) {
            throw new IllegalArgumentException("sensorId must match " + ID + " but is '" + sensorId + "'");
        }
        if (kind == null || cityId == null) {
            throw new IllegalArgumentException((kind == null ? "kind" : "cityId") + " is required");
        }
        requireWithin("laneCount", laneCount, 100);
        requireWithin("lengthM", lengthM, 1e6);
        requireWithin("freeFlowSpeedKmh", freeFlowSpeedKmh, 500);
        requireWithin("expectedIntervalSeconds", expectedIntervalSeconds, LONGEST_INTERVAL_SECONDS);
        requireWithin("uploadIntervalSeconds", uploadIntervalSeconds, LONGEST_INTERVAL_SECONDS);
        if (effectiveFrom != null && (effectiveFrom.isBefore(EARLIEST) || effectiveFrom.isAfter(LATEST))) {
            throw new IllegalArgumentException("effectiveFrom is out of range: " + effectiveFrom);
        }
        roadSegmentId = roadSegmentId == null && kind == SensorKind.TRAFFIC ? sensorId : roadSegmentId;
        stationId = stationId == null && kind == SensorKind.AIR ? sensorId : stationId;
        facility = facility == null && kind == SensorKind.TRAFFIC ? Facility.URBAN_STREET : facility;
        measurement = measurement == null && kind == SensorKind.TRAFFIC ? Measurement.POINT : measurement;
    }

    private static void requireWithin(String field, @Nullable Number value, double atMost) {
        if (value != null && !(value.doubleValue() > 0 && value.doubleValue() <= atMost)) {
            throw new IllegalArgumentException(
                    field + " must be above 0 and at most " + (long) atMost + " but is " + value);
        }
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

    /** Whether the registry says when the sensor reports. */
    public boolean declaresInterval() {
        return expectedIntervalSeconds != null || uploadIntervalSeconds != null;
    }

    /** Key of this version on {@code city.sensors.v1}. */
    @JsonIgnore
    public String key() {
        return sensorId + "@" + version;
    }

    public Sensor withVersion(int newVersion, Instant newEffectiveFrom) {
        return copy(retired, newVersion, newEffectiveFrom);
    }

    /** The same sensor, whose readings no longer count. */
    public Sensor asRetired() {
        return copy(true, version, effectiveFrom);
    }

    private Sensor copy(boolean isRetired, int newVersion, @Nullable Instant newEffectiveFrom) {
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
                isRetired,
                roadGeometry,
                attributes,
                newVersion,
                newEffectiveFrom);
    }
}

package org.citystream.analytics.place;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of a road segment or station at one time: its sensors, and what these say of the place. Where
 * sensors disagree, the first in sensorId order that says anything counts.
 *
 * @param sensors ascending by sensorId, none retired; empty: the subject is not registered
 * @param known whether the registry speaks of the subject at any time
 */
public record SubjectProfile(SensorKind kind, String subjectId, List<Sensor> sensors, boolean known) {
    private static final String DISTRICT = "district";

    /**
     * Whether readings of a sensor say anything about the subject: one that has been retired or moved away may still be
     * sending. Where the registry does not know the subject, all do.
     */
    public boolean counts(String sensorId) {
        return !known || sensor(sensorId) != null;
    }

    /** The first value any sensor gives. */
    public <T> @Nullable T first(Function<Sensor, @Nullable T> attribute) {
        for (Sensor sensor : sensors) {
            T value = attribute.apply(sensor);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    public boolean isRegistered() {
        return !sensors.isEmpty();
    }

    /** Whether all its sensors have been retired or moved away. */
    public boolean isRetired() {
        return known && sensors.isEmpty();
    }

    public @Nullable String cityId() {
        return first(Sensor::cityId);
    }

    public @Nullable String name() {
        return first(Sensor::name);
    }

    public @Nullable String corridorId() {
        return first(Sensor::corridorId);
    }

    /** The district as drawn in the registry (attribute {@code district}); where none is drawn, the city is one. */
    public @Nullable String districtId() {
        String drawn = first(SubjectProfile::district);
        return drawn == null ? cityId() : drawn;
    }

    /** Whether somebody has drawn the district. */
    public boolean isDistrictDrawn() {
        return first(SubjectProfile::district) != null;
    }

    static @Nullable String district(Sensor sensor) {
        Map<String, String> attributes = sensor.attributes();
        return attributes == null ? null : attributes.get(DISTRICT);
    }

    public @Nullable GeoPoint location() {
        return first(Sensor::location);
    }

    /** Local time of the place; UTC where the registry does not say, or says nonsense. */
    public ZoneId zone() {
        String zone = first(Sensor::timeZone);
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** Longest expected time between uploads of any sensor, s. */
    public int uploadIntervalSeconds() {
        return sensors.stream().mapToInt(Sensor::uploadInterval).max().orElse(Sensor.DEFAULT_INTERVAL_SECONDS);
    }

    /** Longest expected time between readings of any sensor, s. */
    public int expectedIntervalSeconds() {
        return sensors.stream().mapToInt(Sensor::expectedInterval).max().orElse(Sensor.DEFAULT_INTERVAL_SECONDS);
    }

    /** The sensor with this id, if it belongs to the subject. */
    public @Nullable Sensor sensor(String sensorId) {
        for (Sensor sensor : sensors) {
            if (Objects.equals(sensor.sensorId(), sensorId)) {
                return sensor;
            }
        }
        return null;
    }
}

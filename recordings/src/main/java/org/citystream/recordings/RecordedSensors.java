package org.citystream.recordings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.jspecify.annotations.Nullable;

/** Registry entries of recorded sensors, as far as a recording tells. */
final class RecordedSensors {
    private static final Map<String, String> ATTRIBUTES = Map.of("source", "recording");

    private RecordedSensors() {}

    static Sensor traffic(
            String sensorId,
            String cityId,
            String name,
            @Nullable GeoPoint location,
            @Nullable Integer laneCount,
            @Nullable Double lengthM,
            Facility facility,
            Measurement measurement,
            int intervalSeconds,
            String timeZone,
            @Nullable List<List<Double>> roadGeometry) {
        return new Sensor(
                sensorId,
                SensorKind.TRAFFIC,
                cityId,
                name,
                location,
                null,
                laneCount,
                null,
                null,
                lengthM,
                facility,
                measurement,
                null,
                null,
                null,
                intervalSeconds,
                null,
                timeZone,
                null,
                false,
                roadGeometry,
                ATTRIBUTES,
                0,
                null);
    }

    static Sensor air(
            String sensorId,
            String cityId,
            String name,
            @Nullable GeoPoint location,
            @Nullable Setting setting,
            int intervalSeconds,
            String timeZone) {
        return new Sensor(
                sensorId,
                SensorKind.AIR,
                cityId,
                name,
                location,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                setting,
                intervalSeconds,
                null,
                timeZone,
                null,
                false,
                null,
                ATTRIBUTES,
                0,
                null);
    }

    /** A sensor of which nothing is known but its readings. */
    static Sensor unknown(String sensorId, SensorKind kind, String cityId) {
        return new Sensor(
                sensorId,
                kind,
                cityId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                ATTRIBUTES,
                0,
                null);
    }

    /** An id made of a name: lower case, everything but letters and digits a hyphen. */
    static String id(String prefix, String name) {
        return prefix + "-"
                + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}

package org.citystream.model.series;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One measurement of the time-series store. Each point is written whole, its timestamp is the window end, and writing
 * the same time and tags again overwrites it.
 *
 * @param subjectTag the tag that names the subject (segment, station, sensor)
 * @param tags names of all tags
 * @param fields field name to unit ({@code "1"}: dimensionless number, {@code "text"}: a string)
 */
public record Series(String measurement, String subjectTag, List<String> tags, Map<String, String> fields) {

    public static final String TEXT = "text";

    public static final Series TRAFFIC = new Series(
            "traffic",
            "segment",
            List.of("city", "segment", "corridor"),
            fields(
                    "flow_veh_h",
                    "veh/h",
                    "speed_kmh",
                    "km/h",
                    "occupancy",
                    "1",
                    "density_veh_km_lane",
                    "veh/km",
                    "speed_ratio",
                    "1",
                    "travel_time_index",
                    "1",
                    "planning_time_index",
                    "1",
                    "delay_veh_h",
                    "veh-h",
                    "typical_speed_kmh",
                    "km/h",
                    "level_of_service",
                    TEXT,
                    "completeness",
                    "1"));

    public static final Series CORRIDOR = new Series(
            "corridor",
            "corridor",
            List.of("city", "corridor"),
            fields(
                    "travel_time_s",
                    "s",
                    "free_flow_travel_time_s",
                    "s",
                    "travel_time_index",
                    "1",
                    "planning_time_index",
                    "1",
                    "delay_veh_h",
                    "veh-h",
                    "queued_m",
                    "m",
                    "completeness",
                    "1"));

    public static final Series AIR = new Series(
            "air",
            "station",
            List.of("city", "station", "setting"),
            fields(
                    "pm25",
                    "µg/m³",
                    "pm10",
                    "µg/m³",
                    "no2",
                    "µg/m³",
                    "o3",
                    "µg/m³",
                    "so2",
                    "µg/m³",
                    "co",
                    "mg/m³",
                    "us_aqi",
                    "1",
                    "european_index",
                    "1",
                    "pm25_nowcast",
                    "µg/m³",
                    "pm10_nowcast",
                    "µg/m³",
                    "temperature_c",
                    "°C",
                    "relative_humidity",
                    "1",
                    "wind_speed_ms",
                    "m/s",
                    "wind_direction_deg",
                    "°",
                    "completeness",
                    "1"));

    public static final Series SENSOR_HEALTH = new Series(
            "sensor_health", "sensor", List.of("city", "sensor", "kind"), fields("trust", "1", "state", TEXT));

    public static final Series EVENTS = new Series(
            "events",
            "subject",
            List.of("city", "kind", "severity", "subject"),
            fields("transition", TEXT, "value", "1"));

    /** Every measurement. */
    public static final List<Series> ALL = List.of(TRAFFIC, CORRIDOR, AIR, SENSOR_HEALTH, EVENTS);

    private static Map<String, String> fields(String... namesAndUnits) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndUnits.length; i += 2) {
            fields.put(namesAndUnits[i], namesAndUnits[i + 1]);
        }
        return fields;
    }
}

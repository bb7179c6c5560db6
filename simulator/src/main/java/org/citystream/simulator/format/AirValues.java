package org.citystream.simulator.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citystream.model.reading.AirQualityReading;
import org.jspecify.annotations.Nullable;

/** What an air station measured, by the names that most formats have for it, in the units of readings. */
final class AirValues {
    private AirValues() {}

    static Map<String, Double> of(AirQualityReading reading) {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, "pm25", reading.pm25UgM3());
        put(values, "pm10", reading.pm10UgM3());
        put(values, "no2", reading.no2UgM3());
        put(values, "o3", reading.o3UgM3());
        put(values, "so2", reading.so2UgM3());
        put(values, "co", reading.coMgM3());
        put(values, "temperature", reading.temperatureC());
        put(values, "relativeHumidity", reading.relativeHumidity());
        put(values, "windSpeed", reading.windSpeedMs());
        put(values, "windDirection", reading.windDirectionDeg());
        return values;
    }

    private static void put(Map<String, Double> values, String name, @Nullable Double value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}

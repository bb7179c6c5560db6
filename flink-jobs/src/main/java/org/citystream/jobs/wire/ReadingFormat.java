package org.citystream.jobs.wire;

import java.util.List;

/** Which measured fields a readings topic carries, in the order of {@link Reading#values()}. */
public enum ReadingFormat {
    /** 0 vehicle count, 1 average speed (km/h), 2 occupancy (0..1). */
    TRAFFIC("vehicleCount", "averageSpeedKmh", "occupancy"),
    /** 0 PM2.5, 1 PM10, 2 NO2, 3 O3, 4 SO2 (µg/m³), 5 CO (mg/m³), 6 °C, 7 humidity, 8 wind m/s, 9 wind direction. */
    AIR(
            "pm25UgM3",
            "pm10UgM3",
            "no2UgM3",
            "o3UgM3",
            "so2UgM3",
            "coMgM3",
            "temperatureC",
            "relativeHumidity",
            "windSpeedMs",
            "windDirectionDeg");

    private final List<String> fields;

    ReadingFormat(String... fields) {
        this.fields = List.of(fields);
    }

    /** JSON field names. */
    public List<String> fields() {
        return fields;
    }
}

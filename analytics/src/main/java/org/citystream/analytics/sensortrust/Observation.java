package org.citystream.analytics.sensortrust;

import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

/**
 * One reading as its sensor's health sees it.
 *
 * @param channel what repeats itself as a whole: {@code all-air}, or {@code all-traffic} with the lane
 * @param observedAtMillis end of the observed period, ms since 1970
 * @param values measured values by field name, ascending
 */
public record Observation(String channel, long observedAtMillis, Map<String, Double> values) {
    static final String ALL_AIR = "all-air";
    static final String ALL_TRAFFIC = "all-traffic";

    public static Observation of(AirQualityReading reading) {
        Map<String, Double> values = new TreeMap<>();
        put(values, "pm25UgM3", reading.pm25UgM3());
        put(values, "pm10UgM3", reading.pm10UgM3());
        put(values, "no2UgM3", reading.no2UgM3());
        put(values, "o3UgM3", reading.o3UgM3());
        put(values, "so2UgM3", reading.so2UgM3());
        put(values, "coMgM3", reading.coMgM3());
        put(values, "temperatureC", reading.temperatureC());
        put(values, "relativeHumidity", reading.relativeHumidity());
        put(values, "windSpeedMs", reading.windSpeedMs());
        put(values, "windDirectionDeg", reading.windDirectionDeg());
        return new Observation(ALL_AIR, reading.observedAt().toEpochMilli(), values);
    }

    public static Observation of(TrafficReading reading) {
        Map<String, Double> values = new TreeMap<>();
        put(values, "vehicleCount", reading.vehicleCount());
        put(values, "averageSpeedKmh", reading.averageSpeedKmh());
        put(values, "occupancy", reading.occupancy());
        String lane = reading.laneId() == null ? "" : "/" + reading.laneId();
        return new Observation(ALL_TRAFFIC + lane, reading.observedAt().toEpochMilli(), values);
    }

    /** The row of the limits that the channel as a whole obeys. */
    String limitsOfAll() {
        return limitsName(channel);
    }

    static String limitsName(String channel) {
        int slash = channel.indexOf('/');
        return slash < 0 ? channel : channel.substring(0, slash);
    }

    private static void put(Map<String, Double> values, String name, @Nullable Number value) {
        if (value != null) {
            values.put(name, value.doubleValue());
        }
    }
}

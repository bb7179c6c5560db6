package org.citystream.dashboard.api;

import java.util.Map;
import org.citystream.dashboard.series.TimeSeriesReader;

/** What the fields of the time-series store are called in the summaries on the wire. */
final class SummaryNames {
    static final Map<String, String> TRAFFIC = Map.ofEntries(
            Map.entry(TimeSeriesReader.TIMESTAMP, "windowEnd"),
            Map.entry("flow_veh_h", "vehicleFlowPerHour"),
            Map.entry("speed_kmh", "spaceMeanSpeedKmh"),
            Map.entry("density_veh_km_lane", "densityVehKmLane"),
            Map.entry("speed_ratio", "speedRatio"),
            Map.entry("travel_time_index", "travelTimeIndex"),
            Map.entry("planning_time_index", "planningTimeIndex"),
            Map.entry("delay_veh_h", "vehicleDelayVehH"),
            Map.entry("typical_speed_kmh", "typicalSpeedKmh"),
            Map.entry("level_of_service", "levelOfService"));

    static final Map<String, String> AIR = Map.ofEntries(
            Map.entry(TimeSeriesReader.TIMESTAMP, "windowEnd"),
            Map.entry("pm25", "pm25UgM3"),
            Map.entry("pm10", "pm10UgM3"),
            Map.entry("no2", "no2UgM3"),
            Map.entry("o3", "o3UgM3"),
            Map.entry("so2", "so2UgM3"),
            Map.entry("co", "coMgM3"),
            Map.entry("us_aqi", "usAqi"),
            Map.entry("european_index", "europeanIndex"),
            Map.entry("pm25_nowcast", "pm25NowCastUgM3"),
            Map.entry("pm10_nowcast", "pm10NowCastUgM3"),
            Map.entry("temperature_c", "temperatureC"),
            Map.entry("relative_humidity", "relativeHumidity"),
            Map.entry("wind_speed_ms", "windSpeedMs"),
            Map.entry("wind_direction_deg", "windDirectionDeg"));

    private SummaryNames() {}
}

package org.citystream.jobs.timeseries;

import com.fasterxml.jackson.databind.JsonNode;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.event.CityEvent;
import org.citystream.model.series.Series;
import org.citystream.model.series.TagText;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;

/**
 * Records as lines of the line protocol, named as {@link Series} says. Every number is written as a float: a column that
 * once was an integer would refuse the first fraction. A record without any value gives no line.
 */
final class Lines {
    private Lines() {}

    static Optional<String> of(TrafficSummary summary) {
        Point point = point(Series.TRAFFIC, summary.windowEnd());
        tag(point, "city", summary.cityId());
        tag(point, "segment", summary.roadSegmentId());
        tag(point, "corridor", summary.corridorId());
        number(point, "flow_veh_h", summary.vehicleFlowPerHour());
        number(point, "speed_kmh", summary.spaceMeanSpeedKmh());
        number(point, "occupancy", summary.occupancy());
        number(point, "density_veh_km_lane", summary.densityVehKmLane());
        number(point, "speed_ratio", summary.speedRatio());
        number(point, "travel_time_index", summary.travelTimeIndex());
        number(point, "planning_time_index", summary.planningTimeIndex());
        number(point, "delay_veh_h", summary.vehicleDelayVehH());
        number(point, "typical_speed_kmh", summary.typicalSpeedKmh());
        text(point, "level_of_service", summary.levelOfService());
        number(point, "completeness", summary.completeness());
        return line(point);
    }

    static Optional<String> of(CorridorSummary summary) {
        Point point = point(Series.CORRIDOR, summary.windowEnd());
        tag(point, "city", summary.cityId());
        tag(point, "corridor", summary.corridorId());
        number(point, "travel_time_s", summary.travelTimeSeconds());
        number(point, "free_flow_travel_time_s", summary.freeFlowTravelTimeSeconds());
        number(point, "travel_time_index", summary.travelTimeIndex());
        number(point, "planning_time_index", summary.planningTimeIndex());
        number(point, "delay_veh_h", summary.vehicleDelayVehH());
        number(point, "queued_m", summary.queuedM());
        number(point, "completeness", summary.completeness());
        return line(point);
    }

    static Optional<String> of(AirQualitySummary summary) {
        Point point = point(Series.AIR, summary.windowEnd());
        tag(point, "city", summary.cityId());
        tag(point, "station", summary.stationId());
        tag(point, "setting", summary.setting());
        number(point, "pm25", summary.pm25UgM3());
        number(point, "pm10", summary.pm10UgM3());
        number(point, "no2", summary.no2UgM3());
        number(point, "o3", summary.o3UgM3());
        number(point, "so2", summary.so2UgM3());
        number(point, "co", summary.coMgM3());
        number(point, "us_aqi", summary.usAqi());
        number(point, "european_index", summary.europeanIndex());
        number(point, "pm25_nowcast", summary.pm25NowCastUgM3());
        number(point, "pm10_nowcast", summary.pm10NowCastUgM3());
        number(point, "temperature_c", summary.temperatureC());
        number(point, "relative_humidity", summary.relativeHumidity());
        number(point, "wind_speed_ms", summary.windSpeedMs());
        number(point, "wind_direction_deg", summary.windDirectionDeg());
        number(point, "completeness", mean(summary.completeness()));
        return line(point);
    }

    static Optional<String> of(SensorHealth health) {
        Point point = point(Series.SENSOR_HEALTH, health.at());
        tag(point, "city", health.cityId());
        tag(point, "sensor", health.sensorId());
        tag(point, "kind", health.kind());
        number(point, "trust", health.trust());
        text(point, "state", health.state());
        return line(point);
    }

    static Optional<String> of(CityEvent event) {
        Point point = point(Series.EVENTS, event.at());
        tag(point, "city", event.cityId());
        tag(point, "kind", event.kind().wireName());
        tag(point, "severity", event.severity().wireName());
        tag(point, "subject", event.subject().id());
        text(point, "transition", event.transition().wireName());
        number(point, "value", observedValue(event.evidence()));
        return line(point);
    }

    /** What a threshold was compared with: a concentration, an index or trust; for congestion the speed ratio. */
    private static @Nullable Double observedValue(JsonNode evidence) {
        JsonNode observed = evidence.path("observed");
        JsonNode value = observed.has("value") ? observed.path("value") : observed.path("speedRatio");
        return value.isNumber() ? value.asDouble() : null;
    }

    /** Completeness of the measured pollutants together. */
    private static @Nullable Double mean(Map<String, Double> completeness) {
        return completeness.isEmpty()
                ? null
                : completeness.values().stream()
                                .mapToLong(share -> Math.round(share * 1000))
                                .sum()
                        / 1000.0
                        / completeness.size();
    }

    private static Point point(Series series, Instant at) {
        return Point.measurement(series.measurement()).time(at, WritePrecision.NS);
    }

    private static void tag(Point point, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            point.addTag(name, TagText.encoded(value));
        }
    }

    private static void number(Point point, String name, @Nullable Number value) {
        if (value != null) {
            point.addField(name, value.doubleValue());
        }
    }

    private static void text(Point point, String name, @Nullable String value) {
        if (value != null) {
            point.addField(name, value);
        }
    }

    private static Optional<String> line(Point point) {
        return point.hasFields() ? Optional.of(point.toLineProtocol()) : Optional.empty();
    }
}

package org.citystream.model.summary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.citystream.model.wire.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that one kind of summary has: every numeric field but {@code revision}, which depends on how readings
 * arrived.
 *
 * @param name first part of the metrics' names
 * @param pane time that one summary covers
 * @param longestWindow longest time that a rule may look back over: the horizon within which readings still count
 * @param metrics by full name, in the order of the summary's fields
 */
public record MetricFamily<S>(String name, Duration pane, Duration longestWindow, Map<String, Metric<S>> metrics) {

    /** Road segments, minute by minute. */
    public static final MetricFamily<TrafficSummary> TRAFFIC = new Builder<TrafficSummary>("traffic")
            .with("readingCount", "number of readings", "", TrafficSummary::readingCount)
            .with("vehicleFlowPerHour", "flow", "veh/h", TrafficSummary::vehicleFlowPerHour)
            .with("spaceMeanSpeedKmh", "speed", "km/h", TrafficSummary::spaceMeanSpeedKmh)
            .with("occupancy", "occupancy", "", TrafficSummary::occupancy)
            .with("densityVehKmLane", "density", "veh/km per lane", TrafficSummary::densityVehKmLane)
            .with("freeFlowSpeedKmh", "free-flow speed", "km/h", TrafficSummary::freeFlowSpeedKmh)
            .with("speedRatio", "speed over free-flow speed", "", TrafficSummary::speedRatio)
            .with("travelTimeIndex", "travel time index", "", TrafficSummary::travelTimeIndex)
            .with("planningTimeIndex", "planning time index", "", TrafficSummary::planningTimeIndex)
            .with("congestionLevelPercent", "congestion level", "%", TrafficSummary::congestionLevelPercent)
            .with("vehicleDelayVehH", "vehicle delay", "veh-h", TrafficSummary::vehicleDelayVehH)
            .with("typicalSpeedKmh", "typical speed", "km/h", TrafficSummary::typicalSpeedKmh)
            .with("completeness", "completeness", "", TrafficSummary::completeness)
            .with("trust", "trust in the least trusted sensor", "", TrafficSummary::trust)
            .every(Duration.ofMinutes(1), Duration.ofHours(3));

    /** Air stations, clock hour by clock hour. */
    public static final MetricFamily<AirQualitySummary> AIR = new Builder<AirQualitySummary>("air")
            .with("readingCount", "number of readings", "", AirQualitySummary::readingCount)
            .with("pm25UgM3", "PM2.5", "µg/m³", AirQualitySummary::pm25UgM3)
            .with("pm10UgM3", "PM10", "µg/m³", AirQualitySummary::pm10UgM3)
            .with("no2UgM3", "NO2", "µg/m³", AirQualitySummary::no2UgM3)
            .with("o3UgM3", "O3", "µg/m³", AirQualitySummary::o3UgM3)
            .with("so2UgM3", "SO2", "µg/m³", AirQualitySummary::so2UgM3)
            .with("coMgM3", "CO", "mg/m³", AirQualitySummary::coMgM3)
            .with("pm25NowCastUgM3", "PM2.5 NowCast", "µg/m³", AirQualitySummary::pm25NowCastUgM3)
            .with("pm10NowCastUgM3", "PM10 NowCast", "µg/m³", AirQualitySummary::pm10NowCastUgM3)
            .with("usAqi", "US AQI", "", AirQualitySummary::usAqi)
            .with("europeanIndex", "European air quality index", "", AirQualitySummary::europeanIndex)
            .with("temperatureC", "temperature", "°C", AirQualitySummary::temperatureC)
            .with("relativeHumidity", "relative humidity", "", AirQualitySummary::relativeHumidity)
            .with("windSpeedMs", "wind speed", "m/s", AirQualitySummary::windSpeedMs)
            .withAngle("windDirectionDeg", "wind direction", "°", AirQualitySummary::windDirectionDeg)
            .every(Duration.ofHours(1), Duration.ofHours(48));

    private static final List<MetricFamily<?>> ALL = List.of(TRAFFIC, AIR);

    /**
     * The family that has a metric.
     *
     * @throws IllegalArgumentException naming the nearest metric, if there is none of this name
     */
    public static MetricFamily<?> having(String metric) {
        List<String> known = new ArrayList<>();
        for (MetricFamily<?> family : ALL) {
            if (family.metrics.containsKey(metric)) {
                return family;
            }
            known.addAll(family.metrics.keySet());
        }
        throw new IllegalArgumentException("'" + metric + "' is not a metric; the nearest known one is "
                + NearestName.of(metric, known) + " (metrics are the numeric fields of traffic and air summaries)");
    }

    /** The metric of this name; null: this family has none. */
    public @Nullable Metric<S> metric(String metric) {
        return metrics.get(metric);
    }

    private static final class Builder<S> {
        private final String family;
        private final Map<String, Metric<S>> metrics = new LinkedHashMap<>();

        Builder(String family) {
            this.family = family;
        }

        Builder<S> with(String field, String label, String unit, Function<S, @Nullable Number> value) {
            return add(field, label, unit, false, value);
        }

        Builder<S> withAngle(String field, String label, String unit, Function<S, @Nullable Number> value) {
            return add(field, label, unit, true, value);
        }

        private Builder<S> add(
                String field, String label, String unit, boolean isAngle, Function<S, @Nullable Number> value) {
            String name = family + "." + field;
            metrics.put(name, new Metric<>(name, label, unit, isAngle, value));
            return this;
        }

        MetricFamily<S> every(Duration pane, Duration longestWindow) {
            return new MetricFamily<>(family, pane, longestWindow, metrics);
        }
    }

    @Override
    public String toString() {
        return name + Arrays.toString(metrics.keySet().toArray());
    }
}

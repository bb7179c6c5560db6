package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citystream.analytics.airquality.AirQualityIndex.SubIndex;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.summary.AirQualitySummary;
import org.jspecify.annotations.Nullable;

/**
 * What the indices say of one clock hour, from its means and the hours before.
 *
 * @param means of this hour, in the units of the readings
 * @param lowerBounds pollutants whose instrument stood at the end of its range
 * @param recent the last day, this hour included
 */
record Assessment(
        Map<Pollutant, BigDecimal> means,
        Set<Pollutant> lowerBounds,
        RecentHours recent,
        Optional<BigDecimal> pm25NowCast,
        Optional<BigDecimal> pm10NowCast,
        Optional<SubIndex> usAqi,
        Optional<EuropeanIndex.Level> european) {

    static Assessment of(
            Map<Pollutant, BigDecimal> means,
            Set<Pollutant> lowerBounds,
            RecentHours before,
            Instant start,
            @Nullable Setting setting) {
        RecentHours recent = before.with(start, means, lowerBounds);
        CurrentIndex current = new CurrentIndex(recent, start);
        return new Assessment(
                means,
                lowerBounds,
                recent,
                current.pm25NowCast(),
                current.pm10NowCast(),
                current.index(),
                EuropeanIndex.of(means, setting));
    }

    /** Means that are valid at the end of the hour. */
    static Map<Pollutant, BigDecimal> settled(HourlyMeans hour) {
        Map<Pollutant, BigDecimal> means = new EnumMap<>(Pollutant.class);
        for (Pollutant pollutant : Pollutant.values()) {
            hour.valid(pollutant).ifPresent(mean -> means.put(pollutant, mean));
        }
        return means;
    }

    /** Means of what has been measured so far. */
    static Map<Pollutant, BigDecimal> running(HourlyMeans hour) {
        Map<Pollutant, BigDecimal> means = new EnumMap<>(Pollutant.class);
        for (Pollutant pollutant : Pollutant.values()) {
            hour.soFar(AirMeasure.of(pollutant)).ifPresent(mean -> means.put(pollutant, mean));
        }
        return means;
    }

    /** Of the pollutants with a mean, those whose mean is a lower bound. */
    static Set<Pollutant> lowerBounds(Map<Pollutant, BigDecimal> means, HourlyMeans hour) {
        Set<Pollutant> bounds = EnumSet.noneOf(Pollutant.class);
        means.keySet().stream().filter(hour::isLowerBound).forEach(bounds::add);
        return bounds;
    }

    Optional<Integer> level(AirIndex index) {
        return index == AirIndex.EUROPEAN ? european.map(EuropeanIndex.Level::level) : usAqi.map(SubIndex::level);
    }

    Optional<Pollutant> decisive(AirIndex index) {
        return index == AirIndex.EUROPEAN
                ? european.map(EuropeanIndex.Level::pollutant)
                : usAqi.map(SubIndex::pollutant);
    }

    /** @param averages absent while the hour runs */
    AirQualitySummary summary(
            Station station, Instant start, int readings, HourlyMeans hour, @Nullable Averages averages) {
        return new AirQualitySummary(
                station.id(),
                station.setting() == null ? null : station.setting().wireName(),
                station.cityId(),
                start,
                start.plus(AirFold.PANE),
                1,
                true,
                readings,
                mean(Pollutant.PM25),
                mean(Pollutant.PM10),
                mean(Pollutant.NO2),
                mean(Pollutant.O3),
                mean(Pollutant.SO2),
                mean(Pollutant.CO),
                value(pm25NowCast),
                value(pm10NowCast),
                usAqi.map(SubIndex::value).orElse(null),
                usAqi.map(index -> AirIndex.US_AQI.levelName(index.level())).orElse(null),
                usAqi.map(index -> index.pollutant().wireName()).orElse(null),
                european.map(EuropeanIndex.Level::level).orElse(null),
                european.map(level -> level.pollutant().wireName()).orElse(null),
                european.filter(EuropeanIndex.Level::incomplete)
                        .map(level -> true)
                        .orElse(null),
                hour.rounded(AirMeasure.TEMPERATURE, 2),
                hour.rounded(AirMeasure.HUMIDITY, 4),
                hour.rounded(AirMeasure.WIND_SPEED, 2),
                hour.windDirection(),
                averages == null ? null : averages.told(),
                lowerBounds.isEmpty()
                        ? null
                        : lowerBounds.stream().map(Pollutant::wireName).toList(),
                averages == null ? null : averages.toldLowerBounds(),
                hour.completeness());
    }

    private @Nullable Double mean(Pollutant pollutant) {
        BigDecimal mean = means.get(pollutant);
        return mean == null ? null : mean.doubleValue();
    }

    private static @Nullable Double value(Optional<BigDecimal> value) {
        return value.map(BigDecimal::doubleValue).orElse(null);
    }

    /** What the registry says of a station. */
    record Station(
            String id, @Nullable String cityId, @Nullable Setting setting) {}
}

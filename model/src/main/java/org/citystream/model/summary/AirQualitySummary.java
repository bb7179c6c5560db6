package org.citystream.model.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One clock hour of one air station, as on {@code city.summaries.air.v1}; absent values were not measured or are
 * invalid for lack of data.
 *
 * @param windowStart inclusive, a whole UTC hour
 * @param windowEnd exclusive
 * @param revision 1, 2, ...; the latest counts
 * @param isFinal false while the hour runs
 * @param usAqi current US AQI (2024 breakpoints): PM by NowCast, O3 the larger of 8 h and 1 h, CO 8 h, NO2 and SO2 1 h
 * @param usAqiCategory category as in {@code AirIndex.US_AQI}, such as {@code unhealthy}
 * @param usAqiPollutant the pollutant that decides the index
 * @param europeanIndex level 1 (good) to 6 (extremely poor) of the European Air Quality Index 2024
 * @param europeanIncomplete true when the minimum set of pollutants is not measured; absent otherwise
 * @param averages means over more than the hour, by averaging ({@code 8h, 24h}, and {@code day} where the station's calendar
 *     day ends with the hour) and pollutant, in the units of the hourly means; absent while the hour runs
 * @param lowerBounds pollutants whose instrument stood at the end of its range: their means, and the indices that follow, are
 *     these or worse; absent: none
 * @param averageLowerBounds the same of {@code averages}, by averaging; absent: none, or not said: the first records did not
 * @param completeness per pollutant: share of the hour covered by readings, 0..1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AirQualitySummary(
        String stationId,
        @Nullable String setting,
        @Nullable String cityId,
        Instant windowStart,
        Instant windowEnd,
        int revision,
        @JsonProperty("final") boolean isFinal,
        int readingCount,
        @Nullable Double pm25UgM3,
        @Nullable Double pm10UgM3,
        @Nullable Double no2UgM3,
        @Nullable Double o3UgM3,
        @Nullable Double so2UgM3,
        @Nullable Double coMgM3,
        @Nullable Double pm25NowCastUgM3,
        @Nullable Double pm10NowCastUgM3,
        @Nullable Integer usAqi,
        @Nullable String usAqiCategory,
        @Nullable String usAqiPollutant,
        @Nullable Integer europeanIndex,
        @Nullable String europeanPollutant,
        @Nullable Boolean europeanIncomplete,
        @Nullable Double temperatureC,
        @Nullable Double relativeHumidity,
        @Nullable Double windSpeedMs,
        @Nullable Double windDirectionDeg,
        @Nullable Map<String, Map<String, Double>> averages,
        @Nullable List<String> lowerBounds,
        @Nullable Map<String, List<String>> averageLowerBounds,
        Map<String, Double> completeness) {}

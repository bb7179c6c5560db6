package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.analytics.airquality.AirQualityIndex.SubIndex;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.unit.Gas;
import org.citystream.model.unit.ReferenceTemperature;
import org.jspecify.annotations.Nullable;

/**
 * The current US AQI of a station: particulates by NowCast, ozone the larger of the 8 h surrogate and 1 h, CO over 8 h,
 * NO2 over 1 h, SO2 over 1 h and, beyond 304 ppb, over 24 h. Gases come in µg/m³ (CO mg/m³) at 20 °C.
 */
final class CurrentIndex {
    private static final ReferenceTemperature AT = ReferenceTemperature.CELSIUS_20;
    private static final int CO_HOURS = 8;
    private static final int SO2_HOURS = 24;
    private static final BigDecimal PPB_PER_PPM = BigDecimal.valueOf(1000);
    /* Undoes what a finite division took off a whole truncation step. */
    private static final int RATIO_DECIMALS = 9;

    private final RecentHours hours;
    private final Instant newestStart;
    /** Not truncated; asked for more than once, and the dearest part of an hour. */
    private final Optional<BigDecimal> pm25NowCast;

    private final Optional<BigDecimal> pm10NowCast;

    CurrentIndex(RecentHours hours, Instant newestStart) {
        this.hours = hours;
        this.newestStart = newestStart;
        this.pm25NowCast = NowCast.of(hours.series(Pollutant.PM25, newestStart, NowCast.HOURS));
        this.pm10NowCast = NowCast.of(hours.series(Pollutant.PM10, newestStart, NowCast.HOURS));
    }

    /** As it is reported: truncated to 0.1 µg/m³. */
    Optional<BigDecimal> pm25NowCast() {
        return pm25NowCast.map(value -> value.setScale(1, RoundingMode.DOWN));
    }

    /** As it is reported: truncated to 1 µg/m³. */
    Optional<BigDecimal> pm10NowCast() {
        return pm10NowCast.map(value -> value.setScale(0, RoundingMode.DOWN));
    }

    Optional<SubIndex> index() {
        Map<AqiScale, BigDecimal> averages = new EnumMap<>(AqiScale.class);
        pm25NowCast.ifPresent(value -> averages.put(AqiScale.PM25_24H, value));
        pm10NowCast.ifPresent(value -> averages.put(AqiScale.PM10_24H, value));
        List<@Nullable BigDecimal> ozone = ratios(Pollutant.O3, Gas.O3, RecentHours.REMEMBERED);
        OzoneSurrogate.of(ozone).ifPresent(ppb -> averages.put(AqiScale.O3_8H, ppm(ppb)));
        newest(ozone).ifPresent(ppb -> averages.put(AqiScale.O3_1H, ppm(ppb)));
        mean(ratios(Pollutant.CO, Gas.CO, CO_HOURS)).ifPresent(ppm -> averages.put(AqiScale.CO_8H, ppm));
        newest(ratios(Pollutant.NO2, Gas.NO2, 1)).ifPresent(ppb -> averages.put(AqiScale.NO2_1H, ppb));
        List<@Nullable BigDecimal> sulphur = ratios(Pollutant.SO2, Gas.SO2, SO2_HOURS);
        newest(sulphur).ifPresent(ppb -> averages.put(AqiScale.SO2_1H, ppb));
        mean(sulphur).ifPresent(ppb -> averages.put(AqiScale.SO2_24H, ppb));
        return AirQualityIndex.overall(averages);
    }

    /** Mixing ratios in ppb (CO: ppm), newest first. */
    private List<@Nullable BigDecimal> ratios(Pollutant pollutant, Gas gas, int count) {
        List<@Nullable BigDecimal> series = hours.series(pollutant, newestStart, count);
        series.replaceAll(
                mass -> mass == null ? null : gas.ppb(mass, AT).setScale(RATIO_DECIMALS, RoundingMode.HALF_UP));
        return series;
    }

    private static Optional<BigDecimal> newest(List<@Nullable BigDecimal> series) {
        return Optional.ofNullable(series.get(0));
    }

    /** The mean of at least 75 % of the hours. */
    private static Optional<BigDecimal> mean(List<@Nullable BigDecimal> series) {
        BigDecimal sum = BigDecimal.ZERO;
        int present = 0;
        for (@Nullable BigDecimal hour : series) {
            if (hour != null) {
                sum = sum.add(hour);
                present++;
            }
        }
        return 4 * present < 3 * series.size()
                ? Optional.empty()
                : Optional.of(sum.divide(BigDecimal.valueOf(present), MathContext.DECIMAL128)
                        .setScale(RATIO_DECIMALS, RoundingMode.HALF_UP));
    }

    private static BigDecimal ppm(BigDecimal ppb) {
        return ppb.divide(PPB_PER_PPM, MathContext.DECIMAL128);
    }
}

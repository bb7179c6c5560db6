package org.citystream.simulator.city;

import java.time.Instant;
import java.time.ZoneOffset;
import org.citystream.model.place.GeoPoint;

/**
 * Weather over the city, a pure function of time: the course of sun and season with smooth random departures.
 *
 * @param relativeHumidity 0..1
 * @param windDirectionDeg where the wind comes from, 0 inclusive to 360
 * @param mixingHeightM height through which emissions are mixed
 * @param sunshine sine of the sun's height as far as clouds let it through, 0 at night
 * @param rainMmH rainfall, mm/h
 */
public record Weather(
        double temperatureC,
        double relativeHumidity,
        double windSpeedMs,
        double windDirectionDeg,
        double mixingHeightM,
        double sunshine,
        double rainMmH) {
    private static final double HOUR = 3_600;
    private static final double DAY = 24 * HOUR;
    private static final double LOWEST_WIND_MS = 0.3;
    /** It rains while a smooth random course is above this: some 5 % of the time, at most a few mm/h. */
    private static final double RAIN_ABOVE = 1.3;

    static Weather at(Instant at, GeoPoint place, Draws draws) {
        long second = at.getEpochSecond();
        double warmth = warmth(at, place);
        int day = at.atZone(ZoneOffset.UTC).getDayOfYear();
        double season = StrictMath.cos(2 * StrictMath.PI * (day - 200) / 365.25);
        double temperature = 7.5
                + 8 * season
                + 9 * warmth
                + 2.5 * draws.stream("air-mass").smooth(second, 2.5 * DAY)
                + 0.8 * draws.stream("passing").smooth(second, 5 * HOUR);
        double wind = 3.4
                * StrictMath.exp(0.45 * draws.stream("pressure").smooth(second, DAY)
                        + 0.12 * draws.stream("gusts").smooth(second, 0.5 * HOUR))
                * (0.7 + 0.6 * warmth);
        double direction = 225
                + 75 * draws.stream("veering").smooth(second, 1.5 * DAY)
                + 15 * draws.stream("eddies").smooth(second, HOUR);
        double humidity = 0.86 - 0.38 * warmth + 0.07 * draws.stream("moisture").smooth(second, 0.8 * DAY);
        double rain = 2.5 * Math.max(0, draws.stream("rain").smooth(second, 3 * HOUR) - RAIN_ABOVE);
        return new Weather(
                temperature,
                Math.max(0.2, Math.min(0.99, humidity)),
                Math.max(LOWEST_WIND_MS, wind),
                ((direction % 360) + 360) % 360,
                mixingHeightM(wind, warmth),
                sunshine(at, place),
                rain);
    }

    /** The sun of the last hours, to which the ground answers: 0 at night, above 0.7 on a summer's afternoon. */
    public static double warmth(Instant at, GeoPoint place) {
        double warmth = 0;
        for (int hours = 0; hours < 5; hours++) {
            warmth += sunshine(at.minusSeconds(hours * 3_600L), place) / 5;
        }
        return warmth;
    }

    /** Height of the mixed layer over ground that the sun has warmed, m. */
    public static double mixingHeightM(double windSpeedMs, double warmth) {
        return 140 + 60 * windSpeedMs + 1_300 * StrictMath.pow(warmth, 0.8);
    }

    /** Sine of the sun's elevation from declination and hour angle; the equation of time is left out. */
    public static double sunshine(Instant at, GeoPoint place) {
        double hours = at.getEpochSecond() % 86_400 / HOUR + place.longitude() / 15;
        int day = at.atZone(ZoneOffset.UTC).getDayOfYear();
        double declination = StrictMath.toRadians(-23.44) * StrictMath.cos(2 * StrictMath.PI * (day + 10) / 365.25);
        double latitude = StrictMath.toRadians(place.latitude());
        double hourAngle = StrictMath.toRadians(15 * (hours - 12));
        double sine = StrictMath.sin(latitude) * StrictMath.sin(declination)
                + StrictMath.cos(latitude) * StrictMath.cos(declination) * StrictMath.cos(hourAngle);
        return Math.max(0, sine);
    }

    /** The same weather with another temperature. */
    public Weather withTemperatureC(double other) {
        return new Weather(other, relativeHumidity, windSpeedMs, windDirectionDeg, mixingHeightM, sunshine, rainMmH);
    }

    /** The same weather with another humidity, 0..1. */
    public Weather withRelativeHumidity(double other) {
        double humidity = Math.max(0.1, Math.min(0.99, other));
        return new Weather(temperatureC, humidity, windSpeedMs, windDirectionDeg, mixingHeightM, sunshine, rainMmH);
    }

    /** The same weather with another wind; there is always a breath of it. */
    public Weather withWindSpeedMs(double other) {
        double wind = Math.max(LOWEST_WIND_MS, other);
        return new Weather(temperatureC, relativeHumidity, wind, windDirectionDeg, mixingHeightM, sunshine, rainMmH);
    }

    /** The same weather with another mixing height. */
    public Weather withMixingHeightM(double other) {
        return new Weather(temperatureC, relativeHumidity, windSpeedMs, windDirectionDeg, other, sunshine, rainMmH);
    }

    /** The same weather under more or less cloud. */
    public Weather withSunshine(double other) {
        return new Weather(
                temperatureC, relativeHumidity, windSpeedMs, windDirectionDeg, mixingHeightM, other, rainMmH);
    }

    /** The same weather with other rain. */
    public Weather withRainMmH(double other) {
        return new Weather(
                temperatureC, relativeHumidity, windSpeedMs, windDirectionDeg, mixingHeightM, sunshine, other);
    }

    /**
     * Share of dry capacity that roads keep in this rain: 0.96 in a drizzle, 0.82 in 10 mm/h, never below 0.8 (Highway
     * Capacity Manual: 2 to 14 % less in light to heavy rain; a cloudburst takes more).
     */
    public double roadCapacityFactor() {
        return 1 - 0.2 * (1 - StrictMath.exp(-rainMmH / 4));
    }

    /** Share of dry free-flow speed in this rain: 0.97 in a drizzle, 0.85 in 10 mm/h, never below 0.84. */
    public double roadSpeedFactor() {
        return 1 - 0.16 * (1 - StrictMath.exp(-rainMmH / 4));
    }
}

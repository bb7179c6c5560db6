package org.citystream.simulator.city;

import java.time.Instant;
import java.time.ZoneOffset;
import org.citystream.model.place.GeoPoint;

/**
 * Weather over the city, a pure function of time: the course of sun and season with smooth random departures.
 *
 * @param windDirectionDeg where the wind comes from, 0 inclusive to 360
 * @param mixingHeightM height through which emissions are mixed
 * @param sunshine sine of the sun's height, 0 at night
 */
record Weather(
        double temperatureC,
        double relativeHumidity,
        double windSpeedMs,
        double windDirectionDeg,
        double mixingHeightM,
        double sunshine) {
    private static final double HOUR = 3_600;
    private static final double DAY = 24 * HOUR;

    static Weather at(Instant at, GeoPoint place, Draws draws) {
        long second = at.getEpochSecond();
        double warmth = 0; // the ground answers to the sun of the last hours
        for (int hours = 0; hours < 5; hours++) {
            warmth += sunshine(at.minusSeconds(hours * 3_600L), place) / 5;
        }
        int day = at.atZone(ZoneOffset.UTC).getDayOfYear();
        double season = StrictMath.cos(2 * StrictMath.PI * (day - 200) / 365.25);
        double temperature = 7.5
                + 8 * season
                + 9 * warmth
                + 2.5 * draws.stream("air-mass").smooth(second, 2.5 * DAY)
                + 0.8 * draws.stream("passing").smooth(second, 5 * HOUR);
        double wind = 3.4
                * StrictMath.exp(0.35 * draws.stream("pressure").smooth(second, DAY)
                        + 0.12 * draws.stream("gusts").smooth(second, 0.5 * HOUR))
                * (0.7 + 0.6 * warmth);
        double direction = 225
                + 75 * draws.stream("veering").smooth(second, 1.5 * DAY)
                + 15 * draws.stream("eddies").smooth(second, HOUR);
        double humidity = 0.86 - 0.38 * warmth + 0.07 * draws.stream("moisture").smooth(second, 0.8 * DAY);
        double mixing = 140 + 60 * wind + 1_300 * StrictMath.pow(warmth, 0.8);
        return new Weather(
                temperature,
                Math.max(0.2, Math.min(0.99, humidity)),
                Math.max(0.3, wind),
                ((direction % 360) + 360) % 360,
                mixing,
                sunshine(at, place));
    }

    /** Sine of the sun's elevation from declination and hour angle; the equation of time is left out. */
    private static double sunshine(Instant at, GeoPoint place) {
        double hours = at.getEpochSecond() % 86_400 / HOUR + place.longitude() / 15;
        int day = at.atZone(ZoneOffset.UTC).getDayOfYear();
        double declination = StrictMath.toRadians(-23.44) * StrictMath.cos(2 * StrictMath.PI * (day + 10) / 365.25);
        double latitude = StrictMath.toRadians(place.latitude());
        double hourAngle = StrictMath.toRadians(15 * (hours - 12));
        double sine = StrictMath.sin(latitude) * StrictMath.sin(declination)
                + StrictMath.cos(latitude) * StrictMath.cos(declination) * StrictMath.cos(hourAngle);
        return Math.max(0, sine);
    }
}

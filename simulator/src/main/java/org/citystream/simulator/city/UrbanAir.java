package org.citystream.simulator.city;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The air over the city as one well-mixed box: emissions of all roads and of heating go in below the mixing height, the
 * wind exchanges it with the country's air. Moved on minute by minute.
 */
final class UrbanAir {
    private static final double OZONE_ALOFT_UG_M3 = 66;
    /** In a mixed layer this shallow the ground takes up half of the ozone. */
    private static final double DEPOSITION_HEIGHT_M = 220;

    private static final double MINUTE = 60;
    private static final double DAY = 86_400;

    private final Draws draws;
    private final ZoneId timeZone;
    private final Airshed airshed;
    private Pollution concentration = Pollution.NONE;
    private boolean started;

    UrbanAir(Draws draws, ZoneId timeZone, Airshed airshed) {
        this.draws = draws;
        this.timeZone = timeZone;
        this.airshed = airshed;
    }

    /** Moves on by a minute and returns the urban background, µg/m³ (CO: mg/m³). */
    Pollution advance(Instant at, Weather weather, Pollution regional, List<CorridorMinute> traffic) {
        if (!started) {
            concentration = regional;
            started = true;
        }
        Pollution emission = heating(at, weather);
        double perSimulatedRoad = 1 / airshed.trafficShare() / airshed.areaM2();
        for (CorridorMinute corridor : traffic) {
            emission = emission.plus(Emissions.perSecond(corridor).times(perSimulatedRoad));
        }
        Pollution gain = emission.times(MINUTE / weather.mixingHeightM());
        double exchanged = weather.windSpeedMs() * MINUTE / airshed.lengthM();
        concentration =
                concentration.plus(gain).minus(concentration.minus(regional).times(exchanged));
        return concentration;
    }

    /**
     * The country's air: spells of a few days; ozone is brought down from aloft as the mixed layer grows, is made by the
     * summer's sun, and is lost to the ground below a low lid.
     */
    RegionalAir regional(Instant at, Weather weather) {
        long second = at.getEpochSecond();
        double spell = StrictMath.exp(0.9 * draws.stream("spell").smooth(second, 2.2 * DAY));
        double soil = StrictMath.exp(0.3 * draws.stream("soil").smooth(second, 1.1 * DAY));
        double season = Math.max(0, weather.temperatureC()) / 20;
        double ozone = OZONE_ALOFT_UG_M3 * weather.mixingHeightM() / (weather.mixingHeightM() + DEPOSITION_HEIGHT_M)
                + 26 * weather.sunshine() * season
                + 9 * draws.stream("ozone").smooth(second, 1.3 * DAY);
        double washedOut = 1 / (1 + 0.08 * weather.rainMmH());
        Pollution pollution =
                new Pollution(4 + 1.5 * spell, 7.5 * spell * washedOut, 5 * soil * washedOut, 0.13 + 0.04 * spell);
        return new RegionalAir(pollution, Math.max(5, ozone));
    }

    /** Sulphur dioxide, µg/m³: ships and industry, little. */
    double sulphurDioxide(Instant at) {
        return 2.2 * StrictMath.exp(0.5 * draws.stream("ships").smooth(at.getEpochSecond(), 14_400));
    }

    /** Stoves and boilers, µg per m² and second: below 15 °C, mornings and evenings. */
    private Pollution heating(Instant at, Weather weather) {
        ZonedDateTime local = at.atZone(timeZone);
        double hour = local.getHour() + local.getMinute() / 60.0;
        double use = 0.35 + bell(hour, 7, 1.5) * 0.4 + bell(hour, 19.5, 2.5);
        double degrees = Math.max(0, 15 - weather.temperatureC());
        return new Pollution(0.012, 0.011, 0.002, 0.0001).times(use * degrees);
    }

    private static double bell(double hour, double middle, double width) {
        double distance = (hour - middle) / width;
        return StrictMath.exp(-distance * distance / 2);
    }
}

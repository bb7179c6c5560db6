package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.RegionalAir;
import org.citystream.simulator.city.Weather;

/**
 * Hot, sunny, still days, from two days before the arrival to two days after, whatever the season: the sun is that of the
 * same hour in July. Ozone climbs above the information threshold in the afternoon and falls at night.
 */
final class OzoneHeatwave implements Scenario {
    private static final LocalTime ARRIVAL = LocalTime.of(16, 0);
    private static final Around HEAT =
            new Around(Duration.ofHours(52), Duration.ofHours(12), Duration.ofHours(50), Duration.ofHours(10));
    private static final int TENTH_OF_JULY = 191;
    private static final double MADE_UG_M3 = 135;

    @Override
    public String name() {
        return "ozone-heatwave";
    }

    @Override
    public String description() {
        return "hot still days, the clock arrives at 16:00: ozone above 180 µg/m³ in the afternoon, low at night";
    }

    @Override
    public Instant arrival(Instant wall, ZoneId timeZone) {
        return Calendar.latest(wall, timeZone, ARRIVAL, Calendar.EVERY_DAY);
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {
            @Override
            public Weather weather(Instant at, Weather usual) {
                double strength = HEAT.strength(run, at);
                double warmth = Weather.warmth(inJuly(at), city.centre());
                double sun = Weather.sunshine(inJuly(at), city.centre());
                double wind = usual.windSpeedMs() * (1 - 0.45 * strength);
                double mixing = Weather.mixingHeightM(wind, warmth);
                return usual.withTemperatureC(mix(usual.temperatureC(), 20 + 17 * warmth, strength))
                        .withSunshine(mix(usual.sunshine(), sun, strength))
                        .withWindSpeedMs(wind)
                        .withMixingHeightM(mix(usual.mixingHeightM(), mixing, strength))
                        .withRelativeHumidity(mix(usual.relativeHumidity(), 0.75 - 0.45 * warmth, strength))
                        .withRainMmH(usual.rainMmH() * (1 - strength));
            }

            @Override
            public RegionalAir regionalAir(Instant at, Weather weather, RegionalAir usual) {
                double made = MADE_UG_M3 * Weather.warmth(inJuly(at), city.centre()) * HEAT.strength(run, at);
                return new RegionalAir(usual.pollution(), usual.ozoneUgM3() + made);
            }

            @Override
            public Optional<String> airCause(Instant at) {
                return HEAT.strength(run, at) > 0 ? Optional.of("heatwave") : Optional.empty();
            }
        };
    }

    /** The same hour in July. */
    private static Instant inJuly(Instant at) {
        return at.atZone(ZoneOffset.UTC).withDayOfYear(TENTH_OF_JULY).toInstant();
    }

    private static double mix(double usual, double hot, double strength) {
        return usual * (1 - strength) + hot * strength;
    }
}

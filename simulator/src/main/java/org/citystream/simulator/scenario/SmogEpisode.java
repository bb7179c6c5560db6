package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Pollution;
import org.citystream.simulator.city.RegionalAir;
import org.citystream.simulator.city.Weather;

/**
 * A winter inversion: from a day and a half before the arrival to a day and a quarter after it is cold and still, and what
 * the city emits stays below a lid of little more than a hundred metres.
 */
final class SmogEpisode implements Scenario {
    private static final Around INVERSION =
            new Around(Duration.ofHours(36), Duration.ofHours(18), Duration.ofHours(30), Duration.ofHours(8));

    @Override
    public String name() {
        return "smog-episode";
    }

    @Override
    public String description() {
        return "a winter inversion since yesterday: PM2.5 and NO2 gather below a low lid until tomorrow";
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {
            @Override
            public Weather weather(Instant at, Weather usual) {
                double strength = INVERSION.strength(run, at);
                double lid = 120 + 0.12 * (usual.mixingHeightM() - 140);
                return usual.withTemperatureC(usual.temperatureC() * (1 - strength) - 4 * strength)
                        .withWindSpeedMs(usual.windSpeedMs() * (1 - 0.78 * strength))
                        .withMixingHeightM(usual.mixingHeightM() * (1 - strength) + lid * strength)
                        .withSunshine(usual.sunshine() * (1 - 0.5 * strength))
                        .withRelativeHumidity(usual.relativeHumidity() + 0.08 * strength)
                        .withRainMmH(usual.rainMmH() * (1 - strength));
            }

            @Override
            public RegionalAir regionalAir(Instant at, Weather weather, RegionalAir usual) {
                double strength = INVERSION.strength(run, at);
                Pollution more = new Pollution(10, 26, 9, 0.15).times(strength);
                return new RegionalAir(usual.pollution().plus(more), usual.ozoneUgM3() * (1 - 0.4 * strength));
            }

            @Override
            public Optional<String> airCause(Instant at) {
                return INVERSION.strength(run, at) > 0 ? Optional.of("smog below an inversion") : Optional.empty();
            }
        };
    }
}

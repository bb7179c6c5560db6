package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Weather;

/** Heavy rain and wind from 45 minutes before each arrival to 75 minutes after: slow and short roads, washed air. */
final class Storm implements Scenario {
    private static final double RAIN_MM_H = 14;
    private static final double GALE_MS = 11;
    private static final Around RAIN =
            new Around(Duration.ofMinutes(45), Duration.ofMinutes(15), Duration.ofMinutes(75), Duration.ofMinutes(30));

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String description() {
        return "a rainstorm since 45 minutes: capacity and speed of all roads fall, wind and rain clean the air";
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {
            @Override
            public Weather weather(Instant at, Weather usual) {
                double strength = RAIN.strength(run, at);
                return usual.withRainMmH(usual.rainMmH() + RAIN_MM_H * strength)
                        .withWindSpeedMs(usual.windSpeedMs() + GALE_MS * strength)
                        .withMixingHeightM(usual.mixingHeightM() + 600 * strength)
                        .withTemperatureC(usual.temperatureC() - 4 * strength)
                        .withRelativeHumidity(usual.relativeHumidity() + 0.3 * strength)
                        .withSunshine(usual.sunshine() * (1 - 0.8 * strength));
            }

            @Override
            public Optional<String> queueCause(Corridor corridor, Instant at) {
                return RAIN.strength(run, at) > 0.3 ? Optional.of("heavy rain") : Optional.empty();
            }
        };
    }
}

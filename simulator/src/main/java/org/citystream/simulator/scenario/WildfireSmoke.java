package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.Pollution;
import org.citystream.simulator.city.RegionalAir;
import org.citystream.simulator.city.Weather;

/** Smoke of a distant fire drifts over the whole region from an hour before each arrival, for fourteen hours after it. */
final class WildfireSmoke implements Scenario {
    private static final Around SMOKE =
            new Around(Duration.ofMinutes(70), Duration.ofMinutes(60), Duration.ofHours(14), Duration.ofHours(6));
    /** Mostly fine particles, and what smoulders: carbon monoxide. */
    private static final Pollution PLUME = new Pollution(4, 130, 14, 0.7);

    private static final double WAVES_SECONDS = 5_400;

    @Override
    public String name() {
        return "wildfire-smoke";
    }

    @Override
    public String description() {
        return "smoke of a distant fire since an hour: fine particles rise fast, in the country as in the city";
    }

    @Override
    public Course course(City city, Run run) {
        Draws draws = Draws.of(run.seed()).stream("smoke");
        return new Course() {
            @Override
            public Weather weather(Instant at, Weather usual) {
                return usual.withSunshine(usual.sunshine() * (1 - 0.4 * SMOKE.strength(run, at)));
            }

            @Override
            public RegionalAir regionalAir(Instant at, Weather weather, RegionalAir usual) {
                double waves = StrictMath.exp(0.25 * draws.smooth(at.getEpochSecond(), WAVES_SECONDS));
                double strength = SMOKE.strength(run, at);
                return new RegionalAir(
                        usual.pollution().plus(PLUME.times(strength * waves)),
                        usual.ozoneUgM3() + 25 * strength * weather.sunshine());
            }

            @Override
            public Optional<String> airCause(Instant at) {
                return SMOKE.strength(run, at) > 0 ? Optional.of("wildfire smoke") : Optional.empty();
            }
        };
    }
}

package org.citystream.simulator.scenario;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Weather;

/**
 * Nothing happens: the night before a public holiday, fresh wind, dry roads. Whatever raises an alert here raises a false
 * one, around the arrival and on the holiday after it.
 */
final class QuietNight implements Scenario {
    private static final LocalTime ARRIVAL = LocalTime.of(3, 0);
    private static final double BUSIEST_SHARE = 0.55;
    private static final double FRESH_WIND_MS = 3.5;

    @Override
    public String name() {
        return "quiet-night";
    }

    @Override
    public String description() {
        return "nothing happens, the clock arrives at 03:00: every alert is a false one";
    }

    @Override
    public Instant arrival(Instant wall, ZoneId timeZone) {
        return Calendar.latest(wall, timeZone, ARRIVAL, Calendar.EVERY_DAY);
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {
            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
                return Math.min(usual, BUSIEST_SHARE);
            }

            @Override
            public Weather weather(Instant at, Weather usual) {
                return usual.withWindSpeedMs(Math.max(FRESH_WIND_MS, usual.windSpeedMs()))
                        .withRainMmH(0);
            }
        };
    }
}

package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;

/** A full stadium empties onto the outbound road ten minutes before each arrival, within three quarters of an hour. */
final class StadiumOut implements Scenario {
    private static final LocalTime ARRIVAL = LocalTime.of(22, 0);
    private static final double CROWD_SHARE = 1.15;
    private static final Around CROWD =
            new Around(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(45), Duration.ofMinutes(20));
    private static final Duration QUEUE_AFTER = Duration.ofMinutes(30);

    @Override
    public String name() {
        return "stadium-out";
    }

    @Override
    public String description() {
        return "a stadium empties onto the outbound road, the clock arrives at 22:00 on Saturday: a queue within minutes";
    }

    @Override
    public Instant arrival(Instant wall, ZoneId timeZone) {
        return Calendar.latest(wall, timeZone, ARRIVAL, Calendar.SATURDAYS);
    }

    @Override
    public Course course(City city, Run run) {
        String out = Places.outbound(city).id();
        return new Course() {
            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
                double crowd = CROWD_SHARE * CROWD.strength(run, at.toInstant());
                return corridor.id().equals(out) ? Math.max(usual, crowd) : usual;
            }

            @Override
            public Optional<String> queueCause(Corridor corridor, Instant at) {
                boolean crowd = CROWD.strength(run, at) > 0 || CROWD.strength(run, at.minus(QUEUE_AFTER)) > 0;
                return corridor.id().equals(out) && crowd ? Optional.of("crowd leaving the stadium") : Optional.empty();
            }
        };
    }
}

package org.citystream.simulator.scenario;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;

/**
 * A busy working morning without accidents: demand exceeds what the on-ramps' merges can carry, queues stand upstream of
 * them from about seven until after nine. The clock arrives at 07:40 local time of the latest working day.
 */
final class MorningRush implements Scenario {
    private static final LocalTime ARRIVAL = LocalTime.of(7, 40);
    private static final int FIRST_HOUR = 6;
    private static final int LAST_HOUR = 9;
    private static final double MORE_THAN_USUAL = 1.06;

    @Override
    public String name() {
        return "morning-rush";
    }

    @Override
    public String description() {
        return "a busy working morning: queues at the on-ramps, no accident; the clock arrives at 07:40";
    }

    @Override
    public Instant arrival(Instant wall, ZoneId timeZone) {
        return Calendar.latest(wall, timeZone, ARRIVAL, Calendar.WORKING_DAYS);
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {
            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
                boolean rush = Calendar.WORKING_DAYS.contains(at.getDayOfWeek())
                        && at.getHour() >= FIRST_HOUR
                        && at.getHour() < LAST_HOUR;
                return usual * (rush ? MORE_THAN_USUAL : 1);
            }
        };
    }
}

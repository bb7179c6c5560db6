package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;

/**
 * A street festival: from an hour before each arrival a street at the end of the inbound road is half closed for seven
 * hours, visitors come in for two hours, and go home four hours after the arrival.
 */
final class Festival implements Scenario {
    private static final LocalTime ARRIVAL = LocalTime.of(18, 0);
    private static final double MORE_VISITORS = 0.38;
    private static final double MORE_GOING_HOME = 0.5;
    private static final Duration BEFORE = Duration.ofMinutes(60);
    private static final Duration CLOSED = Duration.ofHours(7);
    private static final Around COMING =
            new Around(Duration.ofMinutes(75), Duration.ofMinutes(20), Duration.ofMinutes(75), Duration.ofMinutes(30));
    private static final Duration HOME_AFTER = Duration.ofHours(4);
    private static final Duration HOME_LENGTH = Duration.ofMinutes(75);

    @Override
    public String name() {
        return "festival";
    }

    @Override
    public String description() {
        return "a street festival on Saturday, the clock arrives at 18:00: visitors queue inbound, four hours later outbound";
    }

    @Override
    public Instant arrival(Instant wall, ZoneId timeZone) {
        return Calendar.latest(wall, timeZone, ARRIVAL, Calendar.SATURDAYS);
    }

    @Override
    public Course course(City city, Run run) {
        String in = Places.inbound(city).id();
        String out = Places.outbound(city).id();
        return new Course() {
            @Override
            public List<Incident> incidentsAt(Instant at) {
                Instant arrival = run.arrivalBefore(at.plus(BEFORE));
                if (arrival == null) {
                    return List.of();
                }
                Incident closure = closure(Places.inbound(city), arrival);
                return closure.inForceAt(at) ? List.of(closure) : List.of();
            }

            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
                double share = usual;
                if (corridor.id().equals(in)) {
                    share += MORE_VISITORS * COMING.strength(run, at.toInstant());
                }
                if (corridor.id().equals(out) && goingHome(run, at.toInstant())) {
                    share += MORE_GOING_HOME;
                }
                return share;
            }

            @Override
            public Optional<String> queueCause(Corridor corridor, Instant at) {
                boolean visitors = corridor.id().equals(in) && COMING.strength(run, at) > 0
                        || corridor.id().equals(out) && goingHome(run, at.minus(Duration.ofHours(1)));
                return visitors || goingHome(run, at) ? Optional.of("festival traffic") : Optional.empty();
            }
        };
    }

    private static boolean goingHome(Run run, Instant at) {
        Instant arrival = run.arrivalBefore(at.minus(HOME_AFTER));
        return arrival != null && at.isBefore(arrival.plus(HOME_AFTER).plus(HOME_LENGTH));
    }

    private static Incident closure(Corridor corridor, Instant arrival) {
        double position = Math.round(corridor.lengthM() * 0.8);
        return new Incident(
                true,
                corridor.id(),
                position,
                position,
                Instant.ofEpochSecond(Math.floorDiv(arrival.minus(BEFORE).getEpochSecond(), 60) * 60),
                List.of(new Incident.Phase(CLOSED, 0.5, 0.8)),
                "festival: street half closed");
    }
}

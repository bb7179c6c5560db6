package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;

/**
 * A building site on the main corridor: from an hour before each arrival for five hours, and again each day. The lanes
 * that are left carry half of the road's capacity at three quarters of its speed. Traffic is dense around the arrival.
 */
final class RoadWorks implements Scenario {
    static final double CAPACITY_FACTOR = 0.49;
    private static final double SPEED_FACTOR = 0.75;
    private static final double BUSY_SHARE = 0.8;
    private static final Duration BEFORE = Duration.ofMinutes(60);
    private static final Duration LENGTH = Duration.ofHours(5);
    private static final Around BUSY =
            new Around(PREPARATION, Duration.ofMinutes(15), Duration.ofMinutes(60), Duration.ofMinutes(30));

    @Override
    public String name() {
        return "road-works";
    }

    @Override
    public String description() {
        return "a building site takes half of the main road since an hour before now: a queue grows upstream of it";
    }

    @Override
    public Course course(City city, Run run) {
        return new Course() {
            @Override
            public List<Incident> incidentsAt(Instant at) {
                Instant arrival = run.arrivalBefore(at.plus(BEFORE));
                if (arrival == null) {
                    return List.of();
                }
                Incident site = site(Places.main(city), arrival, at);
                return site.inForceAt(at) ? List.of(site) : List.of();
            }

            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
                boolean here = corridor.id().equals(Places.main(city).id());
                return here ? Math.max(usual, BUSY_SHARE * BUSY.strength(run, at.toInstant())) : usual;
            }
        };
    }

    /** The site of the day. */
    private static Incident site(Corridor corridor, Instant arrival, Instant at) {
        Instant first =
                Instant.ofEpochSecond(Math.floorDiv(arrival.minus(BEFORE).getEpochSecond(), 60) * 60);
        long day = Math.floorDiv(
                Duration.between(first, at).toSeconds(), Duration.ofDays(1).toSeconds());
        return new Incident(
                true,
                corridor.id(),
                Math.round(corridor.lengthM() * 0.62),
                Math.round(corridor.lengthM() * 0.68),
                first.plus(Duration.ofDays(Math.max(0, day))),
                List.of(new Incident.Phase(LENGTH, CAPACITY_FACTOR, SPEED_FACTOR)),
                "road works");
    }
}

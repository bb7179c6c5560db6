package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.Draws;

/**
 * An accident on the first corridor {@value #MINUTES_BEFORE_ARRIVAL} minutes before each arrival: most of the road is
 * closed for 25 minutes, one lane for 15 more; then the queue discharges. Traffic is at least as dense as at noon around
 * it, so that the queue is seen at whatever hour one starts. Later, about every three hours, one on each corridor in turn.
 */
final class Accident implements Scenario {
    private static final int MINUTES_BEFORE_ARRIVAL = 15;
    private static final double BUSY_SHARE = 0.72;
    private static final Around BUSY =
            new Around(PREPARATION, Duration.ofMinutes(20), Duration.ofMinutes(80), Duration.ofMinutes(20));
    private static final Duration INTERVAL = Duration.ofHours(3);
    private static final double SCATTER_MINUTES = 30;

    @Override
    public String name() {
        return "accident";
    }

    @Override
    public String description() {
        return "an accident on the ring road 15 minutes before now, further ones about every three hours";
    }

    @Override
    public Course course(City city, Run run) {
        Draws draws = Draws.of(run.seed()).stream("accidents");
        return new Course() {
            @Override
            public List<Incident> incidentsAt(Instant at) {
                return candidates(city, run, draws, at).stream()
                        .filter(incident -> incident.inForceAt(at))
                        .toList();
            }

            @Override
            public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
                return Math.max(usual, BUSY_SHARE * BUSY.strength(run, at.toInstant()));
            }
        };
    }

    /** Incidents that could be in force at a moment: those of the last and the nearest interval of each arrival. */
    private static List<Incident> candidates(City city, Run run, Draws draws, Instant at) {
        List<Incident> incidents = new ArrayList<>();
        for (int i = 0; i < run.arrivals().size(); i++) {
            Instant arrival = run.arrivals().get(i);
            long interval = Math.floorDiv(Duration.between(arrival, at).toSeconds(), INTERVAL.toSeconds());
            for (long k = Math.max(0, interval - 1); k <= interval + 1; k++) {
                Incident incident = incident(city, arrival, k, draws.stream(arrival.toString()));
                if (i + 1 == run.arrivals().size()
                        || incident.start().isBefore(run.arrivals().get(i + 1).minus(PREPARATION))) {
                    incidents.add(incident);
                }
            }
        }
        return incidents;
    }

    private static Incident incident(City city, Instant arrival, long number, Draws draws) {
        Corridor corridor =
                city.corridors().get((int) (number % city.corridors().size()));
        double minutes = number == 0
                ? -MINUTES_BEFORE_ARRIVAL
                : INTERVAL.toMinutes() * number + draws.between(2 * number, -SCATTER_MINUTES, SCATTER_MINUTES);
        Instant start = arrival.plusSeconds(Math.round(minutes) * 60);
        Instant wholeMinute = Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), 60) * 60);
        double position = Math.round(corridor.lengthM() * draws.between(2 * number + 1, 0.40, 0.47));
        boolean wide = corridor.lanes() > 2;
        return new Incident(
                false,
                corridor.id(),
                position,
                position,
                wholeMinute,
                List.of(
                        new Incident.Phase(Duration.ofMinutes(25), wide ? 0.17 : 0.2, 1),
                        new Incident.Phase(Duration.ofMinutes(15), wide ? 0.49 : 0.5, 1)),
                "accident: " + (corridor.lanes() - 1) + " of " + corridor.lanes() + " lanes closed");
    }
}

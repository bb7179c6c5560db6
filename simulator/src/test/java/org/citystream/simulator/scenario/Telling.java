package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.CorridorMinute;
import org.citystream.simulator.city.StationAir;
import org.citystream.simulator.fault.FaultySensors;
import org.citystream.simulator.plan.Lindholm;

/** A scenario as it was played, with what an ordinary day would have been. */
final class Telling {
    static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

    final Instant arrival;
    final List<TruthEpisode> truth;
    private final List<CityMinute> minutes;

    private Telling(Instant arrival, List<CityMinute> minutes, List<TruthEpisode> truth) {
        this.arrival = arrival;
        this.minutes = minutes;
        this.truth = truth;
    }

    static Telling of(String name, long seed, Instant wall, Duration before, Duration after) {
        Scenario scenario = Scenarios.named(name);
        Instant arrival = scenario.arrival(wall, STOCKHOLM);
        Run run = new Run(seed, name, arrival.minus(before), List.of(arrival));
        City city = Lindholm.city();
        return play(city, run, scenario.course(city, run), after);
    }

    /** What would have been. */
    Telling ordinary(long seed) {
        Instant origin = minutes.get(0).end().minusSeconds(60);
        Run run = new Run(seed, "ordinary", origin, List.of(arrival));
        Instant end = minutes.get(minutes.size() - 1).end();
        return play(Lindholm.city(), run, new Course() {}, Duration.between(arrival, end));
    }

    private static Telling play(City city, Run run, Course course, Duration after) {
        Instant arrival = run.arrivals().get(0);
        CitySimulation simulation = new CitySimulation(city, run.seed(), course, run.origin());
        Truth truth = new Truth(course, new FaultySensors(course.faults(), city.sensors(), run.seed(), run.arrivals()));
        List<CityMinute> minutes = new ArrayList<>();
        while (simulation.now().isBefore(arrival.plus(after))) {
            CityMinute minute = simulation.advance();
            truth.observe(minute);
            minutes.add(minute);
        }
        return new Telling(arrival, minutes, truth.episodes());
    }

    /** The minute that ends so many minutes after the arrival, or the last before that. */
    CityMinute at(long minutesAfterArrival) {
        Instant moment = arrival.plus(Duration.ofMinutes(minutesAfterArrival));
        return minutes.stream()
                .filter(minute -> !minute.end().isAfter(moment))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    Corridor corridor(String id) {
        return road(0, id).corridor();
    }

    CorridorMinute road(long minutesAfterArrival, String corridorId) {
        return at(minutesAfterArrival).corridors().stream()
                .filter(minute -> minute.corridor().id().equals(corridorId))
                .findFirst()
                .orElseThrow();
    }

    /** Lowest speed ratio of a stretch of road. */
    double slowest(long minutesAfterArrival, String corridorId, double fromM, double toM) {
        CorridorMinute minute = road(minutesAfterArrival, corridorId);
        double slowest = 1;
        for (int cell = minute.cellAt(fromM); cell <= minute.cellAt(toM); cell++) {
            slowest = Math.min(slowest, minute.speedRatio(cell));
        }
        return slowest;
    }

    /** Upstream end of the congested road upstream of a place; the place itself if it is free. */
    double tailM(long minutesAfterArrival, String corridorId, double headM) {
        CorridorMinute minute = road(minutesAfterArrival, corridorId);
        int cell = minute.cellAt(headM) - 1;
        while (cell > 0 && minute.speedRatio(cell) < 0.6) {
            cell--;
        }
        return (cell + 1) * minute.cellLengthM();
    }

    /** Mean of what a station stood in, over a stretch of minutes after the arrival. */
    double air(String stationId, long fromMinute, long toMinute, ToDoubleFunction<StationAir> measure) {
        return minutes.stream()
                .filter(minute -> minute.end().isAfter(arrival.plus(Duration.ofMinutes(fromMinute))))
                .filter(minute -> !minute.end().isAfter(arrival.plus(Duration.ofMinutes(toMinute))))
                .flatMap(minute -> minute.trueAir().stream())
                .filter(air -> air.stationId().equals(stationId))
                .mapToDouble(measure)
                .average()
                .orElseThrow();
    }

    List<CityMinute> minutes() {
        return minutes;
    }
}

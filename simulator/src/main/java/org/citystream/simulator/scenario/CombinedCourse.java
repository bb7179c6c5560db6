package org.citystream.simulator.scenario;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.city.RegionalAir;
import org.citystream.simulator.city.Weather;
import org.citystream.simulator.fault.FaultPlan;

/** Several courses at once: each starts from what those before it made of the usual. */
record CombinedCourse(List<Course> parts) implements Course {

    @Override
    public double demandShare(Corridor corridor, ZonedDateTime at, double usual) {
        double share = usual;
        for (Course part : parts) {
            share = part.demandShare(corridor, at, share);
        }
        return share;
    }

    @Override
    public Weather weather(Instant at, Weather usual) {
        Weather weather = usual;
        for (Course part : parts) {
            weather = part.weather(at, weather);
        }
        return weather;
    }

    @Override
    public RegionalAir regionalAir(Instant at, Weather weather, RegionalAir usual) {
        RegionalAir air = usual;
        for (Course part : parts) {
            air = part.regionalAir(at, weather, air);
        }
        return air;
    }

    @Override
    public List<Incident> incidentsAt(Instant at) {
        return parts.stream().flatMap(part -> part.incidentsAt(at).stream()).toList();
    }

    @Override
    public Optional<String> queueCause(Corridor corridor, Instant at) {
        return first(parts.stream().map(part -> part.queueCause(corridor, at)));
    }

    @Override
    public Optional<String> airCause(Instant at) {
        return first(parts.stream().map(part -> part.airCause(at)));
    }

    @Override
    public List<FaultPlan> faults() {
        return parts.stream().flatMap(part -> part.faults().stream()).toList();
    }

    private static Optional<String> first(Stream<Optional<String>> causes) {
        return causes.flatMap(Optional::stream).findFirst();
    }
}

package org.citystream.simulator.scenario;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.citystream.simulator.city.City;

/** Several scenarios at once; the first that needs an hour of its own chooses it. */
record CombinedScenario(List<Scenario> parts) implements Scenario {

    @Override
    public String name() {
        return parts.stream().map(Scenario::name).collect(Collectors.joining(Scenarios.AND));
    }

    @Override
    public String description() {
        return parts.stream().map(Scenario::description).collect(Collectors.joining("; "));
    }

    @Override
    public Instant arrival(Instant wall, ZoneId timeZone) {
        return parts.stream()
                .map(part -> part.arrival(wall, timeZone))
                .filter(arrival -> !arrival.equals(wall))
                .findFirst()
                .orElse(wall);
    }

    @Override
    public Course course(City city, Run run) {
        return new CombinedCourse(
                parts.stream().map(part -> part.course(city, run)).toList());
    }
}

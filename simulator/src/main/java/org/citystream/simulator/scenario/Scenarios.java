package org.citystream.simulator.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The scenarios by name. */
public final class Scenarios {
    /** Joins the names of scenarios that happen at once. */
    static final String AND = "+";

    private static final List<Scenario> ALL = List.of(
            new Accident(),
            new MorningRush(),
            new RoadWorks(),
            new Festival(),
            new StadiumOut(),
            new Storm(),
            new SmogEpisode(),
            new WildfireSmoke(),
            new OzoneHeatwave(),
            new QuietNight(),
            new SensorVandalism(),
            new NetworkOutage(),
            new Incidents(),
            new OrdinaryDays(),
            new FaultyFleet());

    private Scenarios() {}

    public static List<Scenario> all() {
        return ALL;
    }

    /**
     * A scenario, or several at once as in {@code accident+smog-episode}.
     *
     * @throws IllegalArgumentException naming the known ones, if there is none of this name
     */
    public static Scenario named(String name) {
        List<Scenario> parts = Arrays.stream(name.split("\\" + AND, -1))
                .map(part -> single(part.strip()))
                .toList();
        return parts.size() == 1 ? parts.get(0) : new CombinedScenario(parts);
    }

    private static Scenario single(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario '" + name + "'; there are "
                        + ALL.stream().map(Scenario::name).collect(Collectors.joining(", "))
                        + ", and several at once as in accident+smog-episode"));
    }
}

package org.citystream.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** The scenarios by name. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(new Accident(), new MorningRush());

    private Scenarios() {}

    public static List<Scenario> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException naming the known ones, if there is none of this name */
    public static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario '" + name + "'; there are "
                        + ALL.stream().map(Scenario::name).collect(Collectors.joining(", "))));
    }
}

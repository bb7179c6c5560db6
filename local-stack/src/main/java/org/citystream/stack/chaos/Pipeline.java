package org.citystream.stack.chaos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.stack.failure.CityFailure;

/** All that may be broken together, what comes through it, and how that is weighed in the end. */
public record Pipeline(List<Component> components, Flow flow, Scale scale) {
    public Pipeline {
        components = List.copyOf(components);
    }

    /** Nobody can weigh what comes through. */
    public Pipeline(List<Component> components, Flow flow) {
        this(components, flow, Scale.NONE);
    }

    Map<String, Set<FaultKind>> permitted() {
        Map<String, Set<FaultKind>> permitted = new TreeMap<>();
        components.forEach(component -> permitted.put(component.name(), component.faults()));
        return permitted;
    }

    Component component(String name) {
        return components.stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CityFailure("there is no component " + name, "name one that there is"));
    }

    /** The first thing that is wrong anywhere; empty when all is well. */
    Optional<String> problem() {
        return components.stream()
                .flatMap(component -> component.problem().map(problem -> component.name() + ": " + problem).stream())
                .findFirst();
    }
}

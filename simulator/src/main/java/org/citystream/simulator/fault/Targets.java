package org.citystream.simulator.fault;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.simulator.city.Draws;
import org.citystream.simulator.city.SensorPattern;
import org.jspecify.annotations.Nullable;

/**
 * Which sensors a fault strikes.
 *
 * @param kind only sensors of this kind; null: of both
 * @param share of these, 0..1, rounded to at least one sensor
 */
record Targets(SensorPattern ids, @Nullable SensorKind kind, double share) {
    Targets {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("'share' must be above 0 and at most 1 but is " + share);
        }
    }

    /** The sensors, as the seed chooses them; in the order of the city. */
    List<String> choose(List<Sensor> sensors, Draws draws) {
        List<String> candidates = sensors.stream()
                .filter(sensor -> kind == null || sensor.kind() == kind)
                .map(Sensor::sensorId)
                .filter(ids::matches)
                .toList();
        if (share == 1) {
            return candidates;
        }
        long wanted = Math.max(1, Math.round(candidates.size() * share));
        Set<String> chosen = candidates.stream()
                .sorted(Comparator.comparing((String id) -> draws.stream(id).uniform(0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(wanted)
                .collect(Collectors.toSet());
        return candidates.stream().filter(chosen::contains).toList();
    }
}

package org.citystream.simulator.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What fixes a run: everything that happens in it follows from these.
 *
 * @param scenario name of the scenario
 * @param origin where the city's state is folded from
 * @param arrivals the moments at which the deployment arrived at "now" after a stretch of history, in order; a scenario
 *     arranges its events around them
 */
public record Run(long seed, String scenario, Instant origin, List<Instant> arrivals) {
    public Run {
        arrivals = List.copyOf(arrivals);
    }

    /** The latest arrival at or before a moment; null before the first. */
    public @Nullable Instant arrivalBefore(Instant at) {
        Instant latest = null;
        for (Instant arrival : arrivals) {
            latest = arrival.isAfter(at) ? latest : arrival;
        }
        return latest;
    }

    /** The same run with one more arrival. */
    public Run arrivingAt(Instant arrival) {
        List<Instant> all = new ArrayList<>(arrivals);
        all.add(arrival);
        return new Run(seed, scenario, origin, all);
    }
}

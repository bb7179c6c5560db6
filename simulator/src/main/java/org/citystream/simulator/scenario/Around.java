package org.citystream.simulator.scenario;

import java.time.Duration;
import java.time.Instant;

/**
 * How strong something is that comes before each arrival of the clock, stays and goes: between 0 and 1, rising and falling
 * by straight lines. Before a later arrival it comes no earlier than {@link Scenario#PREPARATION}, since what the
 * deployment has already seen cannot change.
 *
 * @param before how long before the arrival it begins to rise
 * @param rise how long it rises
 * @param after how long after the arrival it is gone
 * @param fall how long it falls
 */
record Around(Duration before, Duration rise, Duration after, Duration fall) {

    /** The strength at a moment of a run. */
    double strength(Run run, Instant at) {
        double strongest = 0;
        for (int i = 0; i < run.arrivals().size(); i++) {
            Instant arrival = run.arrivals().get(i);
            boolean cramped = i > 0 && before.compareTo(Scenario.PREPARATION) > 0;
            Duration lead = cramped ? Scenario.PREPARATION : before;
            Duration up = cramped && rise.compareTo(lead) > 0 ? lead : rise;
            double risen = share(Duration.between(arrival.minus(lead), at), up);
            double left = share(Duration.between(at, arrival.plus(after)), fall);
            strongest = Math.max(strongest, Math.min(risen, left));
        }
        return strongest;
    }

    private static double share(Duration part, Duration whole) {
        return Math.max(0, Math.min(1, (double) part.toSeconds() / whole.toSeconds()));
    }
}

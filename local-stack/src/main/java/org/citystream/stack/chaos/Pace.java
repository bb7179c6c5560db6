package org.citystream.stack.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How faults follow each other.
 *
 * @param atOnce so many begin together; at least 1
 * @param every at least so long from the beginning of one to that of the next; zero: as soon as all is well
 */
public record Pace(int atOnce, Duration every) {
    /** One after the other, as soon as all is well. */
    public static final Pace ONE_BY_ONE = new Pace(1, Duration.ZERO);

    /** Whether there is time between faults to look after the patient. */
    boolean isSlow() {
        return !every.isZero();
    }

    /** Those that begin together, in the plan's order; a component never has two faults at once. */
    List<List<PlannedFault>> rounds(List<PlannedFault> plan) {
        List<List<PlannedFault>> rounds = new ArrayList<>();
        List<PlannedFault> round = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        for (PlannedFault fault : plan) {
            if (round.size() == atOnce || broken.contains(fault.component())) {
                rounds.add(List.copyOf(round));
                round.clear();
                broken.clear();
            }
            round.add(fault);
            broken.add(fault.component());
        }
        if (!round.isEmpty()) {
            rounds.add(List.copyOf(round));
        }
        return rounds;
    }
}

package org.citystream.stack.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run of faults amounts to. Recovery that was slower than aimed at is told, and is no failure.
 *
 * @param failures every one; empty: all promises were kept
 */
public record Verdict(List<String> failures) {
    public Verdict {
        failures = List.copyOf(failures);
    }

    /**
     * Judges a run.
     *
     * @param planned how many faults there were to be
     * @param loadProblem why the load broke off; empty if it did not
     * @param imbalances what came to the jobs and is not accounted for
     * @param auditOk whether the audit found every promise kept
     */
    public static Verdict of(
            int planned, List<Outcome> outcomes, String loadProblem, List<String> imbalances, boolean auditOk) {
        List<String> failures = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (!outcome.recovered()) {
                PlannedFault fault = outcome.fault();
                failures.add("no recovery from fault " + fault.number() + ", "
                        + fault.kind().wireName() + " of " + fault.component() + ": " + outcome.problem());
            }
        }
        if (outcomes.size() < planned) {
            failures.add((planned - outcomes.size()) + " of " + planned + " faults were not reached");
        }
        if (!loadProblem.isEmpty()) {
            failures.add("the load broke off: " + loadProblem);
        }
        failures.addAll(imbalances);
        if (!auditOk) {
            failures.add("the audit found a promise broken");
        }
        return new Verdict(failures);
    }

    public boolean isOk() {
        return failures.isEmpty();
    }
}

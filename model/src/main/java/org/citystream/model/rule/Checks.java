package org.citystream.model.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.rule.InvalidRuleException.Problem;

/** Collects what is wrong with a condition. NaN stands for a number that has been reported already. */
final class Checks {
    /** Far beyond any use, and far from where milliseconds overflow. */
    private static final Duration LONGEST = Duration.ofDays(31);

    private final List<Problem> problems = new ArrayList<>();

    Checks within(String field, double value, double above, double atMost) {
        return refuseIf(
                value <= above || value > atMost,
                field,
                "must be above " + above + " and at most " + atMost + " but is " + value);
    }

    Checks positive(String field, double value) {
        return refuseIf(value <= 0, field, "must be above 0 but is " + value);
    }

    Checks positive(String field, Duration value) {
        return refuseIf(
                value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0,
                field,
                "must be longer than nothing and at most P31D but is " + value);
    }

    /** Zero is allowed. */
    Checks notNegative(String field, Duration value) {
        return refuseIf(
                value.isNegative() || value.compareTo(LONGEST) > 0, field, "must be PT0S to P31D but is " + value);
    }

    Checks refuseIf(boolean wrong, String field, String reason) {
        if (wrong) {
            problems.add(new Problem(field, reason));
        }
        return this;
    }

    boolean isClean() {
        return problems.isEmpty();
    }

    /** @throws InvalidConditionException if anything is wrong */
    void done() {
        if (!problems.isEmpty()) {
            throw new InvalidConditionException(problems);
        }
    }
}

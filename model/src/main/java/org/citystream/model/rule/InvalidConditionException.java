package org.citystream.model.rule;

import java.util.List;
import java.util.stream.Collectors;
import org.citystream.model.rule.InvalidRuleException.Problem;

/** Parts of a rule that contradict each other or lie out of range; paths are relative to the rule. */
final class InvalidConditionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidConditionException(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.path() + " " + problem.reason())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}

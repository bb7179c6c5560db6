package org.citystream.model.rule;

import java.util.List;

/** A rule document that cannot become rules; lists every problem found. */
public final class InvalidRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One problem.
     *
     * @param path where, such as {@code [2].enter.for}
     * @param reason what is wrong and what would be right
     */
    public record Problem(String path, String reason) {}

    public InvalidRuleException(List<Problem> problems) {
        super(String.join(
                "; ", problems.stream().map(p -> p.path() + ": " + p.reason()).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}

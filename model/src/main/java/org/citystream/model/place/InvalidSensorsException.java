package org.citystream.model.place;

import java.util.List;

/** A sensor file that cannot be read; lists every problem found. */
public final class InvalidSensorsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One problem.
     *
     * @param path where, such as {@code features[2].properties.laneCount}; empty: the whole file
     * @param reason what is wrong and what would be right
     */
    public record Problem(String path, String reason) {
        @Override
        public String toString() {
            return path.isEmpty() ? reason : path + ": " + reason;
        }
    }

    public InvalidSensorsException(List<Problem> problems) {
        super(String.join("; ", problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}

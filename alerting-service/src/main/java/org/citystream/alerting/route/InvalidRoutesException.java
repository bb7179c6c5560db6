package org.citystream.alerting.route;

import java.util.List;

/** A routing file that cannot be used; lists every problem found. */
public final class InvalidRoutesException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems each with its path, such as {@code route.routes[1].matchers[0]: ...} */
    public InvalidRoutesException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

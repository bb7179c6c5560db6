package org.citystream.service.health;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** What a service needs in order to do its work, each with the reason when it is missing. Thread-safe. */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentSkipListMap<>();

    /**
     * Adds a check.
     *
     * @param name the dependency, such as {@code kafka}
     * @param problem empty when all is well, else why not; must return at once
     */
    public void register(String name, Supplier<Optional<String>> problem) {
        checks.put(name, problem);
    }

    /** Problems by check; empty when the service is ready. */
    public Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>();
        checks.forEach((name, check) -> check.get().ifPresent(problem -> problems.put(name, problem)));
        return problems;
    }

    /** Names of all checks. */
    public Iterable<String> names() {
        return checks.keySet();
    }
}

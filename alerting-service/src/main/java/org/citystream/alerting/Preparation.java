package org.citystream.alerting;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be there before a service begins its work. The steps need nothing of one another and are taken side by side:
 * after a crash, with a busy machine, each of them waits for a processor. Thread-safe.
 */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** One of them, tried again until it is done. */
    @FunctionalInterface
    interface Step {
        /** What is missing still; empty when it is done. An exception says that too. */
        Optional<String> attempt();
    }

    private final ScheduledExecutorService threads;
    private final Map<String, Step> steps;
    private final Runnable then;
    /** Why a step is not done, by its name. */
    private final Map<String, String> missing = new ConcurrentSkipListMap<>();

    /**
     * @param threads as many as there are steps, or some have to wait
     * @param then done once, after the last step, on its thread
     */
    Preparation(ScheduledExecutorService threads, Map<String, Step> steps, Runnable then) {
        this.threads = threads;
        this.steps = steps;
        this.then = then;
        steps.keySet().forEach(name -> missing.put(name, "starting"));
    }

    void start() {
        steps.forEach((name, step) -> threads.execute(() -> attempt(name, step)));
    }

    /** Why the work has not begun; empty once it has. */
    Optional<String> problem() {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.values().stream().distinct().collect(Collectors.joining("; ")));
    }

    private void attempt(String name, Step step) {
        Optional<String> problem = tried(step);
        if (problem.isEmpty()) {
            done(name);
            return;
        }
        if (!problem.get().equals(missing.put(name, problem.get()))) {
            LOG.warn("cannot begin yet: {}", problem.get());
        }
        threads.schedule(() -> attempt(name, step), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Optional<String> tried(Step step) {
        try {
            return step.attempt();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void done(String name) {
        missing.remove(name);
        if (missing.isEmpty()) {
            then.run();
        }
    }
}

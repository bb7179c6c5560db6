package org.citystream.stack.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * When a message may have arrived again because of what was done. Between a sensor and Kafka a message is sent again when a
 * connection is lost before it is acknowledged, and only a fault of what lies between them ends one of those. A machine so
 * short of processor time that one is lost all the same is no excuse: nobody has broken that connection.
 */
final class Disturbances {
    /** What is sent again comes before what is new, and the component has worked for a while when it counts as well. */
    private static final Duration AFTERMATH = Duration.ofSeconds(15);

    private final Predicate<String> onTheWayIn;

    /** @param onTheWayIn whether readings pass through the component of that name between their sensors and Kafka */
    Disturbances(Predicate<String> onTheWayIn) {
        this.onTheWayIn = onTheWayIn;
    }

    /**
     * Options of the audit. What arrived before the run is none of its business.
     *
     * @param begunAt of the run
     */
    List<String> options(Instant begunAt, List<Outcome> outcomes) {
        List<String> options = new ArrayList<>();
        add(options, Instant.EPOCH, begunAt);
        for (Outcome outcome : outcomes) {
            if (onTheWayIn.test(outcome.fault().component())) {
                add(options, outcome.begunAt(), outcome.endedAt().plus(AFTERMATH));
            }
        }
        return options;
    }

    private static void add(List<String> options, Instant from, Instant to) {
        options.add("--disturbed");
        options.add(from + "/" + to);
    }
}

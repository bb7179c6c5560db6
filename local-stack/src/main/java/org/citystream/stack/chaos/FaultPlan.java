package org.citystream.stack.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which faults come, in which order. Follows from the seed alone, on any machine: every component comes once before any
 * comes again, in an order drawn anew each time, each time with one of the faults it may have.
 */
public final class FaultPlan {
    private static final Duration LONGEST_CALM = Duration.ofSeconds(5);
    private static final Duration SHORTEST_HOLD = Duration.ofSeconds(2);
    /** Beyond the 15 s after which Flink gives a process up. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(20);

    private final Map<String, List<FaultKind>> permitted = new TreeMap<>();
    private final Random random;
    private final Deque<String> next = new ArrayDeque<>();

    private FaultPlan(long seed, Map<String, Set<FaultKind>> permitted) {
        this.random = new Random(seed);
        permitted.forEach((component, kinds) -> {
            if (!kinds.isEmpty()) {
                this.permitted.put(component, kinds.stream().sorted().toList());
            }
        });
    }

    /**
     * The plan.
     *
     * @param permitted what may be done to which component; the order does not matter
     * @throws IllegalArgumentException if nothing may be done to anything
     */
    public static List<PlannedFault> of(long seed, int count, Map<String, Set<FaultKind>> permitted) {
        FaultPlan plan = new FaultPlan(seed, permitted);
        if (plan.permitted.isEmpty()) {
            throw new IllegalArgumentException("there is no component that may be broken");
        }
        List<PlannedFault> faults = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            faults.add(plan.draw(number));
        }
        return faults;
    }

    private PlannedFault draw(int number) {
        if (next.isEmpty()) {
            List<String> components = new ArrayList<>(permitted.keySet());
            Collections.shuffle(components, random);
            next.addAll(components);
        }
        String component = next.removeFirst();
        List<FaultKind> kinds = permitted.getOrDefault(component, List.of());
        FaultKind kind = kinds.get(random.nextInt(kinds.size()));
        return new PlannedFault(
                number, component, kind, between(Duration.ZERO, LONGEST_CALM), between(SHORTEST_HOLD, LONGEST_HOLD));
    }

    private Duration between(Duration least, Duration most) {
        int millis = (int) most.minus(least).toMillis();
        return least.plusMillis(random.nextInt(millis + 1));
    }
}

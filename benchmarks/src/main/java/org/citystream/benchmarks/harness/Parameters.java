package org.citystream.benchmarks.harness;

import java.util.Map;
import java.util.TreeMap;

/** What a run is told; crosses the process boundary as text. */
public record Parameters(Map<String, String> values) {
    /** Asks for the digest of everything computed; such runs are not timed. */
    static final String CHECK = "check";

    static final String SLOWDOWN_STEPS = "slowdownSteps";

    public Parameters {
        values = Map.copyOf(values);
    }

    public static Parameters none() {
        return new Parameters(Map.of());
    }

    public Parameters with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value.toString());
        return new Parameters(more);
    }

    /** @throws IllegalArgumentException if it is absent */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        return value;
    }

    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    public int number(String name, int otherwise) {
        return values.containsKey(name) ? number(name) : otherwise;
    }

    /** Whether this run is to compute the digest of its output instead of being timed. */
    public boolean isCheck() {
        return values.containsKey(CHECK);
    }

    /** The deliberate slowdown of this run; none but in the control. */
    public Slowdown slowdown() {
        return new Slowdown(number(SLOWDOWN_STEPS, 0));
    }
}

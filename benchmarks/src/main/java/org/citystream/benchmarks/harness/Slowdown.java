package org.citystream.benchmarks.harness;

/**
 * Work without use, spent for each unit by the control that a benchmark must flag: a chain of dependent multiplications,
 * because sleeping costs no CPU time.
 *
 * @param steps about a nanosecond each; 0: none
 */
public record Slowdown(int steps) {
    private static volatile long sink;

    public void spend() {
        if (steps == 0) {
            return;
        }
        long value = sink;
        for (int i = 0; i < steps; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        sink = value;
    }
}

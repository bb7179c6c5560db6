package org.citystream.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the rounds of a comparison found. In each round every run happened once, and ratios are taken within a round, so
 * that what the machine did at the time touches both sides.
 *
 * @param b null-free, as long as the others
 * @param again the first side once more: how far equal things differ is the noise
 * @param slowed the first side with a deliberate slowdown
 */
public record Rounds(List<Sample> a, List<Sample> b, List<Sample> again, List<Sample> slowed) {

    public Rounds {
        if (b.size() != a.size() || again.size() != a.size() || slowed.size() != a.size()) {
            throw new IllegalArgumentException("each round has one run of everything");
        }
    }

    /** CPU of the first side, ns a unit. */
    public Distribution costOfA() {
        return costs(a);
    }

    public Distribution costOfB() {
        return costs(b);
    }

    public Distribution bOverA() {
        return ratios(b, a);
    }

    public Distribution aOverB() {
        return ratios(a, b);
    }

    /** Ratios that mean nothing: the first side over itself. */
    public Distribution noise() {
        return ratios(again, a);
    }

    public Distribution slowdown() {
        return ratios(slowed, a);
    }

    /** Whether the slowdown stands out of the noise. A benchmark that misses it measures nothing. */
    public boolean flagsSlowdown() {
        return slowdown().median() > noise().most();
    }

    /** A further finding of the second side, by its name. */
    public Distribution figureOfB(String name) {
        return figure(name, b);
    }

    static Distribution figure(String name, List<Sample> samples) {
        return Distribution.of(samples.stream()
                .map(sample -> Objects.requireNonNull(sample.figures().get(name), name))
                .toList());
    }

    private static Distribution costs(List<Sample> samples) {
        return Distribution.of(samples.stream().map(Sample::nanosPerUnit).toList());
    }

    private static Distribution ratios(List<Sample> over, List<Sample> under) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < over.size(); i++) {
            ratios.add(over.get(i).nanosPerUnit() / under.get(i).nanosPerUnit());
        }
        return Distribution.of(ratios);
    }
}

package org.citystream.benchmarks.harness;

import java.util.Locale;
import java.util.function.Function;

/**
 * What a comparison is held against.
 *
 * @param what in words, for the table
 * @param figure whose median counts
 * @param atLeast whether more is better
 */
public record Target(String what, Function<Rounds, Distribution> figure, boolean atLeast, double limit) {

    public static Target atLeast(String what, Function<Rounds, Distribution> figure, double limit) {
        return new Target(what, figure, true, limit);
    }

    public static Target atMost(String what, Function<Rounds, Distribution> figure, double limit) {
        return new Target(what, figure, false, limit);
    }

    boolean isMet(Rounds rounds) {
        double median = figure.apply(rounds).median();
        return atLeast ? median >= limit : median <= limit;
    }

    /** Met, or missed and by how much of the limit. */
    String verdict(Rounds rounds) {
        if (isMet(rounds)) {
            return "met";
        }
        double off = Math.abs(figure.apply(rounds).median() / limit - 1);
        return String.format(Locale.ROOT, "missed by %.0f %%", 100 * off);
    }

    String limitText() {
        return String.format(Locale.ROOT, "%s %s", atLeast ? "≥" : "≤", Figures.text(limit));
    }
}

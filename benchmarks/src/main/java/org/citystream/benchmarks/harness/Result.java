package org.citystream.benchmarks.harness;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a comparison found.
 *
 * @param loadBefore load average of the machine before the first timed run
 * @param loadAfter after the last, the runs themselves included
 */
public record Result(Comparison comparison, Rounds rounds, double loadBefore, double loadAfter) {

    /** Whether the benchmark saw what it was made to see; its figures mean nothing otherwise. */
    public boolean isValid() {
        return rounds.flagsSlowdown();
    }

    /** Head of the table whose rows are {@link #row}s. */
    public static List<String> head() {
        return List.of(
                "| what | A: CPU ns | B: CPU ns | B / A | A / B | noise A / A | slowed by 25 % | target | verdict |",
                "|---|---|---|---|---|---|---|---|---|");
    }

    /** One row of a Markdown table; medians, in brackets the whole spread. */
    public String row() {
        StringBuilder targets = new StringBuilder();
        StringBuilder verdicts = new StringBuilder();
        for (Target target : comparison.targets()) {
            String separator = targets.isEmpty() ? "" : "; ";
            targets.append(separator).append(target.what()).append(' ').append(target.limitText());
            verdicts.append(separator).append(target.verdict(rounds));
        }
        return "| "
                + String.join(
                        " | ",
                        comparison.name(),
                        comparison.a().name() + ": " + Figures.text(rounds.costOfA()),
                        comparison.b().name() + ": " + Figures.text(rounds.costOfB()),
                        Figures.text(rounds.bOverA()),
                        Figures.text(rounds.aOverB()),
                        Figures.text(rounds.noise()),
                        Figures.text(rounds.slowdown()) + (rounds.flagsSlowdown() ? ", seen" : ", NOT SEEN"),
                        targets.toString(),
                        verdicts.toString())
                + " |";
    }

    /** Conditions of the row. */
    public String conditions() {
        return comparison.name() + ": " + rounds.a().size() + " rounds of "
                + rounds.a().get(0).units() + " and " + rounds.b().get(0).units() + " " + comparison.unit()
                + "s, load average " + Figures.text(loadBefore) + " before, " + Figures.text(loadAfter) + " after"
                + further(comparison.a().name(), rounds.a())
                + further(comparison.b().name(), rounds.b());
    }

    /** Further findings of a side, medians. */
    private static String further(String side, List<Sample> samples) {
        Set<String> names = new TreeSet<>(samples.get(0).figures().keySet());
        return names.isEmpty()
                ? ""
                : "; " + side + ": "
                        + names.stream()
                                .map(name -> name + " " + Figures.text(Rounds.figure(name, samples)))
                                .collect(Collectors.joining(", "));
    }
}

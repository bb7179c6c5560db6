package org.citystream.benchmarks.harness;

import java.util.Locale;

/** Numbers for people: three digits that matter. */
final class Figures {
    private Figures() {}

    static String text(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    static String text(Distribution figures) {
        return text(figures.median()) + " (" + text(figures.least()) + " to " + text(figures.most()) + ")";
    }
}

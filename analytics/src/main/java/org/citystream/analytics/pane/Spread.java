package org.citystream.analytics.pane;

/** Spreads a total over parts of its time so that the parts always add up to the total exactly. */
final class Spread {
    private Spread() {}

    /**
     * The share of {@code total}, gathered evenly over {@code period}, that falls between two moments of that period.
     *
     * @param from 0..period
     * @param to from..period
     */
    static long share(long total, long from, long to, long period) {
        return floor(total, to, period) - floor(total, from, period);
    }

    /** floor(total * part / period) without overflow: periods and parts stay below 2^31 ms. */
    private static long floor(long total, long part, long period) {
        return Math.floorDiv(total, period) * part + Math.floorDiv(Math.floorMod(total, period) * part, period);
    }
}

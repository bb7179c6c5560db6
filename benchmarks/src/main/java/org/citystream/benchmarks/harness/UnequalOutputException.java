package org.citystream.benchmarks.harness;

/** The two sides do not compute the same, so that their costs cannot be compared. */
public final class UnequalOutputException extends Exception {
    private static final long serialVersionUID = 1;

    UnequalOutputException(String comparison, String a, String b) {
        super(comparison + ": the sides compute different things: " + a + " and " + b);
    }
}

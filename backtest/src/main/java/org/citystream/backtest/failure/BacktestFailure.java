package org.citystream.backtest.failure;

/** Something that the caller can put right: what happened, and what to do about it. */
public final class BacktestFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    public BacktestFailure(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}

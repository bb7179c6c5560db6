package org.citystream.dashboard.series;

/** The time-series store cannot answer. */
public final class TimeSeriesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TimeSeriesException(String message, Throwable cause) {
        super(message, cause);
    }
}

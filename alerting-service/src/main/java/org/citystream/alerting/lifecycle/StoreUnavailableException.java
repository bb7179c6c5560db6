package org.citystream.alerting.lifecycle;

/** The store cannot be reached or gave up; trying again later may help. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

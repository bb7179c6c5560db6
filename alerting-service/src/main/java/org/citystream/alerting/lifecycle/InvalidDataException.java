package org.citystream.alerting.lifecycle;

/** The store refuses the data themselves; trying again cannot help. */
public final class InvalidDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}

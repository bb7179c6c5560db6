package org.citystream.model.place;

/** A sensor file that cannot be read; the message names the feature and what is wrong with it. */
public final class InvalidSensorsException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidSensorsException(String message) {
        super(message);
    }

    public InvalidSensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}

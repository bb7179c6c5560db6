package org.citystream.embedded;

/** A server could not be started or stopped; the message says which and why. */
public final class EmbeddedServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }

    EmbeddedServerException(String message) {
        super(message);
    }
}

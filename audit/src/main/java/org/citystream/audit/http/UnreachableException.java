package org.citystream.audit.http;

/** Something that the audit has to ask does not answer as it should; the message says what and what to do. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.citystream.alerting.rule;

/** A version of a rule that there is none of; the message names those there are. */
public final class UnknownVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownVersionException(String message) {
        super(message);
    }
}

package org.citystream.alerting.rule;

/** The rules' topic cannot be read or written just now. */
public final class RuleLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuleLogException(String message, Throwable cause) {
        super(message, cause);
    }
}

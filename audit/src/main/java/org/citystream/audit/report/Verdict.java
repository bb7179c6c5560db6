package org.citystream.audit.report;

/** What a count above zero means. */
public enum Verdict {
    /** Worth knowing. */
    TOLD,
    /** A promise is broken. */
    FAILURE
}

package org.citystream.alerting.notify;

/**
 * Something that a receiver has not been told, and will be if the alert is still open when the reason is gone.
 *
 * @param reason why it was not told
 * @param fromSequence first change that it has missed
 */
public record Hold(String alertId, String receiver, String reason, int fromSequence) {}

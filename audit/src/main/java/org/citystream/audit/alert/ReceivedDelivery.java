package org.citystream.audit.alert;

/**
 * A message in the log of a receiver.
 *
 * @param refused whether the receiver refused it: its signature was wrong
 * @param contentHash of its body as JSON, whatever the spelling
 */
public record ReceivedDelivery(String webhookId, boolean refused, String contentHash) {}

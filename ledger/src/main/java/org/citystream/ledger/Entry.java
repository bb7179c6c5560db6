package org.citystream.ledger;

/**
 * One message as it was handed to the broker.
 *
 * @param number counts all entries of a ledger from 0, over restarts
 * @param payloadHash {@link PayloadHash} of its bytes
 * @param nativeFormat whether these bytes are what the gateway passes on, so that the hash tells a changed reading; else
 *     the gateway translates them
 */
public record Entry(long number, MessageId id, long payloadHash, boolean nativeFormat) {}

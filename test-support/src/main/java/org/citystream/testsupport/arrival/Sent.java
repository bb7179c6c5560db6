package org.citystream.testsupport.arrival;

/**
 * A reading as its sensor sends it.
 *
 * @param at true end of the observed time, epoch ms; what the reading itself says may be a lie
 */
public record Sent<R>(String sensorId, long at, R reading) {}

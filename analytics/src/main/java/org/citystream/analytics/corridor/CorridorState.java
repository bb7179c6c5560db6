package org.citystream.analytics.corridor;

import java.util.TreeMap;

/** State of a corridor: where each congestion rule stands, by rule id. */
public record CorridorState(TreeMap<String, Queues> congestion) {}

package org.citystream.analytics.pane;

/**
 * Where a subject's life begins: with nothing, or in its middle with a state that was known then.
 *
 * @param folded the state, and what it has taken in
 * @param stale whether open episodes had been told as stale
 */
public record Beginning<S>(Folded<S> folded, boolean stale) {}

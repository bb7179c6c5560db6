package org.citystream.analytics.pane;

/**
 * A fold's state after all panes that end at or before a moment.
 *
 * @param upTo end of the last pane folded, epoch ms; {@link Long#MIN_VALUE}: none
 * @param lastData start of the last pane with data, epoch ms; {@link Long#MIN_VALUE}: none
 */
record Folded<S>(S state, long upTo, long lastData) {}

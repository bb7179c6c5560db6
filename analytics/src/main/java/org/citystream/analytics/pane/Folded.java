package org.citystream.analytics.pane;

/**
 * A fold's state after all panes that end at or before a moment.
 *
 * @param upTo end of the last pane folded, epoch ms; {@link Long#MIN_VALUE}: none
 * @param expectedTo start of the last pane in which any pane with data lets more be expected, epoch ms; {@link
 *     Long#MIN_VALUE}: none. Never moves back as data are added, so that no order of arrival tells an empty pane that
 *     another would not.
 */
public record Folded<S>(S state, long upTo, long expectedTo) {

    /** Before anything was observed. */
    static <S> Folded<S> nothing(S initial) {
        return new Folded<>(initial, Long.MIN_VALUE, Long.MIN_VALUE);
    }
}

package org.citystream.simulator.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a fault is in force: windows counted from each arrival of the clock at "now".
 *
 * @param from offset of the first window from an arrival; may be negative
 * @param length how long each lasts; null: until the next arrival
 * @param every distance of windows; null: there is one only
 */
record Schedule(
        Duration from, @Nullable Duration length, @Nullable Duration every) {
    /** Before a later arrival nothing begins earlier than this: what was sent cannot change. */
    private static final Duration EARLIEST = Duration.ofMinutes(-75);

    /** The city goes by minutes, and so does its truth. */
    private static final Duration SHORTEST_CYCLE = Duration.ofMinutes(1);

    Schedule {
        if (length != null && (length.isNegative() || length.isZero())) {
            throw new IllegalArgumentException("'for' must be longer than nothing but is " + length);
        }
        if (every != null && (length == null || every.compareTo(length) <= 0)) {
            throw new IllegalArgumentException("'every' must be longer than 'for', but they are " + every + " and "
                    + (length == null ? "without end" : length));
        }
        if (every != null && every.compareTo(SHORTEST_CYCLE) < 0) {
            throw new IllegalArgumentException("'every' must be at least a minute but is " + every);
        }
    }

    /** The window in force at a moment, or else the last one before it; empty before the first. */
    Optional<Window> lastWindow(List<Instant> arrivals, Instant at) {
        Optional<Window> last = Optional.empty();
        for (int i = 0; i < arrivals.size(); i++) {
            Instant first = first(arrivals, i);
            if (at.isAfter(first)) {
                Instant next = i + 1 < arrivals.size() ? first(arrivals, i + 1) : null;
                last = Optional.of(window(first, next, at));
            }
        }
        return last;
    }

    private Instant first(List<Instant> arrivals, int index) {
        Duration offset = index > 0 && from.compareTo(EARLIEST) < 0 ? EARLIEST : from;
        return arrivals.get(index).plus(offset);
    }

    private Window window(Instant first, @Nullable Instant next, Instant at) {
        Instant start = first;
        if (every != null) {
            long passed = Duration.between(first, at).minusNanos(1).dividedBy(every);
            start = first.plus(every.multipliedBy(passed));
        }
        Instant end = length == null ? null : start.plus(length);
        boolean cut = next != null && (end == null || end.isAfter(next));
        return new Window(start, cut ? next : end);
    }
}

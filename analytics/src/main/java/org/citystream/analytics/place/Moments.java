package org.citystream.analytics.place;

import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;

/** When something held, of what holds from each key on, epoch ms, until the next. */
final class Moments {
    private Moments() {}

    /** From when on it holds until the end; {@link Long#MAX_VALUE}: in the end it does not. */
    static <T> long since(NavigableMap<Long, T> held, Predicate<T> wanted) {
        long since = Long.MAX_VALUE;
        for (Map.Entry<Long, T> entry : held.descendingMap().entrySet()) {
            if (!wanted.test(entry.getValue())) {
                return since;
            }
            since = entry.getKey();
        }
        return since;
    }

    /** The first moment from {@code from} until {@code to} at which it holds; {@link Long#MAX_VALUE}: none. */
    static <T> long first(NavigableMap<Long, T> held, Predicate<T> wanted, long from, long to) {
        if (from >= to) {
            return Long.MAX_VALUE;
        }
        if (held.size() == 1 && !wanted.test(held.firstEntry().getValue())) {
            // As good as always.
            return Long.MAX_VALUE;
        }
        Long then = held.floorKey(from);
        for (Map.Entry<Long, T> entry :
                held.subMap(then == null ? from : then, true, to, false).entrySet()) {
            if (wanted.test(entry.getValue())) {
                return Math.max(from, entry.getKey());
            }
        }
        return Long.MAX_VALUE;
    }
}

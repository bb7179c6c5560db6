package org.citystream.audit.kafka;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the deployment's clock stood at, by minutes of wall clock, as readings and ticks were stamped. */
final class ClockHistory {
    private final NavigableMap<Instant, Instant> newest = new TreeMap<>();
    private @Nullable Instant last;

    /** A record that arrived then bears this stamp; in any order. */
    void stamp(Instant wall, Instant clock) {
        newest.merge(wall.truncatedTo(ChronoUnit.MINUTES), clock, ClockHistory::later);
        last = last == null ? clock : later(last, clock);
    }

    /** The newest stamp; null without any. */
    @Nullable Instant last() {
        return last;
    }

    /** Where the clock had not come beyond at that moment; {@link Instant#MAX} if nothing is known. */
    Instant notBeyond(Instant wall) {
        NavigableMap<Instant, Instant> before = newest.headMap(wall.truncatedTo(ChronoUnit.MINUTES), true);
        if (!before.isEmpty()) {
            return Collections.max(before.values());
        }
        return newest.isEmpty() ? Instant.MAX : newest.firstEntry().getValue();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

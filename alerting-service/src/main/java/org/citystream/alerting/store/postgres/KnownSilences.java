package org.citystream.alerting.store.postgres;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.citystream.alerting.silence.Silence;
import org.jdbi.v3.core.Handle;

/**
 * Silences that nobody has taken back. They never change, and those that are over stay, since late data may belong to their
 * time: so each is read and parsed once. Thread-safe.
 */
final class KnownSilences {
    private final Map<String, Silence> known = new ConcurrentHashMap<>();

    /** The newest first. */
    List<Silence> read(Handle handle) {
        List<String> ids = handle.createQuery(
                        "SELECT silence_id FROM silences WHERE removed_at IS NULL ORDER BY created_at DESC, silence_id")
                .mapTo(String.class)
                .list();
        // Of one's own: another thread may forget meanwhile what it does not see yet.
        Map<String, Silence> mine = new HashMap<>(known);
        List<String> missing = ids.stream().filter(id -> !mine.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            PostgresSilences.read(handle, missing).forEach(silence -> mine.put(silence.id(), silence));
        }
        mine.keySet().retainAll(ids);
        known.putAll(mine);
        known.keySet().retainAll(ids);
        return ids.stream().flatMap(id -> Stream.ofNullable(mine.get(id))).toList();
    }
}

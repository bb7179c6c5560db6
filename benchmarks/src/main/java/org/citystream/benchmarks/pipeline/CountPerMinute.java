package org.citystream.benchmarks.pipeline;

import java.util.Map;
import java.util.TreeMap;

/** Readings counted per road segment and minute: what the job and a plain count must agree on. */
final class CountPerMinute {
    private static final long MINUTE = 60_000;

    private final Map<String, Integer> counts = new TreeMap<>();

    /** A reading counts in the minute of its last millisecond. */
    void add(String segmentId, long observedAt) {
        counts.merge(key(segmentId, Math.floorDiv(observedAt - 1, MINUTE) * MINUTE), 1, Integer::sum);
    }

    /** The latest word on a minute. */
    void set(String segmentId, long minuteStart, int count) {
        if (count > 0) {
            counts.put(key(segmentId, minuteStart), count);
        }
    }

    long total() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static String key(String segmentId, long minuteStart) {
        return segmentId + '@' + minuteStart;
    }

    /** Digest of all counts. */
    String digest() {
        return total() + " readings in " + counts.size() + " minutes of segments, hash " + counts.hashCode();
    }
}

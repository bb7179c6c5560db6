package org.citystream.benchmarks.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Readings counted per subject and pane: what a job and a plain count must agree on. */
final class CountPerPane {
    private final long paneMillis;
    private final Map<String, Integer> counts = new TreeMap<>();

    CountPerPane(Duration pane) {
        this.paneMillis = pane.toMillis();
    }

    /** A reading counts in the pane of its last millisecond. */
    void add(String subjectId, long observedAt) {
        counts.merge(key(subjectId, Math.floorDiv(observedAt - 1, paneMillis) * paneMillis), 1, Integer::sum);
    }

    /** The latest word on a pane. */
    void set(String subjectId, long paneStart, int count) {
        if (count > 0) {
            counts.put(key(subjectId, paneStart), count);
        }
    }

    long total() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static String key(String subjectId, long paneStart) {
        return subjectId + '@' + paneStart;
    }

    /** Digest of all counts. */
    String digest() {
        return total() + " readings in " + counts.size() + " panes, hash " + counts.hashCode();
    }
}

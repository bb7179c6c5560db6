package org.citystream.benchmarks.fold;

import java.util.function.Consumer;
import org.citystream.analytics.pane.Identity;
import org.citystream.jobs.wire.KeyedJson;

/** Digest of summaries, whatever order they come in. */
final class Digest implements Consumer<KeyedJson> {
    private final int segments;
    private long count;
    private long sum;

    /** @param segments how many of the city's first ones matter */
    Digest(int segments) {
        this.segments = segments;
    }

    @Override
    public void accept(KeyedJson summary) {
        String id = summary.key();
        if (Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) < segments) {
            count++;
            sum += Identity.hash(summary.json());
        }
    }

    String text() {
        return count + " summaries, hash " + Long.toHexString(sum);
    }
}

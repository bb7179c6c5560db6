package org.citystream.analytics.pane;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.event.CityEvent;

/** Counts panes, and says of each by which of two rules. */
final class Doubling implements PaneFold<Long, String> {
    final List<String> forgotten = new ArrayList<>();
    final Map<String, Double> learned = new TreeMap<>();
    boolean takesParts;
    long doublesFrom = Long.MAX_VALUE;
    long retiredFrom = Long.MAX_VALUE;
    long retiredTo = Long.MAX_VALUE;

    @Override
    public Long initial() {
        return 0L;
    }

    @Override
    public boolean takesParts() {
        return takesParts;
    }

    @Override
    public Map<String, Double> learned(Long state) {
        return learned;
    }

    @Override
    public Step<Long, String> next(String subjectId, Long state, Instant paneStart, Pane pane) {
        String by = paneStart.toEpochMilli() >= doublesFrom ? "double" : "single";
        return new Step<>(state + 1, paneStart + " " + by + " after " + state, List.of());
    }

    @Override
    public Step<Long, String> silence(String subjectId, Long state, Instant from, Instant to) {
        return new Step<>(state, null, List.of());
    }

    @Override
    public int expectedAfter(String subjectId, Instant paneStart) {
        return 0;
    }

    @Override
    public List<CityEvent> openEpisodes(Long state) {
        return new ArrayList<>();
    }

    @Override
    public String revised(String summary, int revision, boolean isFinal) {
        return summary;
    }

    @Override
    public long silentAfterMillis(String subjectId, Instant at) {
        return Duration.ofDays(1000).toMillis();
    }

    @Override
    public long retiredAt(String subjectId, long from, long to) {
        return from < retiredTo && to > retiredFrom ? Math.max(from, retiredFrom) : Long.MAX_VALUE;
    }

    @Override
    public void forget(String subjectId) {
        forgotten.add(subjectId);
    }

    @Override
    public long controlFingerprint(String subjectId, Instant upTo) {
        return upTo.toEpochMilli() > doublesFrom ? 2 : 1;
    }

    @Override
    public Codec<Long> codec() {
        return new Codec<>() {
            @Override
            public void write(Long value, DataOutput out) throws IOException {
                out.writeLong(value);
            }

            @Override
            public Long read(DataInput in) throws IOException {
                return in.readLong();
            }

            @Override
            public Long copy(Long value) {
                return value;
            }
        };
    }
}

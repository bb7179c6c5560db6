package org.citystream.analytics.pane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citystream.model.event.CityEvent;

/** There is a jam as long as the sums of panes reach ten; the state is when it started. */
final class Jams implements PaneFold<Long, String> {
    static final long NONE = Long.MIN_VALUE;
    private static final int LEAST = 10;

    @Override
    public Long initial() {
        return NONE;
    }

    @Override
    public Step<Long, String> next(String subjectId, Long state, Instant paneStart, Pane pane) {
        long sum = pane.cells().stream().mapToLong(cell -> cell.sum(0)).sum();
        String summary = paneStart.toString().substring(11, 16) + " " + sum;
        if (state == NONE && sum >= LEAST) {
            long start = paneStart.toEpochMilli();
            return new Step<>(start, summary, openEpisodes(start));
        } else if (state != NONE && sum < LEAST) {
            return new Step<>(NONE, summary, List.of(EpisodeEvents.ended(open(state), paneStart, "dissolved")));
        }
        return new Step<>(state, summary, List.of());
    }

    private static CityEvent open(long since) {
        Instant start = Instant.ofEpochMilli(since);
        return AnEpisode.opened("jam of " + start, start);
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
        return state == NONE ? List.of() : List.of(open(state));
    }

    @Override
    public String revised(String summary, int revision, boolean isFinal) {
        return summary + " #" + revision + (isFinal ? "" : " so far");
    }

    @Override
    public long silentAfterMillis(String subjectId, Instant at) {
        return Duration.ofMinutes(10).toMillis();
    }

    @Override
    public long controlFingerprint(String subjectId, Instant upTo) {
        return 0;
    }

    @Override
    public Codec<Long> codec() {
        return new Doubling().codec();
    }
}

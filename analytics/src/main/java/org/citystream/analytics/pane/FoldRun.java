package org.citystream.analytics.pane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.citystream.analytics.pane.PaneFold.Step;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/**
 * A fold over a stretch of time: the panes with data, the empty ones behind them in which data was expected, and silence as one.
 * What comes out does not depend on how the stretch is cut into runs.
 */
final class FoldRun<S, U> {
    private static final long NONE = Long.MIN_VALUE;

    private final PaneFold<S, U> fold;
    private final PaneTiming timing;
    private final long paneMillis;

    FoldRun(PaneFold<S, U> fold, PaneTiming timing) {
        this.fold = fold;
        this.timing = timing;
        this.paneMillis = timing.pane().toMillis();
    }

    /** Hears of what is folded. */
    interface Visitor<S, U> {
        /** Told of each pane that is folded; null: a stretch of silence was. */
        void folded(long start, @Nullable Pane pane, Step<S, U> step);

        /** Told of the state behind each pane. */
        default void reached(Folded<S> at) {}
    }

    /** Folds from a state on, up to a pane. */
    Folded<S> run(String subjectId, Folded<S> from, long to, SortedMap<Long, Pane> panes, Visitor<S, U> visitor) {
        Folded<S> at = from;
        for (Map.Entry<Long, Pane> entry : panes.entrySet()) {
            Pane pane = entry.getValue().open();
            if (!pane.isEmpty()) {
                long start = entry.getKey();
                at = runGap(subjectId, runExpected(subjectId, at, start, panes, visitor), start, visitor);
                at = runPane(
                        subjectId, at, start, pane, Math.max(at.expectedTo(), expectedTo(subjectId, start)), visitor);
            }
        }
        at = runGap(subjectId, runExpected(subjectId, at, to, panes, visitor), to, visitor);
        return new Folded<>(at.state(), Math.max(at.upTo(), to), at.expectedTo());
    }

    private Folded<S> runPane(
            String subjectId, Folded<S> from, long start, Pane pane, long expectedTo, Visitor<S, U> visitor) {
        Step<S, U> step = fold.next(subjectId, from.state(), Instant.ofEpochMilli(start), pane);
        visitor.folded(start, pane, step);
        long end = start + paneMillis;
        Folded<S> at = new Folded<>(step.state(), end, expectedTo);
        if (fold.retiredAt(subjectId, start, end) < end) {
            at = retired(at, end, visitor);
        }
        visitor.reached(at);
        return at;
    }

    private Folded<S> runExpected(
            String subjectId, Folded<S> from, long until, SortedMap<Long, Pane> panes, Visitor<S, U> visitor) {
        if (from.expectedTo() == NONE) {
            return from;
        }
        Folded<S> at = from;
        for (long start = from.upTo(); start <= from.expectedTo() && start < until; start += paneMillis) {
            Pane told = panes.get(start);
            at = runPane(subjectId, at, start, told == null ? new Pane() : told.open(), from.expectedTo(), visitor);
        }
        return at;
    }

    /**
     * A time without readings, and without anybody who should have sent some. It is asked of every stretch of it, however it is cut
     * up by wakes, whether the sensors went: what was learned goes with them.
     */
    private Folded<S> runGap(String subjectId, Folded<S> from, long until, Visitor<S, U> visitor) {
        if (from.upTo() == NONE || from.upTo() >= until) {
            return from;
        }
        long retiredAt = fold.retiredAt(subjectId, from.upTo(), until);
        if (retiredAt >= until) {
            return runSilence(subjectId, from, until, visitor);
        }
        long paneThen = timing.paneStart(retiredAt);
        long seenAt = paneThen < retiredAt ? paneThen + paneMillis : paneThen;
        return retired(runSilence(subjectId, from, seenAt, visitor), seenAt, visitor);
    }

    /** Nothing is left of what was known when the last sensor went. */
    private Folded<S> retired(Folded<S> from, long at, Visitor<S, U> visitor) {
        Instant instant = Instant.ofEpochMilli(at);
        List<CityEvent> ended = fold.openEpisodes(from.state()).stream()
                .map(open -> EpisodeEvents.ended(open, instant, EpisodeEvents.SUBJECT_RETIRED))
                .toList();
        if (!ended.isEmpty()) {
            visitor.folded(at, null, new Step<>(fold.initial(), null, ended));
        }
        return new Folded<>(fold.initial(), from.upTo(), from.expectedTo());
    }

    private Folded<S> runSilence(String subjectId, Folded<S> from, long until, Visitor<S, U> visitor) {
        if (from.upTo() >= until || fold.openEpisodes(from.state()).isEmpty()) {
            return from;
        }
        Step<S, U> step =
                fold.silence(subjectId, from.state(), Instant.ofEpochMilli(from.upTo()), Instant.ofEpochMilli(until));
        visitor.folded(from.upTo(), null, step);
        return new Folded<>(step.state(), until, from.expectedTo());
    }

    private long expectedTo(String subjectId, long paneWithData) {
        return paneWithData + fold.expectedAfter(subjectId, Instant.ofEpochMilli(paneWithData)) * paneMillis;
    }
}

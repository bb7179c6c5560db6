package org.citystream.analytics.pane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.jspecify.annotations.Nullable;

/** A fold in which the life of one subject begins in its middle, with a state that was known then. */
public final class ResumedFold<S, U> implements PaneFold<S, U> {
    private final PaneFold<S, U> fold;
    private final String resumed;
    private final Beginning<S> beginning;

    public ResumedFold(PaneFold<S, U> fold, String subjectId, Beginning<S> beginning) {
        this.fold = fold;
        this.resumed = subjectId;
        this.beginning = beginning;
    }

    @Override
    public Beginning<S> beginning(String subjectId) {
        return subjectId.equals(resumed) ? beginning : fold.beginning(subjectId);
    }

    @Override
    public S initial() {
        return fold.initial();
    }

    @Override
    public String readingsTopic() {
        return fold.readingsTopic();
    }

    @Override
    public boolean takesParts() {
        return fold.takesParts();
    }

    @Override
    public S decisive(S state, CityEvent event) {
        return fold.decisive(state, event);
    }

    @Override
    public Map<String, Double> learned(S state) {
        return fold.learned(state);
    }

    @Override
    public Step<S, U> next(String subjectId, S state, Instant paneStart, Pane pane) {
        return fold.next(subjectId, state, paneStart, pane);
    }

    @Override
    public Step<S, U> silence(String subjectId, S state, Instant from, Instant to) {
        return fold.silence(subjectId, state, from, to);
    }

    @Override
    public int expectedAfter(String subjectId, Instant paneStart) {
        return fold.expectedAfter(subjectId, paneStart);
    }

    @Override
    public List<CityEvent> openEpisodes(S state) {
        return fold.openEpisodes(state);
    }

    @Override
    public U revised(U summary, int revision, boolean isFinal) {
        return fold.revised(summary, revision, isFinal);
    }

    @Override
    public long contentHash(U summary) {
        return fold.contentHash(summary);
    }

    @Override
    public @Nullable Observation part(U summary) {
        return fold.part(summary);
    }

    @Override
    public long retiredSince(String subjectId) {
        return fold.retiredSince(subjectId);
    }

    @Override
    public long retiredAt(String subjectId, long from, long to) {
        return fold.retiredAt(subjectId, from, to);
    }

    @Override
    public void forget(String subjectId) {
        fold.forget(subjectId);
    }

    @Override
    public long silentAfterMillis(String subjectId, Instant at) {
        return fold.silentAfterMillis(subjectId, at);
    }

    @Override
    public long controlFingerprint(String subjectId, Instant upTo) {
        return fold.controlFingerprint(subjectId, upTo);
    }

    @Override
    public Codec<S> codec() {
        return fold.codec();
    }
}

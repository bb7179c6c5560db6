package org.citystream.analytics.pane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about one kind of subject, as a fold over its panes. Pure: the same state, pane, registry and rules give
 * the same step, and the given state is never changed.
 *
 * <p>The kernel calls {@link #next} for every pane that holds data, in order, and for the {@link #expectedAfter} empty
 * panes behind it; longer gaps change nothing but what {@link #silence} says, so states keep moments, not counts of panes.
 *
 * @param <S> state of a subject
 * @param <U> summary of a pane
 */
public interface PaneFold<S, U> {

    /** State before anything was observed. */
    S initial();

    /** Where a subject begins that nothing is remembered of. */
    default Beginning<S> beginning(String subjectId) {
        return new Beginning<>(Folded.nothing(initial()), false);
    }

    /** Topic of the readings that the decisions rest on; empty: none. */
    default String readingsTopic() {
        return "";
    }

    /** Whether panes hold revisions of other subjects' summaries instead of readings. */
    default boolean takesParts() {
        return false;
    }

    /** As much of a state as an event's decision can have started from. */
    default S decisive(S state, CityEvent event) {
        return state;
    }

    /** Learned values in a state that people may want to see with a decision, by name with unit. */
    default Map<String, Double> learned(S state) {
        return Map.of();
    }

    /** Folds the pane that starts at {@code paneStart}. */
    Step<S, U> next(String subjectId, S state, Instant paneStart, Pane pane);

    /**
     * What the rules bring about while the subject is silent: from {@code from} until {@code to} no pane is folded, and
     * episodes whose rule is switched off or changed in between end there. Asked for only if any is open.
     */
    Step<S, U> silence(String subjectId, S state, Instant from, Instant to);

    /**
     * How many empty panes behind a pane with data still get a summary, because readings were expected there. Beyond
     * them the subject is in silence, which is folded but not told.
     */
    int expectedAfter(String subjectId, Instant paneStart);

    /** Each open episode's event as last emitted by {@link #next} (revision 0). */
    List<CityEvent> openEpisodes(S state);

    /** The same summary under another revision; its content is otherwise unchanged. */
    U revised(U summary, int revision, boolean isFinal);

    /**
     * Hash of all that a summary says, asked for with revision 1; the same on every machine. By default that of its JSON; worth
     * overriding, since every correction compares many panes.
     */
    default long contentHash(U summary) {
        return Identity.hash(JsonCodec.write(summary));
    }

    /**
     * What a summary means to the group that its subject belongs to (corridor, district), for {@link PaneKernel#revise};
     * absent: nothing.
     */
    default @Nullable Observation part(U summary) {
        return null;
    }

    /**
     * From when on, and for good as far as is known, the subject has no sensor that it once had, epoch ms; {@link
     * Long#MAX_VALUE}: it has one, or never had. What is learned about it from then on is nothing: {@link #next} starts
     * from {@link #initial} and ends there.
     */
    default long retiredSince(String subjectId) {
        return Long.MAX_VALUE;
    }

    /**
     * The first moment from {@code from} until {@code to}, epoch ms, at which all sensors that the subject had before were gone;
     * {@link Long#MAX_VALUE}: none. What was learned before is forgotten there, and episodes end, however short the time was and
     * whenever it became known.
     */
    default long retiredAt(String subjectId, long from, long to) {
        return Long.MAX_VALUE;
    }

    /** The kernel remembers nothing of the subject any more: what only makes its decisions faster may go too. */
    default void forget(String subjectId) {}

    /** How long the subject's sensors may say nothing before they count as silent, ms. */
    long silentAfterMillis(String subjectId, Instant at);

    /**
     * Fingerprint of all registry entries and rules that could have decided panes before {@code upTo}. When it changes
     * for panes that are decided already, the kernel folds them again.
     */
    long controlFingerprint(String subjectId, Instant upTo);

    Codec<S> codec();

    /**
     * @param state the state after the pane
     * @param summary revision 1, final; absent if the pane says nothing
     * @param events episodes opened, changed or closed by this pane, each whole, with revision 0 and an empty eventId
     */
    record Step<S, U>(S state, @Nullable U summary, List<CityEvent> events) {}
}

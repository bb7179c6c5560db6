package org.citystream.analytics.pane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.citystream.analytics.pane.EpisodeDifference.Course;
import org.citystream.analytics.pane.PaneFold.Step;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.jspecify.annotations.Nullable;

/**
 * One subject's life in time: readings go into panes, panes close as the clock passes them, closed panes are folded, and
 * what changes behind the fold is folded again from the snapshot, once things have settled. Knows no engine and no wall
 * clock; all memory is in the {@link KeyMemory} it is handed. Stateless otherwise.
 *
 * <p>All clocks are the deployment's, epoch ms. For one subject they must not run backwards.
 */
public final class PaneKernel<S, U> {
    /** What was learned about a subject is kept this long after its last reading. */
    static final Duration LEARNED_LIVES = Duration.ofDays(30);

    private static final long NEVER = KeyState.NEVER;
    private static final long NONE = Long.MIN_VALUE;
    private static final long STALE_CHECK_MILLIS = Duration.ofHours(1).toMillis();

    private final PaneFold<S, U> fold;
    private final PaneTiming timing;
    private final long paneMillis;
    private final long closeAfterMillis;
    private final FoldRun<S, U> folding;
    private final Marks marks;

    public PaneKernel(PaneFold<S, U> fold, PaneTiming timing) {
        this.fold = fold;
        this.timing = timing;
        this.paneMillis = timing.pane().toMillis();
        this.closeAfterMillis = timing.closeAfter().toMillis();
        this.folding = new FoldRun<>(fold, timing);
        this.marks = new Marks(timing);
    }

    /** Puts a reading into the panes it covers. Touches the subject's state only for a new or an already closed pane. */
    public Intake add(KeyMemory<S> memory, Observation reading, long clock) {
        long end = reading.observedAt();
        long begin = end - reading.periodMillis();
        long first = timing.paneStart(begin);
        long home = timing.paneStart(end - 1);
        boolean reachesClosed = first < timing.closedUpTo(clock);
        long keptFrom = reachesClosed ? keptFrom(memory) : NONE;
        if (first < timing.snapshotUpTo(clock) || home < keptFrom) {
            return Intake.BEHIND_SNAPSHOT;
        }
        Pane homePane = memory.pane(home);
        boolean made = homePane == null;
        Pane homed = homePane == null ? new Pane() : homePane.open();
        Cell cell = homed.cell(reading);
        if (!cell.register(reading)) {
            return Intake.DUPLICATE;
        }
        cell.count(reading);
        if (home + paneMillis <= timing.closedUpTo(clock)) {
            homed.late++;
        }
        for (long start = Math.max(first, keptFrom); start <= home; start += paneMillis) {
            Pane known = start == home ? homed : memory.pane(start);
            made |= known == null;
            Pane pane = known == null ? new Pane() : known.open();
            pane.cell(reading).add(reading, Math.max(begin, start) - begin, Math.min(end, start + paneMillis) - begin);
            pane.offsets = OffsetRanges.with(pane.offsets, reading.offsets());
            memory.putPane(start, pane);
        }
        if (made || reachesClosed || timing.previewEvery() != null) {
            touch(memory, reading, first, home, clock);
        }
        return Intake.COUNTED;
    }

    /**
     * Puts a member's summary into the pane of its group: it takes the place of an earlier revision of the same pane.
     *
     * @param revised period and {@code observedAt} are those of one pane; {@code sensorId} is the member, {@code number}
     *     the revision
     */
    public Intake revise(KeyMemory<S> memory, Observation revised, long clock) {
        long start = timing.paneStart(revised.observedAt() - 1);
        boolean closed = start < timing.closedUpTo(clock);
        if (start < timing.snapshotUpTo(clock) || closed && start < keptFrom(memory)) {
            return Intake.BEHIND_SNAPSHOT;
        }
        Pane known = memory.pane(start);
        Pane pane = known == null ? new Pane() : known.open();
        if (!pane.cell(revised).revise(revised)) {
            return Intake.DUPLICATE;
        }
        pane.offsets = OffsetRanges.with(pane.offsets, revised.offsets());
        memory.putPane(start, pane);
        if (known == null || closed) {
            touch(memory, revised, start, start, clock);
        }
        return Intake.COUNTED;
    }

    /** With a longer horizon than before, what a job has already settled is still accepted: nothing could correct it. */
    private static <S> long keptFrom(KeyMemory<S> memory) {
        KeyState<S> state = memory.state();
        return state == null ? NONE : state.keptFrom;
    }

    private void touch(KeyMemory<S> memory, Observation reading, long first, long home, long clock) {
        KeyState<S> known = memory.state();
        KeyState<S> state = known == null ? begun(memory, reading.subjectId()) : known;
        state.newestPane = Math.max(state.newestPane, home);
        state.newestObservedAt = Math.max(state.newestObservedAt, reading.observedAt());
        if (first < timing.closedUpTo(clock)) {
            state.dirtyFrom = Math.min(state.dirtyFrom, first);
            state.dirtySince = Math.min(state.dirtySince, clock);
            state.dirtyLast = clock;
        }
        Duration previewEvery = timing.previewEvery();
        if (previewEvery != null && state.previewAt == NEVER && home + paneMillis > timing.closedUpTo(clock)) {
            state.previewAt = (Math.floorDiv(clock, previewEvery.toMillis()) + 1) * previewEvery.toMillis();
        }
        setTimer(memory, state, Math.min(state.wakeAt, nextWork(reading.subjectId(), state, clock)));
        memory.state(state);
    }

    private KeyState<S> begun(KeyMemory<S> memory, String subjectId) {
        Beginning<S> beginning = fold.beginning(subjectId);
        Folded<S> live = beginning.folded();
        KeyState<S> state = new KeyState<>(live);
        if (live.upTo() != NONE) {
            Marks.keep(memory, state, live);
            state.keptFrom = live.upTo();
        }
        Told.Status as = beginning.stale() ? Told.Status.STALE : Told.Status.CURRENT;
        fold.openEpisodes(live.state()).forEach(episode -> state.told.add(new Told(0, episode, as)));
        return state;
    }

    /**
     * Does what is due at this clock: closes panes, folds changed ones again, forgets settled ones, finds silence, sets the
     * next timer.
     *
     * @param since start of the time over which intake has been uninterrupted, epoch ms
     */
    public void wake(KeyMemory<S> memory, String subjectId, long clock, long since, PaneOutput<U> told) {
        KeyState<S> state = memory.state();
        if (state == null || state.wakeAt > clock) {
            return;
        }
        PaneOutput<U> out = new Provenance<>(
                fold, timing, memory, since, paneStart -> before(memory, subjectId, state, paneStart), told);
        state.wakeAt = NEVER;
        boolean outdated =
                state.live.upTo() != NONE && state.controlFingerprint != fingerprint(subjectId, state.live.upTo());
        if (outdated && state.isDirty()) {
            // The correction that is to come has to begin where the rules that arrived late do, too.
            state.dirtyFrom = Math.min(state.dirtyFrom, state.keptFrom);
        }
        if (correctionDue(state, clock) || (outdated && !state.isDirty())) {
            correct(
                    memory,
                    subjectId,
                    state,
                    outdated ? snapshot(memory, state) : base(memory, state, state.dirtyFrom),
                    out);
        }
        if (!holdsBack(state)) {
            close(memory, subjectId, state, clock, out);
        }
        if (!state.isDirty()) {
            forgetSettled(memory, state, clock);
        }
        if (clock >= state.previewAt) {
            preview(memory, subjectId, state, out);
        }
        tellSilence(memory, subjectId, state, clock, since, out);
        if (isForgotten(memory, subjectId, state, clock)) {
            state.marks.forEach(memory::removeMark);
            memory.state(null);
            fold.forget(subjectId);
            return;
        }
        schedule(memory, subjectId, state, clock, since);
        memory.state(state);
    }

    private long fingerprint(String subjectId, long upTo) {
        return fold.controlFingerprint(subjectId, Instant.ofEpochMilli(upTo));
    }

    private boolean isForgotten(KeyMemory<S> memory, String subjectId, KeyState<S> state, long clock) {
        return !state.isDirty()
                && clock >= forgottenAt(subjectId, state)
                && memory.panes(Long.MIN_VALUE, Long.MAX_VALUE).isEmpty();
    }

    // ---- closing -----------------------------------------------------------------------------------------------

    private void close(KeyMemory<S> memory, String subjectId, KeyState<S> state, long clock, PaneOutput<U> out) {
        long to = timing.closedUpTo(clock);
        if (to <= state.live.upTo()) {
            return;
        }
        Folded<S> before = state.live;
        if (before.upTo() != NONE && marks.isDueBetween(before.upTo(), to)) {
            marks.mark(memory, state, before, to);
        }
        Marking marking = new Marking(memory, state, before, to) {
            @Override
            public void folded(long start, @Nullable Pane pane, Step<S, U> step) {
                tellFolded(memory, state, start, pane, step.summary(), out);
                for (CityEvent event : step.events()) {
                    tell(state, event, out);
                }
            }
        };
        state.live = folding.run(subjectId, before, to, memory.panes(before.upTo(), to), marking);
        if (marking.last.upTo() != NONE && marking.last.upTo() <= timing.snapshotUpTo(clock)) {
            Marks.keep(memory, state, marking.last);
        }
        state.controlFingerprint = fingerprint(subjectId, to);
    }

    /** Late data of panes that were never folded wait for their correction too: they are folded once, when settled. */
    private boolean holdsBack(KeyState<S> state) {
        return state.isDirty() && state.live.upTo() < timing.closedUpTo(state.dirtySince);
    }

    private void tellFolded(
            KeyMemory<S> memory,
            KeyState<S> state,
            long start,
            @Nullable Pane pane,
            @Nullable U summary,
            PaneOutput<U> out) {
        if (pane != null) {
            state.newestPane = Math.max(state.newestPane, start);
            state.newestObservedAt = Math.max(state.newestObservedAt, pane.newestObservedAt());
            tellSummary(memory, start, pane, summary, true, out);
        }
    }

    private void tellSummary(
            KeyMemory<S> memory, long start, Pane pane, @Nullable U summary, boolean isFinal, PaneOutput<U> out) {
        if (summary == null) {
            return;
        }
        long hash = fold.contentHash(fold.revised(summary, 1, isFinal));
        if (pane.revision > 0 && pane.toldHash == hash) {
            return;
        }
        pane.revision++;
        pane.toldHash = hash;
        memory.putPane(start, isFinal ? pane.packed() : pane);
        out.summary(fold.revised(summary, pane.revision, isFinal), pane.offsets);
    }

    private void preview(KeyMemory<S> memory, String subjectId, KeyState<S> state, PaneOutput<U> out) {
        state.previewAt = NEVER;
        if (holdsBack(state)) {
            return;
        }
        SortedMap<Long, Pane> open = memory.panes(Math.max(state.live.upTo(), NONE + 1), state.newestPane + 1);
        folding.run(subjectId, state.live, NONE, open, (start, pane, step) -> {
            if (pane != null && !pane.isEmpty()) {
                tellSummary(memory, start, pane, step.summary(), false, out);
            }
        });
    }

    // ---- correcting --------------------------------------------------------------------------------------------

    private boolean correctionDue(KeyState<S> state, long clock) {
        return state.isDirty() && clock >= correctionAt(state);
    }

    private long correctionAt(KeyState<S> state) {
        return Math.min(
                state.dirtyLast + timing.settle().toMillis(),
                state.dirtySince + timing.settleAtMost().toMillis());
    }

    private void correct(KeyMemory<S> memory, String subjectId, KeyState<S> state, Folded<S> base, PaneOutput<U> out) {
        out.refolds();
        long to = state.isDirty() ? Math.max(state.live.upTo(), timing.closedUpTo(state.dirtyLast)) : state.live.upTo();
        Map<String, Course> episodes = new LinkedHashMap<>();
        for (CityEvent open : fold.openEpisodes(base.state())) {
            episodes.put(open.episodeId(), Course.of(open));
        }
        SortedMap<Long, Pane> panes = memory.panes(base.upTo(), to);
        Marks.removeIf(memory, state, mark -> mark > base.upTo());
        state.live = folding.run(subjectId, base, to, panes, new Marking(memory, state, base, to) {
            @Override
            public void folded(long start, @Nullable Pane pane, Step<S, U> step) {
                tellFolded(memory, state, start, pane, step.summary(), out);
                for (CityEvent event : step.events()) {
                    episodes.merge(event.episodeId(), Course.of(event), Course::then);
                }
            }
        });
        state.clean();
        state.controlFingerprint = fingerprint(subjectId, to);
        new EpisodeDifference(state.told, episodes, base.upTo()).tell(out);
    }

    // ---- marks: where a correction can start ---------------------------------------------------------------------

    /** The newest state kept that no change at or behind this pane has touched. */
    private Folded<S> base(KeyMemory<S> memory, KeyState<S> state, long paneStart) {
        if (state.live.upTo() <= paneStart) {
            return state.live;
        }
        Folded<S> mark = Marks.newestUpTo(memory, state, paneStart);
        return mark == null ? snapshot(memory, state) : mark;
    }

    /** As the fold stood before a pane; where nothing reaches that far back, at the snapshot. */
    private Folded<S> before(KeyMemory<S> memory, String subjectId, KeyState<S> state, long paneStart) {
        Folded<S> base = base(memory, state, paneStart);
        return base.upTo() >= paneStart
                ? base
                : folding.run(
                        subjectId, base, paneStart, memory.panes(base.upTo(), paneStart), (start, pane, step) -> {});
    }

    private Folded<S> snapshot(KeyMemory<S> memory, KeyState<S> state) {
        return state.keptFrom == NONE ? Folded.nothing(fold.initial()) : Marks.kept(memory, state.keptFrom);
    }

    /** Keeps the states that a run passes. */
    private abstract class Marking implements FoldRun.Visitor<S, U> {
        private final KeyMemory<S> memory;
        private final KeyState<S> state;
        private final long to;
        /** Behind the last pane. */
        private Folded<S> last;

        Marking(KeyMemory<S> memory, KeyState<S> state, Folded<S> from, long to) {
            this.memory = memory;
            this.state = state;
            this.last = from;
            this.to = to;
        }

        @Override
        public void reached(Folded<S> at) {
            last = at;
            marks.mark(memory, state, at, to);
        }
    }

    /** Nothing that is still accepted reaches behind the snapshot: the newest mark there is where all corrections start. */
    private void forgetSettled(KeyMemory<S> memory, KeyState<S> state, long clock) {
        long settled = timing.snapshotUpTo(clock);
        long base = NONE;
        for (long mark : state.marks) {
            base = mark <= settled ? mark : base;
        }
        if (base <= state.keptFrom) {
            return;
        }
        long newBase = base;
        Marks.removeIf(memory, state, mark -> mark < newBase);
        memory.removePanes(state.keptFrom, newBase);
        state.keptFrom = newBase;
        if (!state.told.isEmpty()) {
            forgetTold(memory, state);
        }
    }

    private void forgetTold(KeyMemory<S> memory, KeyState<S> state) {
        Folded<S> snapshot = snapshot(memory, state);
        Set<String> open = fold.openEpisodes(snapshot.state()).stream()
                .map(CityEvent::episodeId)
                .collect(Collectors.toSet());
        long settled = snapshot.upTo();
        state.told.removeIf(told -> !told.isOpen()
                && !open.contains(told.episodeId())
                && told.event().at().toEpochMilli() <= settled);
    }

    // ---- telling -----------------------------------------------------------------------------------------------

    private void tell(KeyState<S> state, CityEvent event, PaneOutput<U> out) {
        int index = indexOf(state.told, event.episodeId());
        int revision = index < 0 ? 1 : state.told.get(index).revision() + 1;
        Told told = new Told(revision, event, Told.Status.CURRENT);
        if (index < 0) {
            state.told.add(told);
        } else {
            state.told.set(index, told);
        }
        out.event(EpisodeEvents.told(event, revision));
    }

    private static int indexOf(List<Told> told, String episodeId) {
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i).episodeId().equals(episodeId)) {
                return i;
            }
        }
        return -1;
    }

    private void tellSilence(
            KeyMemory<S> memory, String subjectId, KeyState<S> state, long clock, long since, PaneOutput<U> out) {
        if (state.told.stream().noneMatch(Told::isOpen) || isHeard(subjectId, state, clock, since)) {
            return;
        }
        for (Pane pane : memory.panes(state.live.upTo(), state.newestPane + 1).values()) {
            state.newestObservedAt = Math.max(state.newestObservedAt, pane.newestObservedAt());
        }
        long silentAt = silentAt(subjectId, state, since);
        boolean silent = clock > silentAt;
        List<Told> now = new ArrayList<>(state.told.size());
        for (Told told : state.told) {
            now.add(told.isOpen() ? heardOf(told, silent, silentAt, state.newestObservedAt, out) : told);
        }
        state.told = now;
    }

    /** Nothing is silent, and panes that are still open can only say the same: they need not be looked through. */
    private boolean isHeard(String subjectId, KeyState<S> state, long clock, long since) {
        return clock <= silentAt(subjectId, state, since)
                && state.told.stream().noneMatch(told -> told.isOpen() && told.as() == Told.Status.STALE);
    }

    private Told heardOf(Told told, boolean silent, long silentAt, long newestObservedAt, PaneOutput<U> out) {
        boolean stale = told.as() == Told.Status.STALE;
        if (silent == stale) {
            return told;
        }
        int revision = told.revision() + 1;
        Instant at = Instant.ofEpochMilli(silent ? silentAt : newestObservedAt);
        out.event(EpisodeEvents.told(
                told.event(),
                revision,
                silent ? Transition.STALE : Transition.UPDATED,
                at,
                silent ? "sensors-silent" : "data-resumed",
                null,
                null));
        return new Told(revision, told.event(), silent ? Told.Status.STALE : Told.Status.CURRENT);
    }

    private long silentAt(String subjectId, KeyState<S> state, long since) {
        long heard = Math.max(state.newestObservedAt, since);
        return heard + fold.silentAfterMillis(subjectId, Instant.ofEpochMilli(state.newestObservedAt));
    }

    // ---- the timer ---------------------------------------------------------------------------------------------

    private void schedule(KeyMemory<S> memory, String subjectId, KeyState<S> state, long clock, long since) {
        long next = nextWork(subjectId, state, clock);
        for (Told told : state.told) {
            if (told.isOpen()) {
                boolean stale = told.as() == Told.Status.STALE;
                next = Math.min(next, stale ? clock + STALE_CHECK_MILLIS : silentAt(subjectId, state, since) + 1);
            }
        }
        setTimer(memory, state, next);
    }

    private void setTimer(KeyMemory<S> memory, KeyState<S> state, long next) {
        if (next != state.wakeAt) {
            memory.moveTimer(state.wakeAt, next);
            state.wakeAt = next;
        }
    }

    private long nextWork(String subjectId, KeyState<S> state, long clock) {
        long next = Math.min(state.previewAt, state.isDirty() ? correctionAt(state) : NEVER);
        if (Math.max(state.live.expectedTo(), state.newestPane) >= timing.closedUpTo(clock)) {
            next = Math.min(next, timing.closedUpTo(clock) + paneMillis + closeAfterMillis);
        }
        if (next == NEVER) {
            next = state.keptFrom <= state.newestPane
                    ? timing.settledAt(state.live.upTo())
                    : forgottenAt(subjectId, state);
        }
        return Math.max(next, clock + 1);
    }

    /** A retired subject as soon as no reading of the time before can come any more. */
    private long forgottenAt(String subjectId, KeyState<S> state) {
        if (state.told.stream().anyMatch(Told::isOpen)) {
            return NEVER;
        }
        long retiredSince = fold.retiredSince(subjectId);
        long reach = timing.horizon().plus(timing.longestPeriod()).toMillis();
        return Math.min(
                state.newestObservedAt + LEARNED_LIVES.toMillis(),
                retiredSince == Long.MAX_VALUE ? NEVER : retiredSince + reach);
    }
}

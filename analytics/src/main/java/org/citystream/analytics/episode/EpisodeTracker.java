package org.citystream.analytics.episode;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.analytics.episode.Verdict.Telling;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One rule at one subject taking in one pane: hysteresis, dwell, severity.
 *
 * <p>An episode opens when a run of entering panes has lasted {@code enterFor}, and starts where that run started. It
 * closes when a run of leaving panes has lasted {@code exitFor}, and ended where that run started. Panes that say nothing
 * neither lengthen nor break a run, unless they last longer than the dwell it waits for: then nobody can say what
 * happened in between, and the run starts anew. Severity follows when it has been worse for {@code enterFor}, or milder
 * for {@code exitFor}.
 */
final class EpisodeTracker {
    static final String RULE_OFF = "rule-off";
    private static final String RULE_CHANGED = "rule-changed";
    private static final String ENTERED = "dwell-completed";
    private static final String LEFT = "exit-dwell-completed";
    private static final String WORSE = "severity-worse";
    private static final String MILDER = "severity-milder";
    private static final long NONE = RuleState.NONE;

    private final Rule rule;
    private final EpisodeSubject subject;
    private final Instant paneStart;
    private final Instant paneEnd;
    private final List<CityEvent> events;

    EpisodeTracker(Rule rule, EpisodeSubject subject, Instant paneStart, Instant paneEnd, List<CityEvent> events) {
        this.rule = rule;
        this.subject = subject;
        this.paneStart = paneStart;
        this.paneEnd = paneEnd;
        this.events = events;
    }

    /** The state after the pane; null stands for a rule of which there is nothing to remember. */
    @Nullable RuleState next(@Nullable RuleState before, Verdict verdict) {
        RuleState state = before == null ? RuleState.IDLE : before;
        if (before != null && before.version() != rule.version() && before.conditionKey() != conditionKey()) {
            if (before.open() != null) {
                events.add(ended(before.open(), paneStart, RULE_CHANGED));
            }
            state = RuleState.IDLE;
        }
        Telling telling = verdict.telling();
        if (verdict.standing() == Standing.UNDECIDED || telling == null) {
            return remembered(state);
        }
        CityEvent open = state.open();
        return remembered(
                open == null ? whileQuiet(state, verdict, telling) : whileOpen(state, open, verdict, telling));
    }

    private long conditionKey() {
        return Identity.bootKey(rule.condition().toString());
    }

    private static @Nullable RuleState remembered(RuleState state) {
        return state.open() == null && state.enterFrom() == NONE ? null : state;
    }

    private RuleState whileQuiet(RuleState state, Verdict verdict, Telling telling) {
        if (verdict.standing() != Standing.ENTER) {
            return RuleState.IDLE;
        }
        boolean goesOn = state.enterFrom() != NONE
                && !gapExceeds(state, verdict.enterFor().toMillis());
        long from = goesOn ? state.enterFrom() : paneStart.toEpochMilli();
        int readings = (goesOn ? state.enterReadings() : 0) + verdict.readings();
        Severity severity = goesOn ? mildest(state.enterSeverity(), verdict.severity()) : verdict.severity();
        CityEvent open = null;
        if (lasted(from, verdict.enterFor().toMillis()) && readings >= verdict.readingsNeeded()) {
            Instant startedAt = Instant.ofEpochMilli(from);
            open = event(startedAt, Transition.OPENED, severity, null, ENTERED, telling, startedAt);
            events.add(open);
        }
        return new RuleState(
                rule.version(),
                state.conditionKey(),
                paneEnd.toEpochMilli(),
                from,
                readings,
                severity,
                NONE,
                NONE,
                Severity.MINOR,
                open);
    }

    private RuleState whileOpen(RuleState state, CityEvent open, Verdict verdict, Telling telling) {
        boolean stale = gapExceeds(state, verdict.exitFor().toMillis());
        long exitFrom = verdict.standing() != Standing.EXIT
                ? NONE
                : state.exitFrom() == NONE || stale ? paneStart.toEpochMilli() : state.exitFrom();
        if (exitFrom != NONE && lasted(exitFrom, verdict.exitFor().toMillis())) {
            Instant endedAt = Instant.ofEpochMilli(exitFrom);
            events.add(event(open.startedAt(), Transition.CLOSED, open.severity(), endedAt, LEFT, telling, endedAt));
            return RuleState.IDLE;
        }
        return severity(state, open, verdict, telling, exitFrom);
    }

    private RuleState severity(RuleState state, CityEvent open, Verdict verdict, Telling telling, long exitFrom) {
        Severity now = verdict.severity();
        int side = now.compareTo(open.severity());
        boolean sameSide = state.changeFrom() != NONE
                && side != 0
                && Integer.signum(side) == Integer.signum(state.changeSeverity().compareTo(open.severity()))
                && !gapExceeds(state, (side > 0 ? verdict.enterFor() : verdict.exitFor()).toMillis());
        long changeFrom = side == 0 ? NONE : sameSide ? state.changeFrom() : paneStart.toEpochMilli();
        Severity change =
                !sameSide ? now : side > 0 ? mildest(state.changeSeverity(), now) : worst(state.changeSeverity(), now);
        CityEvent last = open;
        if (side != 0 && lasted(changeFrom, (side > 0 ? verdict.enterFor() : verdict.exitFor()).toMillis())) {
            Transition transition = side > 0 ? Transition.ESCALATED : Transition.DEESCALATED;
            last = event(
                    open.startedAt(),
                    transition,
                    change,
                    null,
                    side > 0 ? WORSE : MILDER,
                    telling,
                    Instant.ofEpochMilli(changeFrom));
            events.add(last);
            changeFrom = NONE;
        }
        return new RuleState(
                rule.version(),
                state.conditionKey(),
                paneEnd.toEpochMilli(),
                state.enterFrom(),
                state.enterReadings(),
                state.enterSeverity(),
                exitFrom,
                changeFrom,
                change,
                last);
    }

    private boolean gapExceeds(RuleState state, long millis) {
        return state.decidedUpTo() != NONE && paneStart.toEpochMilli() - state.decidedUpTo() > millis;
    }

    private boolean lasted(long from, long millis) {
        return paneEnd.toEpochMilli() - from >= millis;
    }

    private static Severity mildest(Severity a, Severity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Severity worst(Severity a, Severity b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private CityEvent event(
            Instant startedAt,
            Transition transition,
            Severity severity,
            @Nullable Instant endedAt,
            String reason,
            Telling telling,
            Instant runStart) {
        return new CityEvent(
                "",
                EpisodeEvents.episodeId(rule.id(), subject.subject(), startedAt),
                0,
                rule.kind(),
                transition,
                severity,
                subject.cityId(),
                subject.subject(),
                startedAt,
                paneEnd,
                endedAt,
                null,
                null,
                reason,
                new RuleReference(rule.id(), rule.version(), rule.hash(), rule.mode()),
                rule.labels(),
                telling.summary(),
                subject.location(),
                telling.evidence(runStart, paneEnd));
    }

    /** The episode, ended from outside at this moment. */
    static CityEvent ended(CityEvent open, Instant at, String reason) {
        JsonNode evidence = open.evidence();
        return new CityEvent(
                "",
                open.episodeId(),
                0,
                open.kind(),
                Transition.CLOSED,
                open.severity(),
                open.cityId(),
                open.subject(),
                open.startedAt(),
                at,
                at,
                null,
                null,
                reason,
                open.rule(),
                open.labels(),
                open.summary(),
                open.location(),
                evidence);
    }
}

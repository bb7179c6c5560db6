package org.citystream.analytics.episode;

import java.time.Instant;
import java.util.List;
import org.citystream.analytics.episode.Hysteresis.Change;
import org.citystream.analytics.episode.Verdict.Telling;
import org.citystream.analytics.pane.EpisodeEvents;
import org.citystream.analytics.pane.Identity;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One rule at one subject taking in one pane: its {@link Hysteresis} told as an episode.
 *
 * <p>A version with another condition ends the episode and starts anew; one that only changes mode or labels goes on with
 * it, and says so, because whom an episode is told to depends on them.
 */
final class EpisodeTracker {
    private static final String ENTERED = "dwell-completed";
    private static final String LEFT = "exit-dwell-completed";
    private static final String WORSE = "severity-worse";
    private static final String MILDER = "severity-milder";

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
        RuleState state = before == null || before.version() == rule.version() ? before : revised(before);
        Hysteresis standing = state == null ? Hysteresis.QUIET : state.standing();
        CityEvent open = state == null ? null : state.open();
        Hysteresis.Next next =
                standing.next(verdict.startOr(paneStart).toEpochMilli(), paneEnd.toEpochMilli(), verdict);
        Telling telling = verdict.telling();
        if (telling != null && next.change() != Change.NOTHING) {
            open = told(next, open, telling);
        }
        if (next.state().isQuiet()) {
            return null;
        }
        return new RuleState(rule.version(), state == null ? conditionKey() : state.conditionKey(), next.state(), open);
    }

    /** What another version of the rule leaves of the state. */
    private @Nullable RuleState revised(RuleState before) {
        CityEvent open = before.open();
        if (before.conditionKey() != conditionKey()) {
            if (open != null) {
                events.add(EpisodeEvents.ended(open, paneStart, EpisodeEvents.RULE_CHANGED));
            }
            return null;
        }
        CityEvent goesOn = open == null ? null : EpisodeEvents.under(rule, open, paneStart, events);
        return new RuleState(rule.version(), before.conditionKey(), before.standing(), goesOn);
    }

    private long conditionKey() {
        return Identity.bootKey(rule.condition().toString());
    }

    /** Tells of the change; null: the episode is over. */
    private @Nullable CityEvent told(Hysteresis.Next next, @Nullable CityEvent open, Telling telling) {
        Instant from = Instant.ofEpochMilli(next.from());
        Instant startedAt = open == null ? from : open.startedAt();
        Severity severity = next.state().severity();
        CityEvent event = switch (next.change()) {
            case OPENED -> event(startedAt, Transition.OPENED, severity, null, ENTERED, telling, from);
            case ESCALATED -> event(startedAt, Transition.ESCALATED, severity, null, WORSE, telling, from);
            case DEESCALATED -> event(startedAt, Transition.DEESCALATED, severity, null, MILDER, telling, from);
            case CLOSED ->
                event(
                        startedAt,
                        Transition.CLOSED,
                        open == null ? severity : open.severity(),
                        from,
                        LEFT,
                        telling,
                        from);
            case NOTHING -> throw new IllegalArgumentException("there is nothing to tell");
        };
        events.add(event);
        return next.change() == Change.CLOSED ? null : event;
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
                EpisodeEvents.reference(rule),
                rule.labels(),
                telling.summary(),
                subject.location(),
                telling.evidence(runStart, paneEnd));
    }
}

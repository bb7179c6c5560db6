package org.citystream.alerting.lifecycle;

import java.time.Duration;
import java.time.Instant;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.Alert.Pending;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertId;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.alert.EventContent;
import org.citystream.alerting.lifecycle.Step.Reason;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleMode;
import org.jspecify.annotations.Nullable;

/**
 * The merge of events into alerts: pure, total and idempotent.
 *
 * <p>The last record of an episode in partition order is the truth, and people are told the difference from what they
 * were told last. But a job that restarts goes back to its checkpoint and repeats itself: taken literally, its old
 * records would close, reopen and close alerts again. So a record that is not newer than what is told and says something
 * else is kept pending for the settling time. If the stream comes back to what is told, it was a repetition and nobody
 * hears of it; if not, it is the job's new opinion and is told then.
 */
final class Lifecycle {
    private final Duration settlingTime;

    /** @param settlingTime how long a contradiction may be a repetition; wall clock */
    Lifecycle(Duration settlingTime) {
        this.settlingTime = settlingTime;
    }

    /** @param now wall clock */
    Step receive(Known known, CityEvent event, Instant now) {
        if (known.own() != null) {
            return receiveKnown(known.own(), known.successor(), event, now);
        }
        if (known.replaced() != null && goesOnWith(known.replaced(), event)) {
            return advance(known.replaced(), event, Reason.TAKEN_OVER);
        }
        if (event.transition() == Transition.WITHDRAWN && known.successor() != null) {
            return Step.quiet(Reason.SUPERSEDED, known.successor());
        }
        return first(event);
    }

    /** What becomes of a pending record whose time has come. */
    Step settle(Alert alert, Instant now) {
        Pending pending = alert.pending();
        return pending == null || now.isBefore(pending.settleAt())
                ? Step.ignored(Reason.DUPLICATE)
                : advance(alert, pending.event(), Reason.SETTLED);
    }

    Step acknowledge(Alert alert, Acknowledgement acknowledgement) {
        if (alert.acknowledgement() != null) {
            return Step.ignored(Reason.ALREADY_ACKNOWLEDGED);
        }
        int sequence = alert.sequence() + 1;
        Alert next = new Alert(
                alert.alertId(),
                alert.current(),
                alert.pending(),
                sequence,
                alert.notified(),
                acknowledgement,
                alert.assignedTo());
        AlertChange change = new AlertChange(
                ChangeType.ACKNOWLEDGED, sequence, alert.current(), alert.notified(), acknowledgement.at());
        return new Step(Reason.ACKNOWLEDGED, next, change);
    }

    private Step first(CityEvent event) {
        boolean over = AlertState.of(event) == AlertState.RESOLVED;
        boolean told = !over && event.rule().mode() != RuleMode.SHADOW;
        ChangeType type = over ? ended(event) : ChangeType.OPENED;
        Alert alert = new Alert(AlertId.ofEpisode(event.episodeId()), event, null, 1, told, null, null);
        return new Step(
                over ? Reason.FIRST_SEEN_CLOSED : Reason.FIRST_SEEN,
                alert,
                new AlertChange(type, 1, null, told, event.at()));
    }

    private Step receiveKnown(Alert alert, @Nullable Alert successor, CityEvent event, Instant now) {
        if (!event.episodeId().equals(alert.current().episodeId())) {
            return receiveFormer(alert, event, now);
        }
        if (EventContent.same(event, alert.current())) {
            return unchanged(alert, event);
        }
        if (event.revision() <= alert.current().revision()) {
            return pending(alert, event, Reason.REWOUND, now);
        }
        if (event.transition() == Transition.WITHDRAWN && event.replacedBy() != null && successor == null) {
            return pending(alert, event, Reason.AWAITING_SUCCESSOR, now);
        }
        return advance(alert, event, Reason.PROGRESSED);
    }

    /** An episode that the alert has left behind speaks again: a repetition, unless it has taken the alert back. */
    private Step receiveFormer(Alert alert, CityEvent event, Instant now) {
        Pending pending = alert.pending();
        boolean continuesPending =
                pending != null && pending.event().episodeId().equals(event.episodeId());
        return continuesPending || goesOnWith(alert, event)
                ? pending(alert, event, Reason.REWOUND, now)
                : Step.ignored(Reason.SUPERSEDED);
    }

    private static boolean goesOnWith(Alert alert, CityEvent event) {
        return event.transition() != Transition.WITHDRAWN
                && alert.current().episodeId().equals(event.replaces());
    }

    /** The higher revision is kept, so that a repetition of what lay between stays recognisable as one. */
    private static Step unchanged(Alert alert, CityEvent event) {
        boolean newer = event.revision() > alert.current().revision();
        if (!newer && alert.pending() == null) {
            return Step.ignored(Reason.DUPLICATE);
        }
        return Step.quiet(Reason.DUPLICATE, newer ? alert.withCurrent(event) : alert.withPending(null));
    }

    private Step pending(Alert alert, CityEvent event, Reason reason, Instant now) {
        return Step.quiet(reason, alert.withPending(new Pending(event, now.plus(settlingTime))));
    }

    private static Step advance(Alert alert, CityEvent event, Reason reason) {
        boolean opensNow = !alert.notified()
                && event.rule().mode() != RuleMode.SHADOW
                && AlertState.of(event) != AlertState.RESOLVED;
        ChangeType type = opensNow ? ChangeType.OPENED : difference(alert.current(), event);
        boolean told = alert.notified() || opensNow;
        int sequence = alert.sequence() + 1;
        return new Step(
                reason,
                new Alert(alert.alertId(), event, null, sequence, told, alert.acknowledgement(), alert.assignedTo()),
                new AlertChange(type, sequence, alert.current(), told, event.at()));
    }

    /** The one word for the difference that matters most to whoever was told {@code before}. */
    private static ChangeType difference(CityEvent before, CityEvent after) {
        AlertState then = AlertState.of(before);
        AlertState now = AlertState.of(after);
        if (now == AlertState.RESOLVED && then != AlertState.RESOLVED) {
            return ended(after);
        }
        if (after.transition() == Transition.WITHDRAWN && before.transition() != Transition.WITHDRAWN) {
            return ChangeType.WITHDRAWN;
        }
        if (corrects(before, after)) {
            return ChangeType.AMENDED;
        }
        if (now == AlertState.STALE && then != AlertState.STALE) {
            return ChangeType.STALE;
        }
        int severity = after.severity().compareTo(before.severity());
        if (severity != 0) {
            return severity > 0 ? ChangeType.ESCALATED : ChangeType.DEESCALATED;
        }
        return after.transition() == Transition.AMENDED ? ChangeType.AMENDED : ChangeType.UPDATED;
    }

    private static boolean corrects(CityEvent before, CityEvent after) {
        boolean overBefore = AlertState.of(before) == AlertState.RESOLVED;
        return overBefore
                || !before.episodeId().equals(after.episodeId())
                || !before.startedAt().equals(after.startedAt());
    }

    private static ChangeType ended(CityEvent event) {
        return event.transition() == Transition.WITHDRAWN ? ChangeType.WITHDRAWN : ChangeType.RESOLVED;
    }
}

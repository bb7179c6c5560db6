package org.citystream.alerting.group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.route.Grouping;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a group comes to.
 *
 * @param alerts what its message tells of, open ones and those that have ended; empty if it does not speak
 * @param leaving alerts that the group is done with
 * @param next when to look again; absent if nothing is left in it
 */
public record Flush(
        Reason reason,
        List<Member> alerts,
        List<Member> leaving,
        @Nullable Instant next) {
    /** How often what is kept quiet is looked at again. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** Why a group speaks, or does not. */
    public enum Reason {
        /** An alert that it has not told of yet. */
        NEW_ALERTS,
        /** An alert has become better or worse. */
        CHANGED,
        /** Alerts that it has told of are over. */
        RESOLVED,
        /** Nothing new, and still open after the repeat interval. */
        REPEAT,
        /** Everything is told already. */
        NO_NEWS,
        /** What there is to tell is silenced, inhibited or muted. */
        MUTED,
        /** What came was over before anybody could be told. */
        OVER_UNTOLD;

        public boolean speaks() {
            return this == NEW_ALERTS || this == CHANGED || this == RESOLVED || this == REPEAT;
        }
    }

    /**
     * The decision.
     *
     * @param notifiedAt when the group last spoke
     * @param now wall clock
     */
    public static Flush of(Grouping grouping, @Nullable Instant notifiedAt, List<Member> members, Instant now) {
        List<Member> overUntold =
                members.stream().filter(m -> !m.open() && !m.told()).toList();
        List<Member> audible = members.stream()
                .filter(member -> member.muted() == null && !overUntold.contains(member))
                .toList();
        List<Member> ended = audible.stream().filter(member -> !member.open()).toList();
        List<Member> open = audible.stream().filter(Member::open).toList();
        boolean someMuted = members.size() > audible.size() + overUntold.size();
        boolean repeats = notifiedAt != null && !now.isBefore(notifiedAt.plus(grouping.repeat()));
        Reason reason = reason(open, ended, someMuted, !overUntold.isEmpty(), repeats);
        List<Member> leaving =
                Stream.concat(overUntold.stream(), ended.stream()).toList();
        Instant spoken = reason.speaks() ? now : notifiedAt;
        Instant next = Stream.of(
                        open.isEmpty() || spoken == null ? null : spoken.plus(grouping.repeat()),
                        someMuted ? now.plus(LOOK_AGAIN) : null)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        return new Flush(reason, reason.speaks() ? audible : List.of(), leaving, next);
    }

    private static Reason reason(
            List<Member> open, List<Member> ended, boolean someMuted, boolean overUntold, boolean repeats) {
        if (open.stream().anyMatch(member -> !member.told())) {
            return Reason.NEW_ALERTS;
        }
        if (!ended.isEmpty()) {
            return Reason.RESOLVED;
        }
        if (open.stream().anyMatch(Member::hasNews)) {
            return Reason.CHANGED;
        }
        if (!open.isEmpty()) {
            return repeats ? Reason.REPEAT : Reason.NO_NEWS;
        }
        if (someMuted) {
            return Reason.MUTED;
        }
        return overUntold ? Reason.OVER_UNTOLD : Reason.NO_NEWS;
    }

    /** When a group that has news is to be looked at. */
    public static Instant due(Grouping grouping, Group group, Instant now) {
        Instant waited = now.plus(grouping.firstWait());
        Instant planned = group.flushAt();
        if (planned == null || group.notifiedAt() == null) {
            return planned == null ? waited : planned;
        }
        Instant spaced = group.notifiedAt().plus(grouping.interval());
        Instant due = spaced.isAfter(waited) ? spaced : waited;
        return due.isBefore(planned) ? due : planned;
    }

    /** Whether a change is a reason for a group to speak; other changes show when it speaks next. */
    public static boolean isNews(ChangeType type) {
        return type != ChangeType.UPDATED && type != ChangeType.ACKNOWLEDGED;
    }
}

package org.citystream.analytics.pane;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Identities of episodes and events: pure functions of what they are about, so that a repetition is recognised. */
public final class EpisodeEvents {
    /** Reason of an end: the rule is off, deleted, or no longer covers the place. */
    public static final String RULE_OFF = "rule-off";
    /** Reason of an end: the rule looks for something else now. */
    public static final String RULE_CHANGED = "rule-changed";
    /** Reason of an end: the registry has no sensor for the subject any more. */
    public static final String SUBJECT_RETIRED = "subject-retired";
    /** Reason of an end on a corridor: none of the stations that it was about is there any more. */
    public static final String STATION_GONE = "station-gone";
    /** Reason of an update: the rule's mode or labels are others now. */
    public static final String RULE_REVISED = "rule-revised";

    private static final int ID_HEX_DIGITS = 32;

    private EpisodeEvents() {}

    /** Identity of the episode of a rule at a subject that started then. */
    public static String episodeId(String ruleId, Subject subject, Instant startedAt) {
        return id(ruleId + '\n' + subject.type().wireName() + '\n' + subject.id() + '\n' + startedAt);
    }

    /**
     * Identity of an episode of a group: several may start at the same time, at different members.
     *
     * @param memberId the head segment of a queue, the first station of an area
     */
    public static String episodeId(String ruleId, Subject group, Instant startedAt, String memberId) {
        return id(ruleId + '\n' + group.type().wireName() + '\n' + group.id() + '\n' + startedAt + '\n' + memberId);
    }

    /** The event as told: with its revision, and the id that follows from revision and content. */
    public static CityEvent told(CityEvent event, int revision) {
        return told(
                event, revision, event.transition(), event.at(), event.reason(), event.replaces(), event.replacedBy());
    }

    /** The episode as told in an event that late data or silence brought about. */
    public static CityEvent told(
            CityEvent episode,
            int revision,
            Transition transition,
            Instant at,
            String reason,
            @Nullable String replaces,
            @Nullable String replacedBy) {
        return identified(copy(episode, "", revision, transition, at, reason, replaces, replacedBy));
    }

    /** The event with where it comes from. Its id stays: it does not depend on that. */
    static CityEvent sourced(CityEvent e, ObjectNode source, int lateCount) {
        ObjectNode evidence = e.evidence().deepCopy();
        evidence.set("source", source);
        evidence.put("lateCount", lateCount);
        return new CityEvent(
                e.eventId(),
                e.episodeId(),
                e.revision(),
                e.kind(),
                e.transition(),
                e.severity(),
                e.cityId(),
                e.subject(),
                e.startedAt(),
                e.at(),
                e.endedAt(),
                e.replaces(),
                e.replacedBy(),
                e.reason(),
                e.rule(),
                e.labels(),
                e.summary(),
                e.location(),
                evidence);
    }

    /** The version of the rule that decides an event. */
    public static RuleReference reference(Rule rule) {
        return new RuleReference(rule.id(), rule.version(), rule.hash(), rule.mode());
    }

    /** Whether a version of an episode's rule changes whom it is told to. */
    public static boolean isToldOtherwise(CityEvent episode, Rule rule) {
        return episode.rule().mode() != rule.mode() || !Objects.equals(episode.labels(), rule.labels());
    }

    /** An open episode under the rule's newest version, told again if that says so to others than before. */
    public static CityEvent under(Rule rule, CityEvent open, Instant at, List<CityEvent> events) {
        if (!isToldOtherwise(open, rule)) {
            return open;
        }
        CityEvent revised = revised(open, rule, at);
        events.add(revised);
        return revised;
    }

    /** The episode going on under another version of its rule. */
    public static CityEvent revised(CityEvent episode, Rule rule, Instant at) {
        return copy(episode, Transition.UPDATED, at, null, RULE_REVISED, reference(rule), rule.labels());
    }

    /** The episode, ended from outside at this moment. */
    public static CityEvent ended(CityEvent episode, Instant at, String reason) {
        return copy(episode, Transition.CLOSED, at, at, reason, episode.rule(), episode.labels());
    }

    /** The episode as it is told when it is over, or has been taken in by another. */
    public static CityEvent over(
            CityEvent last,
            Transition transition,
            Instant at,
            Instant endedAt,
            @Nullable String replacedBy,
            String reason) {
        return new CityEvent(
                "",
                last.episodeId(),
                0,
                last.kind(),
                transition,
                last.severity(),
                last.cityId(),
                last.subject(),
                last.startedAt(),
                at,
                endedAt,
                null,
                replacedBy,
                reason,
                last.rule(),
                last.labels(),
                last.summary(),
                last.location(),
                last.evidence());
    }

    private static CityEvent copy(
            CityEvent e,
            Transition transition,
            Instant at,
            @Nullable Instant endedAt,
            String reason,
            RuleReference rule,
            @Nullable Map<String, String> labels) {
        return new CityEvent(
                "",
                e.episodeId(),
                e.revision(),
                e.kind(),
                transition,
                e.severity(),
                e.cityId(),
                e.subject(),
                e.startedAt(),
                at,
                endedAt,
                null,
                null,
                reason,
                rule,
                labels,
                e.summary(),
                e.location(),
                e.evidence());
    }

    private static CityEvent identified(CityEvent event) {
        String id = id(new String(JsonCodec.write(event), StandardCharsets.UTF_8));
        return copy(
                event,
                id,
                event.revision(),
                event.transition(),
                event.at(),
                event.reason(),
                event.replaces(),
                event.replacedBy());
    }

    private static CityEvent copy(
            CityEvent e,
            String eventId,
            int revision,
            Transition transition,
            Instant at,
            String reason,
            @Nullable String replaces,
            @Nullable String replacedBy) {
        return new CityEvent(
                eventId,
                e.episodeId(),
                revision,
                e.kind(),
                transition,
                e.severity(),
                e.cityId(),
                e.subject(),
                e.startedAt(),
                at,
                e.endedAt(),
                replaces,
                replacedBy,
                reason,
                e.rule(),
                e.labels(),
                e.summary(),
                e.location(),
                e.evidence());
    }

    private static String id(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

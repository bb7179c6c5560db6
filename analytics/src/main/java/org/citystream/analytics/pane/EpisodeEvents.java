package org.citystream.analytics.pane;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Identities of episodes and events: pure functions of what they are about, so that a repetition is recognised. */
public final class EpisodeEvents {
    private static final int ID_HEX_DIGITS = 32;

    private EpisodeEvents() {}

    /** Identity of the episode of a rule at a subject that started then. */
    public static String episodeId(String ruleId, Subject subject, Instant startedAt) {
        return id(ruleId + '\n' + subject.type().wireName() + '\n' + subject.id() + '\n' + startedAt);
    }

    /** Identity of an episode on a corridor: several may start at the same time, at different heads. */
    public static String episodeId(String ruleId, Subject corridor, Instant startedAt, String headSegmentId) {
        return id(ruleId
                + '\n'
                + corridor.type().wireName()
                + '\n'
                + corridor.id()
                + '\n'
                + startedAt
                + '\n'
                + headSegmentId);
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

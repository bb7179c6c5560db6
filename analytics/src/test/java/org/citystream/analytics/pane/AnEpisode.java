package org.citystream.analytics.pane;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/** One episode of a slow road, with every field filled in that an event can have. */
final class AnEpisode {
    static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    static final Subject RING = new Subject(SubjectType.ROAD_SEGMENT, "ring-1", "Ring east");
    static final RuleReference SLOW = new RuleReference("slow", 1, "9f2c", RuleMode.ACTIVE);
    static final Map<String, String> LABELS = Map.of("team", "roads");

    private AnEpisode() {}

    static CityEvent open() {
        return event(0, Transition.OPENED, EIGHT.plusSeconds(60), null, "dwell-completed", SLOW, LABELS);
    }

    /** Another, told when it started. */
    static CityEvent opened(String episodeId, Instant startedAt) {
        return event(
                "",
                episodeId,
                startedAt,
                0,
                Transition.OPENED,
                startedAt,
                null,
                null,
                null,
                "dwell-completed",
                SLOW,
                LABELS);
    }

    /** Without an id, and in nobody's place. */
    static CityEvent event(
            int revision,
            Transition transition,
            Instant at,
            @Nullable Instant endedAt,
            String reason,
            RuleReference rule,
            Map<String, String> labels) {
        return event("", revision, transition, at, endedAt, null, null, reason, rule, labels);
    }

    static CityEvent event(
            String eventId,
            int revision,
            Transition transition,
            Instant at,
            @Nullable Instant endedAt,
            @Nullable String replaces,
            @Nullable String replacedBy,
            String reason,
            RuleReference rule,
            Map<String, String> labels) {
        return event(
                eventId,
                "episode-1",
                EIGHT,
                revision,
                transition,
                at,
                endedAt,
                replaces,
                replacedBy,
                reason,
                rule,
                labels);
    }

    private static CityEvent event(
            String eventId,
            String episodeId,
            Instant startedAt,
            int revision,
            Transition transition,
            Instant at,
            @Nullable Instant endedAt,
            @Nullable String replaces,
            @Nullable String replacedBy,
            String reason,
            RuleReference rule,
            Map<String, String> labels) {
        return new CityEvent(
                eventId,
                episodeId,
                revision,
                RuleKind.CONGESTION,
                transition,
                Severity.MODERATE,
                "lindholm",
                RING,
                startedAt,
                at,
                endedAt,
                replaces,
                replacedBy,
                reason,
                rule,
                labels,
                "slow",
                new GeoPoint(57.7, 11.9),
                JsonNodeFactory.instance.objectNode().put("state", "slow"));
    }
}

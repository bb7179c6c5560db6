package org.citystream.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/** Events of a congestion on one morning, as a job would write them. */
public final class Events {
    public static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private final String segment;
    private String episode;
    private Instant startedAt;
    private RuleMode mode = RuleMode.ACTIVE;
    private Severity severity = Severity.MODERATE;
    private @Nullable Instant endedAt;
    private @Nullable String replaces;
    private @Nullable String replacedBy;
    private int revision;
    private double speedRatio = 0.45;

    private Events(String segment) {
        this.segment = segment;
        this.startedAt = EIGHT;
        this.episode = segment + "@" + startedAt;
    }

    /** An episode on a segment that starts at eight. */
    public static Events on(String segment) {
        return new Events(segment);
    }

    /** The episode that stands in for this one once late data have moved the start. */
    public Events movedTo(Instant start) {
        Events moved = new Events(segment);
        moved.startedAt = start;
        moved.episode = segment + "@" + start;
        moved.replaces = episode;
        moved.severity = severity;
        moved.mode = mode;
        replacedBy = moved.episode;
        return moved;
    }

    public Events shadow() {
        mode = RuleMode.SHADOW;
        return this;
    }

    public Events active() {
        mode = RuleMode.ACTIVE;
        return this;
    }

    public Events severity(Severity newSeverity) {
        severity = newSeverity;
        return this;
    }

    public String episodeId() {
        return episode;
    }

    public CityEvent opened() {
        return event(Transition.OPENED, 3);
    }

    public CityEvent escalated() {
        severity = Severity.SEVERE;
        speedRatio = 0.2;
        return event(Transition.ESCALATED, 6);
    }

    public CityEvent deescalated() {
        severity = Severity.MODERATE;
        speedRatio = 0.4;
        return event(Transition.DEESCALATED, 20);
    }

    public CityEvent updated(double newSpeedRatio) {
        speedRatio = newSpeedRatio;
        return event(Transition.UPDATED, 25);
    }

    public CityEvent stale() {
        return event(Transition.STALE, 30);
    }

    public CityEvent closed() {
        return closedAt(40);
    }

    public CityEvent closedAt(int minute) {
        endedAt = EIGHT.plusSeconds(60L * (minute - 5));
        return event(Transition.CLOSED, minute);
    }

    public CityEvent withdrawn() {
        return event(Transition.WITHDRAWN, 45);
    }

    /** The current content once more, as another transition. */
    public CityEvent again(Transition transition) {
        return event(transition, 50);
    }

    /** The same content under another revision. */
    public static CityEvent revised(CityEvent event, int revision) {
        return with(event, revision, event.replaces(), event.replacedBy());
    }

    /** The same, linked to other episodes. */
    public static CityEvent linked(CityEvent event, @Nullable String replaces, @Nullable String replacedBy) {
        return with(event, event.revision(), replaces, replacedBy);
    }

    private static CityEvent with(
            CityEvent event, int revision, @Nullable String replaces, @Nullable String replacedBy) {
        return new CityEvent(
                event.eventId() + "/" + revision,
                event.episodeId(),
                revision,
                event.kind(),
                event.transition(),
                event.severity(),
                event.cityId(),
                event.subject(),
                event.startedAt(),
                event.at(),
                event.endedAt(),
                replaces,
                replacedBy,
                event.reason(),
                event.rule(),
                event.labels(),
                event.summary(),
                event.location(),
                event.evidence());
    }

    private CityEvent event(Transition transition, int minute) {
        revision++;
        return new CityEvent(
                episode + "#" + revision + transition + severity + speedRatio,
                episode,
                revision,
                RuleKind.CONGESTION,
                transition,
                severity,
                "lindholm",
                new Subject(SubjectType.ROAD_SEGMENT, segment, "Ring Road 3 at Elm Street"),
                startedAt,
                EIGHT.plusSeconds(60L * minute),
                endedAt,
                replaces,
                replacedBy,
                "dwell-completed",
                new RuleReference("segment-congestion", 1, "9f2c", mode),
                Map.of("team", "traffic-control"),
                "Vehicles crawl at a fifth of free flow.",
                null,
                evidence());
    }

    private JsonNode evidence() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("speedRatio", speedRatio)
                .put("lateCount", revision);
    }
}

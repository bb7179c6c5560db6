package org.citystream.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.jspecify.annotations.Nullable;

/**
 * One episode as people were told of it.
 *
 * @param openedAt when it was told first
 * @param endedAt absent: it is open at the end
 * @param corridor where it lies on one
 * @param touched all of the corridor it ever covered
 * @param largest at its longest; of an incident, between which stations it was seen
 */
record Detection(
        RuleKind kind,
        String subject,
        String ruleId,
        String summary,
        Instant startedAt,
        Instant openedAt,
        @Nullable Instant endedAt,
        @Nullable String corridor,
        @Nullable Stretch touched,
        @Nullable Stretch largest) {

    /** The place it blames: the head of a queue, the middle between the stations that saw an incident; NaN: unknown. */
    double headM() {
        return largest == null
                ? Double.NaN
                : kind == RuleKind.INCIDENT ? (largest.fromM() + largest.toM()) / 2 : largest.toM();
    }

    /**
     * The congestion and incident episodes that stood at the end, by when they were told. One that was taken back, because
     * it became part of another, is none; nor is what shadow rules say.
     */
    static List<Detection> of(List<CityEvent> events, Roads roads) {
        Map<String, List<CityEvent>> episodes = new LinkedHashMap<>();
        for (CityEvent event : events) {
            boolean road = event.kind() == RuleKind.CONGESTION || event.kind() == RuleKind.INCIDENT;
            if (road && event.rule().mode() != RuleMode.SHADOW) {
                episodes.computeIfAbsent(event.episodeId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        episodes.values().removeIf(told -> told.get(told.size() - 1).transition() == Transition.WITHDRAWN);
        return episodes.values().stream().map(told -> episode(told, roads)).toList();
    }

    private static Detection episode(List<CityEvent> told, Roads roads) {
        CityEvent first = told.get(0);
        CityEvent last = told.get(told.size() - 1);
        String corridor = null;
        Stretch touched = null;
        Stretch largest = null;
        for (CityEvent event : told) {
            Stretch stretch = stretch(event, roads);
            if (stretch != null) {
                touched = touched == null ? stretch : touched.and(stretch);
                largest = largest == null || stretch.lengthM() > largest.lengthM() ? stretch : largest;
            }
        }
        if (first.subject().type() == SubjectType.CORRIDOR) {
            corridor = first.subject().id();
        } else {
            Roads.Place place = roads.place(first.subject().id());
            corridor = place == null ? null : place.corridor();
        }
        return new Detection(
                first.kind(),
                first.subject().id(),
                first.rule().id(),
                last.summary(),
                last.startedAt(),
                first.at(),
                last.endedAt(),
                corridor,
                touched,
                largest);
    }

    private static @Nullable Stretch stretch(CityEvent event, Roads roads) {
        JsonNode evidence = event.evidence();
        if (evidence.path("queue").has("tailM")) {
            return new Stretch(
                    evidence.path("queue").path("tailM").asDouble(),
                    evidence.path("queue").path("headM").asDouble());
        }
        if (evidence.path("place").has("fromM")) {
            return new Stretch(
                    evidence.path("place").path("fromM").asDouble(),
                    evidence.path("place").path("toM").asDouble());
        }
        Roads.Place place = roads.place(event.subject().id());
        return place == null ? null : new Stretch(place.positionM(), place.positionM());
    }
}

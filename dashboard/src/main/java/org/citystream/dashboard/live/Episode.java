package org.citystream.dashboard.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One episode: its last record, and what it was like at each of its transitions.
 *
 * @param last closed ones without their evidence
 * @param stages by event time, ascending; of very long ones the newest
 */
public record Episode(CityEvent last, List<Stage> stages) {
    static final int STAGES_KEPT = 500;
    private static final String QUEUE = "queue";

    /**
     * What an episode was like from a moment on.
     *
     * @param tailM where a queue began or what an incident lies downstream of, in metres along the corridor; absent: the
     *     episode has no extent
     * @param headM its other end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Stage(
            Instant at,
            Transition transition,
            Severity severity,
            @Nullable Double tailM,
            @Nullable Double headM) {

        private static Stage of(CityEvent event) {
            JsonNode queue = event.evidence().path(QUEUE);
            JsonNode place = event.evidence().path("place");
            return new Stage(
                    event.at(),
                    event.transition(),
                    event.severity(),
                    metres(queue.path("tailM"), place.path("fromM")),
                    metres(queue.path("headM"), place.path("toM")));
        }

        private static @Nullable Double metres(JsonNode ofQueue, JsonNode ofPlace) {
            JsonNode metres = ofQueue.isNumber() ? ofQueue : ofPlace;
            return metres.isNumber() ? metres.asDouble() : null;
        }

        private JsonNode evidence() {
            ObjectNode evidence = JsonNodeFactory.instance.objectNode();
            if (tailM != null && headM != null) {
                evidence.putObject(QUEUE).put("tailM", tailM).put("headM", headM);
            }
            return evidence;
        }
    }

    static Episode first(CityEvent event) {
        return new Episode(kept(event), List.of(Stage.of(event)));
    }

    /** With one more record; what is told of the same or an earlier moment replaces what was known from there on. */
    Episode and(CityEvent event) {
        List<Stage> known = new ArrayList<>(stages);
        known.removeIf(stage -> !stage.at().isBefore(event.at()));
        known.add(Stage.of(event));
        return new Episode(
                kept(event), List.copyOf(known.subList(Math.max(0, known.size() - STAGES_KEPT), known.size())));
    }

    boolean isActive() {
        return last.rule().mode() == RuleMode.ACTIVE;
    }

    /** Whether it was open at some time from the first moment to the second, both inclusive. */
    boolean isOpenWithin(Instant from, Instant to) {
        Instant ended = last.endedAt();
        return !last.startedAt().isAfter(to) && (ended == null || ended.isAfter(from));
    }

    /** The record as it stood at a moment within the episode: severity, extent and last transition of then. */
    CityEvent asAt(Instant moment) {
        if (!moment.isBefore(last.at())) {
            return last;
        }
        Stage stage = stages.get(0);
        for (Stage each : stages) {
            if (!each.at().isAfter(moment)) {
                stage = each;
            }
        }
        return copy(last, stage.transition(), stage.severity(), stage.evidence());
    }

    private static CityEvent kept(CityEvent event) {
        return event.endedAt() == null
                ? event
                : copy(event, event.transition(), event.severity(), JsonNodeFactory.instance.objectNode());
    }

    private static CityEvent copy(CityEvent event, Transition transition, Severity severity, JsonNode evidence) {
        return new CityEvent(
                event.eventId(),
                event.episodeId(),
                event.revision(),
                event.kind(),
                transition,
                severity,
                event.cityId(),
                event.subject(),
                event.startedAt(),
                event.at(),
                event.endedAt(),
                event.replaces(),
                event.replacedBy(),
                event.reason(),
                event.rule(),
                event.labels(),
                event.summary(),
                event.location(),
                evidence);
    }
}

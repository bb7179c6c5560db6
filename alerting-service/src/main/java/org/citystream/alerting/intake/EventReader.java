package org.citystream.alerting.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.StorableText;
import org.jspecify.annotations.Nullable;

/** Events from record values. */
final class EventReader {
    /** What tells one alert from another: changed by a character, two could become one. */
    private static final List<String> IDENTITIES =
            List.of("/eventId", "/episodeId", "/replaces", "/replacedBy", "/cityId", "/subject/id", "/rule/id");

    private EventReader() {}

    /**
     * The event, or the reason why the value is none.
     *
     * @param event absent if there is a problem
     */
    record Reading(@Nullable CityEvent event, @Nullable String problem) {
        private static Reading refused(String problem) {
            return new Reading(null, problem);
        }
    }

    static Reading read(byte @Nullable [] value) {
        if (value == null) {
            return Reading.refused("the record has no value");
        }
        try {
            JsonNode document = JsonCodec.internal().readTree(value);
            if (!document.isObject()) {
                return Reading.refused("the record's value is no JSON object");
            }
            Optional<String> unstorable = unstorableIdentity(document);
            return unstorable.isPresent()
                    ? Reading.refused(unstorable.get() + " " + StorableText.REFUSAL)
                    : read(StorableText.isStorable(document) ? document : StorableText.replaced(document));
        } catch (JsonProcessingException e) {
            return Reading.refused("not an event: " + e.getOriginalMessage());
        } catch (IOException e) {
            return Reading.refused("not readable: " + e.getMessage());
        }
    }

    private static Reading read(JsonNode document) throws JsonProcessingException {
        CityEvent event = JsonCodec.internal().treeToValue(document, CityEvent.class);
        return missing(event)
                .map(field -> Reading.refused(field + " is missing"))
                .orElseGet(() -> new Reading(whole(event), null));
    }

    private static Optional<String> unstorableIdentity(JsonNode document) {
        return IDENTITIES.stream()
                .filter(field -> !StorableText.isStorable(document.at(field)))
                .map(field -> field.substring(1).replace('/', '.'))
                .findFirst();
    }

    private static Optional<String> missing(CityEvent event) {
        record Field(String name, @Nullable Object value) {}
        return Stream.of(
                        new Field("eventId", event.eventId()),
                        new Field("episodeId", event.episodeId()),
                        new Field("kind", event.kind()),
                        new Field("transition", event.transition()),
                        new Field("severity", event.severity()),
                        new Field("cityId", event.cityId()),
                        new Field("subject", event.subject()),
                        new Field(
                                "subject.type",
                                event.subject() == null ? "" : event.subject().type()),
                        new Field(
                                "subject.id",
                                event.subject() == null ? "" : event.subject().id()),
                        new Field("startedAt", event.startedAt()),
                        new Field("at", event.at()),
                        new Field("rule", event.rule()),
                        new Field(
                                "rule.id",
                                event.rule() == null ? "" : event.rule().id()),
                        new Field(
                                "rule.mode",
                                event.rule() == null ? "" : event.rule().mode()))
                .filter(field -> field.value() == null)
                .map(Field::name)
                .findFirst();
    }

    /** Texts and evidence that were left out become empty ones; a label without a value is none. */
    private static CityEvent whole(CityEvent event) {
        return new CityEvent(
                event.eventId(),
                event.episodeId(),
                event.revision(),
                event.kind(),
                event.transition(),
                event.severity(),
                event.cityId(),
                event.subject(),
                event.startedAt(),
                event.at(),
                event.endedAt(),
                event.replaces(),
                event.replacedBy(),
                Objects.requireNonNullElse(event.reason(), ""),
                event.rule(),
                withoutNull(event.labels()),
                Objects.requireNonNullElse(event.summary(), ""),
                event.location(),
                Objects.requireNonNullElseGet(event.evidence(), JsonNodeFactory.instance::objectNode));
    }

    private static @Nullable Map<String, String> withoutNull(@Nullable Map<String, String> labels) {
        if (labels == null || !labels.containsValue(null)) {
            return labels;
        }
        Map<String, String> known = new LinkedHashMap<>(labels);
        known.values().removeIf(Objects::isNull);
        return known;
    }
}

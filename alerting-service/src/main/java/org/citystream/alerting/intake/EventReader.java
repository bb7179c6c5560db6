package org.citystream.alerting.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Events from record values. */
final class EventReader {
    private static final String FIRST_HALF = "\\\\u[dD][89abAB]\\p{XDigit}{2}";
    private static final String SECOND_HALF = "\\\\u[dD][c-fC-F]\\p{XDigit}{2}";

    /** PostgreSQL stores every character but NUL, and none by half. */
    private static final Pattern UNSTORABLE = Pattern.compile(
            "\\\\u0000|" + FIRST_HALF + "(?!" + SECOND_HALF + ")|(?<!" + FIRST_HALF + ")" + SECOND_HALF);

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
            CityEvent event = JsonCodec.read(storable(value), CityEvent.class);
            if (event == null) {
                return Reading.refused("the record's value is JSON null");
            }
            return missing(event)
                    .map(field -> Reading.refused(field + " is missing"))
                    .orElseGet(() -> new Reading(whole(event), null));
        } catch (UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Reading.refused("not an event: " + cause.getMessage());
        }
    }

    private static byte[] storable(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return text.contains("\\u")
                ? UNSTORABLE.matcher(text).replaceAll("\\\\ufffd").getBytes(StandardCharsets.UTF_8)
                : value;
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

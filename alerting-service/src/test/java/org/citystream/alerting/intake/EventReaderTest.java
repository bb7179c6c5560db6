package org.citystream.alerting.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.citystream.alerting.Events;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private final CityEvent event = Events.on("ring-3").opened();

    @Test
    void anEventIsReadWhole() {
        assertThat(EventReader.read(JsonCodec.write(event)).event()).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eventId",
                "episodeId",
                "kind",
                "transition",
                "severity",
                "cityId",
                "subject",
                "startedAt",
                "at",
                "rule"
            })
    void whatIdentifiesAnEventMustBeThere(String field) {
        ObjectNode node = JsonCodec.internal().valueToTree(event);
        node.remove(field);

        assertThat(EventReader.read(JsonCodec.write(node)).problem()).startsWith(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"summary", "reason", "evidence", "labels"})
    void whatOnlyExplainsMayBeLeftOut(String field) {
        ObjectNode node = JsonCodec.internal().valueToTree(event);
        node.remove(field);

        CityEvent read = requireNonNull(EventReader.read(JsonCodec.write(node)).event());

        assertThat(read.evidence()).isNotNull();
        assertThat(read.summary()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "\"event\"", "{\"severity\":\"catastrophic\"}"})
    void rubbishIsRefusedWithAReason(String value) {
        assertThat(problem(value.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
        assertThat(problem(null)).isNotEmpty();
    }

    @Test
    void aLabelWithoutAValueIsNone() {
        ObjectNode node = JsonCodec.internal().valueToTree(event);
        ((ObjectNode) node.get("labels")).putNull("floor");

        CityEvent read = requireNonNull(EventReader.read(JsonCodec.write(node)).event());

        assertThat(read.labels()).isEqualTo(event.labels());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\\u0000, \uFFFD",
                "\\ud83d, \uFFFD",
                "\\uDE00, \uFFFD",
                "\\ud83d\\uD83D, \uFFFD\uFFFD",
                "\\ud83d\\ud83d\\ude00, \uFFFD\ud83d\ude00",
                "\\ud83d\\ude00, \ud83d\ude00",
            })
    void aCharacterThatTheDatabaseCannotStoreIsReplaced(String escaped, String stored) {
        String json = new String(JsonCodec.write(event), StandardCharsets.UTF_8)
                .replace("Ring Road 3", "Ring" + escaped + "Road 3");

        CityEvent read = requireNonNull(
                EventReader.read(json.getBytes(StandardCharsets.UTF_8)).event());

        assertThat(read.subject().name()).startsWith("Ring" + stored + "Road 3");
    }

    private static @Nullable String problem(byte @Nullable [] value) {
        return EventReader.read(value).problem();
    }
}

package org.citystream.alerting.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citystream.alerting.Events;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.StorableText;
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
                "\\\\u0000, \\u0000",
            })
    void aCharacterThatTheDatabaseCannotStoreIsReplaced(String escaped, String stored) {
        String json = new String(JsonCodec.write(event), StandardCharsets.UTF_8)
                .replace("Ring Road 3", "Ring" + escaped + "Road 3");

        CityEvent read = requireNonNull(
                EventReader.read(json.getBytes(StandardCharsets.UTF_8)).event());

        assertThat(read.subject().name()).startsWith("Ring" + stored + "Road 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/eventId", "/episodeId", "/replaces", "/replacedBy", "/cityId", "/subject/id", "/rule/id"})
    void inAnIdentityItIsNotForTwoCouldBecomeOne(String field) {
        for (String text : List.of("a\u0000", "a\ud83d", "\ude00a")) {
            ObjectNode node = JsonCodec.internal().valueToTree(event);
            int slash = field.lastIndexOf('/');
            ((ObjectNode) node.at(field.substring(0, slash))).put(field.substring(slash + 1), text);
            String json = node.toString();

            assertThat(problem(escaped(json)))
                    .isEqualTo(field.substring(1).replace('/', '.') + " " + StorableText.REFUSAL);
        }
    }

    /** Half a character has no bytes of its own. */
    private static byte[] escaped(String json) {
        return json.replace("\ud83d", "\\ud83d").replace("\ude00", "\\ude00").getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String problem(byte @Nullable [] value) {
        return EventReader.read(value).problem();
    }
}

package org.citystream.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\ufffd", "\ud83d\ude00", "\\u0000", "\u0001\u2028"})
    void whatCanBeStoredStaysAsItIs(String text) {
        document.putArray(text).addObject().put("b", text);

        assertThat(StorableText.isStorable(text)).isTrue();
        assertThat(StorableText.isStorable(document)).isTrue();
        assertThat(StorableText.replaced(document)).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\ud83d", "a\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void whatCannotIsFoundWhereverItIs(String text) {
        JsonNode asText = document.deepCopy()
                .set("a", JsonNodeFactory.instance.arrayNode().add(text));
        JsonNode asName = document.deepCopy()
                .set("a", JsonNodeFactory.instance.objectNode().put(text, 1));

        assertThat(StorableText.isStorable(text)).isFalse();
        assertThat(StorableText.isStorable(asText)).isFalse();
        assertThat(StorableText.isStorable(asName)).isFalse();
        assertThat(StorableText.isStorable(StorableText.replaced(asText))).isTrue();
        assertThat(StorableText.isStorable(StorableText.replaced(asName))).isTrue();
    }

    @Test
    void eachIsReplacedByItself() {
        document.put("a\u0000", "\ud83d\ud83d\ude00\u0000").put("number", 1);

        assertThat(StorableText.replaced(document).toString())
                .isEqualTo("{\"a\ufffd\":\"\ufffd\ud83d\ude00\ufffd\",\"number\":1}");
    }
}

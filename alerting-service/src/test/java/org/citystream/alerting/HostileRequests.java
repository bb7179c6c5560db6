package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.citystream.alerting.Service.Answer;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.HostileNames;
import org.jspecify.annotations.Nullable;

/** Requests with text that somebody may send to break a service, each held against what every answer must be. */
final class HostileRequests {
    static final List<String> NAMES = HostileNames.all();

    /** With half characters, which JSON can say and no database can store. */
    static final List<String> TEXTS = Stream.concat(
                    NAMES.stream(), Stream.of("\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\\ud83d"))
            .toList();

    /** Half characters as escapes: in UTF-8 there is no room for them. */
    private static final ObjectWriter ASCII = JsonCodec.internal().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final Service service;

    HostileRequests(Service service) {
        this.service = service;
    }

    static boolean canBeStored(String text) {
        return text.indexOf('\u0000') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether it was taken; it may be refused if it is nothing to see, or nothing to store. */
    static boolean taken(Answer answer, String text, int status) {
        if (answer.status() != status) {
            assertThat(canBeStored(text) && !text.isBlank())
                    .as(text + " is refused: " + answer.body())
                    .isFalse();
        } else {
            assertThat(canBeStored(text)).as(text + " is taken").isTrue();
        }
        return answer.status() == status;
    }

    static void assertRefused(Answer answer, String what) {
        assertThat(answer.status()).as(what + answer.body()).isBetween(400, 499);
    }

    Answer ask(String path) {
        return checked(service.exchange("GET", path, null, Service.TOKEN));
    }

    Answer change(String method, String path, @Nullable JsonNode body) {
        return checked(service.exchange(method, path, body == null ? null : json(body), Service.TOKEN));
    }

    /** No fault, and nothing but JSON, which no browser takes for a page nor guesses to be one. */
    static Answer checked(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        if (answer.status() >= 400) {
            assertThat(problem(answer)).isNotBlank();
        } else if (answer.status() != 204) {
            assertThat(answer.contentType()).isEqualTo("application/json");
        }
        return answer;
    }

    static String problem(Answer answer) {
        assertThat(answer.contentType()).as(answer.body()).startsWith("application/problem+json");
        assertThat(answer.json().path("status").intValue()).isEqualTo(answer.status());
        return answer.json().path("detail").textValue();
    }

    static String location(Answer answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    /** The fields of a document that were sent. */
    static JsonNode picked(JsonNode document, ObjectNode sent) {
        ObjectNode picked = JsonNodeFactory.instance.objectNode();
        sent.fieldNames().forEachRemaining(field -> picked.set(field, document.path(field)));
        return picked;
    }

    static ObjectNode object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }

    static ArrayNode array(JsonNode value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    static String json(JsonNode node) {
        try {
            return ASCII.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode read(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String inTurn(List<String> texts, int turn) {
        return texts.get(turn % texts.size());
    }
}

package org.citystream.alerting.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.notify.Bodies;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped JSON Schema against bodies that the product writes. */
class EventSchemaTest {
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                    DOCUMENT,
                    SchemaValidatorsConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build());

    private static JsonNode document() {
        try {
            return JsonCodec.internal().readTree(EventSchemas.class.getResourceAsStream(EventSchemas.RESOURCE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<JsonNode> bodies() {
        Events ring = Events.on("ring-3");
        CityEvent opened = ring.opened();
        CityEvent escalated = ring.escalated();
        CityEvent deescalated = ring.deescalated();
        CityEvent updated = ring.updated(0.3);
        CityEvent stale = ring.stale();
        CityEvent amended = ring.again(Transition.AMENDED);
        CityEvent withdrawn = ring.withdrawn();
        CityEvent closed = ring.closed();
        return Stream.of(
                Bodies.change(ChangeType.OPENED, opened, null),
                Bodies.change(ChangeType.ESCALATED, escalated, opened),
                Bodies.change(ChangeType.DEESCALATED, deescalated, escalated),
                Bodies.change(ChangeType.UPDATED, updated, deescalated),
                Bodies.change(ChangeType.STALE, stale, updated),
                Bodies.change(ChangeType.AMENDED, amended, stale),
                Bodies.change(ChangeType.WITHDRAWN, withdrawn, amended),
                Bodies.change(ChangeType.RESOLVED, closed, opened),
                Bodies.change(ChangeType.ACKNOWLEDGED, opened, opened),
                Bodies.group(List.of(Events.on("ring-4").opened(), closed)),
                Bodies.test(),
                Bodies.disabled());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyMessageKeepsToTheSchemaOfItsType(JsonNode body) {
        assertThat(problems(body)).as(body.toPrettyString()).isEmpty();
    }

    @Test
    void everyTypeThatThereIsHasASchemaAndABody() {
        List<String> described = DOCUMENT.path("$defs").properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.contains("."))
                .toList();

        assertThat(bodies().map(body -> body.path("type").textValue())).containsExactlyInAnyOrderElementsOf(described);
        assertThat(described)
                .containsAll(
                        Stream.of(ChangeType.values()).map(ChangeType::wireName).toList());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aMessageThatLacksAPartIsRefused(JsonNode body) {
        body.path("data").properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> !Set.of("location", "description").contains(field))
                .forEach(field -> {
                    ObjectNode broken = body.deepCopy();
                    ((ObjectNode) broken.get("data")).remove(field);
                    assertThat(problems(broken)).as("without " + field).isNotEmpty();
                });
    }

    @Test
    void wrongTypesAndUnknownWordsAreRefused() {
        ObjectNode state = bodies().findFirst().orElseThrow().deepCopy();
        ((ObjectNode) state.get("data")).put("state", "burning");
        ObjectNode time = bodies().findFirst().orElseThrow().deepCopy();
        ((ObjectNode) time.get("data")).put("startedAt", "this morning");
        ObjectNode type = bodies().findFirst().orElseThrow().deepCopy();
        type.put("type", "alert.imagined");

        assertThat(List.of(state, time, type))
                .allSatisfy(body -> assertThat(problems(body)).isNotEmpty());
    }

    private static Set<ValidationMessage> problems(JsonNode body) {
        return SCHEMA.validate(body);
    }
}

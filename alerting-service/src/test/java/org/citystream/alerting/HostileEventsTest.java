package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.alerting.HostileRequests.NAMES;
import static org.citystream.alerting.HostileRequests.TEXTS;
import static org.citystream.alerting.HostileRequests.json;
import static org.citystream.alerting.HostileRequests.object;
import static org.citystream.alerting.HostileRequests.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.citystream.alerting.Service.Answer;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What jobs may come to call things, out of Kafka, and what people then say of them: as it was written, or skipped and counted. */
class HostileEventsTest extends HostileSurroundings {
    @Test
    void eventsBecomeAlertsAndMessagesAsTheyWereWrittenOrAreSkippedAndCounted() throws Exception {
        int before = refused();
        List<String> whole = TEXTS.stream().filter(HostileRequests::canBeStored).toList();
        try (Receiver receiver = Receiver.start()) {
            ObjectNode webhook = object("url", receiver.url());
            webhook.putArray("types").add("alert.opened");
            String id = hostile.change("POST", "/api/v1/webhooks", webhook)
                    .json()
                    .path("id")
                    .textValue();
            kafka.produce(TEXTS.stream()
                    .map(text -> new ProducerRecord<@Nullable String, byte[]>(
                            Topics.EVENTS.name(), text, json(event(text)).getBytes(StandardCharsets.UTF_8)))
                    .toList());
            Awaitility.await()
                    .atMost(KafkaExtension.PATIENCE)
                    .until(() -> alerts().size() + refused() - before == TEXTS.size()
                            && receiver.received().size() >= alerts().size());

            List<JsonNode> alerts = alerts();
            assertThat(alerts).extracting(HostileEventsTest::subject).containsExactlyInAnyOrderElementsOf(whole);
            assertThat(alerts).allSatisfy(HostileEventsTest::assertSaysNothingButItsName);
            assertThat(receiver.received())
                    .extracting(received -> read(received.body()).path("data"))
                    .allSatisfy(HostileEventsTest::assertSaysNothingButItsName)
                    .extracting(HostileEventsTest::subject)
                    .containsExactlyInAnyOrderElementsOf(whole);
            hostile.change("DELETE", "/api/v1/webhooks/" + id, null);
            alerts.forEach(HostileEventsTest::actOn);
        }
    }

    private static ObjectNode event(String text) {
        ObjectNode event = JsonCodec.internal().valueToTree(Events.on("any").opened());
        List.of("eventId", "episodeId", "cityId", "summary", "reason").forEach(field -> event.put(field, text));
        event.withObject("/subject").put("id", text).put("name", text);
        event.withObject("/rule").put("id", text);
        event.putObject("labels").put(text, text);
        event.putObject("evidence").put(text, text);
        return event;
    }

    private static void assertSaysNothingButItsName(JsonNode alert) {
        String name = subject(alert);
        assertThat(Stream.of("/episodeId", "/cityId", "/summary", "/reason", "/subject/name", "/rule/id")
                        .map(path -> alert.at(path).textValue()))
                .containsOnly(name);
        assertThat(alert.path("labels")).isEqualTo(object(name, name));
    }

    private static String subject(JsonNode alert) {
        return alert.at("/subject/id").textValue();
    }

    private static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = hostile.ask("/api/v1/alerts?limit=500" + next).json();
            page.path("items").forEach(alerts::add);
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").textValue();
        } while (!next.isEmpty());
        return alerts;
    }

    private static int refused() {
        return service.exchange("GET", "/metrics", null, null)
                .body()
                .lines()
                .filter(line -> line.startsWith("citystream_alerting_events_total{outcome=\"refused\"}"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void actOn(JsonNode alert) {
        String name = subject(alert);
        String path = "/api/v1/alerts/" + alert.path("alertId").textValue();
        assertThat(hostile.change(
                                "POST",
                                path + "/acknowledge",
                                object("by", name).put("comment", name))
                        .status())
                .isEqualTo(200);
        assertThat(hostile.change("POST", path + "/assign", object("by", name).put("to", name))
                        .status())
                .isEqualTo(200);
        Answer comment =
                hostile.change("POST", path + "/comment", object("by", name).put("comment", name));
        assertThat(comment.status()).isEqualTo(name.isBlank() ? 422 : 201);

        JsonNode whole = hostile.ask(path).json();
        assertThat(whole.path("assignedTo").textValue()).isEqualTo(name);
        assertThat(whole.at("/acknowledged/by").textValue()).isEqualTo(name);
        assertThat(whole.at("/acknowledged/comment").textValue()).isEqualTo(name);
        assertThat(whole.path("evidence")).isEqualTo(object(name, name));
        assertThat(whole.path("history")).hasSize(name.isBlank() ? 3 : 4);
        for (JsonNode entry : whole.path("history")) {
            boolean opened = entry.path("type").textValue().equals("alert.opened");
            assertThat(entry.path(opened ? "reason" : "by").textValue()).isEqualTo(name);
        }
    }

    /** What says neither of what kind nor when something is goes into a line of the log. */
    @Test
    void eventsThatAreNoneAreSkippedAndCounted() {
        int before = refused();
        List<String> fields = List.of(
                "/kind", "/severity", "/transition", "/startedAt", "/revision", "/subject/type", "/rule/mode", "/rule");
        List<ProducerRecord<@Nullable String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            ObjectNode event = event("none-" + i);
            int slash = fields.get(i % fields.size()).lastIndexOf('/');
            ObjectNode parent =
                    (ObjectNode) event.at(fields.get(i % fields.size()).substring(0, slash));
            parent.put(fields.get(i % fields.size()).substring(slash + 1), NAMES.get(i) + "?");
            records.add(new ProducerRecord<>(
                    Topics.EVENTS.name(), NAMES.get(i), json(event).getBytes(StandardCharsets.UTF_8)));
        }
        kafka.produce(records);

        Awaitility.await().atMost(KafkaExtension.PATIENCE).until(() -> refused() == before + NAMES.size());
    }
}

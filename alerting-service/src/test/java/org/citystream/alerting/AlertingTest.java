package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.citystream.alerting.Service.Answer;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.alerting.notify.webhook.Receiver.Received;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From an event on Kafka to a signed webhook, with a real broker and a real database. */
class AlertingTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    static Path directory;

    private static Service service;
    private Receiver receiver;

    /** One for all tests: each has a receiver and road segments of its own. */
    @BeforeAll
    static void start() throws Exception {
        service = Service.start(kafka, postgres, directory).awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void listen() throws Exception {
        receiver = Receiver.start();
    }

    @AfterEach
    void leave() {
        service.get("/api/v1/webhooks")
                .json()
                .path("items")
                .forEach(webhook -> service.send(
                        "DELETE", "/api/v1/webhooks/" + webhook.path("id").textValue(), null, Service.TOKEN));
        receiver.close();
    }

    @Test
    void anEventBecomesAnAlertAndASignedWebhook() {
        String secret = addWebhook();
        Events ring = Events.on("ring-1");
        publish(ring.opened());
        publish(ring.escalated());
        publish(ring.closed());

        List<Received> received = awaitReceived("ring-1", 3);
        assertThat(received)
                .extracting(AlertingTest::type)
                .containsExactly("alert.opened", "alert.escalated", "alert.resolved");
        assertThat(received).extracting(r -> r.header("webhook-id")).doesNotHaveDuplicates();
        assertThat(received)
                .allSatisfy(r -> assertThatCode(() -> new Webhook(secret).verify(r.body(), r.headers()))
                        .doesNotThrowAnyException());

        JsonNode alert = onlyAlert("ring-1");
        assertThat(alert.path("state").textValue()).isEqualTo("resolved");
        assertThat(alert.path("severity").textValue()).isEqualTo("severe");
        JsonNode whole = service.get("/api/v1/alerts/" + alert.path("alertId").textValue())
                .json();
        assertThat(whole.path("evidence").path("speedRatio").doubleValue()).isEqualTo(0.2);
        assertThat(whole.path("history"))
                .extracting(entry -> entry.path("type").textValue())
                .containsExactly("alert.opened", "alert.escalated", "alert.resolved");
    }

    @Test
    void duplicatesAndRepetitionsChangeNothing() {
        addWebhook();
        Events ring = Events.on("ring-2");
        List<CityEvent> morning = List.of(ring.opened(), ring.escalated(), ring.closed());
        morning.forEach(this::publish);
        awaitReceived("ring-2", 3);

        morning.forEach(this::publish);
        morning.forEach(this::publish);
        Events marker = Events.on("ring-2-marker");
        publish(marker.opened());
        awaitReceived("ring-2-marker", 1);
        // The repetition has been read by now; what it left pending would be told after the settling time.
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> received("ring-2").size() == 3);

        assertThat(onlyAlert("ring-2").path("sequence").intValue()).isEqualTo(3);
    }

    @Test
    void aRestartGoesOnWhereItStopped() throws Exception {
        addWebhook();
        Events ring = Events.on("ring-3");
        publish(ring.opened());
        awaitReceived("ring-3", 1);

        service.close();
        publish(ring.escalated());
        publish(ring.closed());
        service = Service.start(kafka, postgres, directory).awaitReady();

        // One whose answer was lost with the stopped service comes again under its id.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received("ring-3").stream()
                                .collect(Collectors.toMap(
                                        r -> r.header("webhook-id"),
                                        AlertingTest::type,
                                        (one, again) -> one,
                                        LinkedHashMap::new))
                                .values())
                        .containsExactly("alert.opened", "alert.escalated", "alert.resolved"));
    }

    @Test
    void aShadowRuleIsListedOnlyWhenAskedForAndNeverSent() {
        addWebhook();
        publish(Events.on("ring-4").shadow().opened());
        publish(Events.on("ring-4-marker").opened());
        awaitReceived("ring-4-marker", 1);

        Awaitility.await().until(() -> !alerts("subject=ring-4&mode=shadow").isEmpty());
        assertThat(alerts("subject=ring-4")).isEmpty();
        assertThat(received("ring-4")).isEmpty();
    }

    @Test
    void anAlertWhoseStartMovesIsAmendedAndStaysOne() {
        addWebhook();
        Events ring = Events.on("ring-5");
        publish(ring.opened());
        Events moved = ring.movedTo(Events.EIGHT.minusSeconds(300));
        publish(ring.withdrawn());
        publish(moved.opened());

        List<Received> received = awaitReceived("ring-5", 2);
        assertThat(received).extracting(AlertingTest::type).containsExactly("alert.opened", "alert.amended");
        assertThat(onlyAlert("ring-5").path("startedAt").textValue()).isEqualTo("2026-11-23T07:55:00Z");
    }

    @Test
    void aRecordThatIsNoEventIsSkipped() {
        addWebhook();
        kafka.produce(Topics.EVENTS.name(), "ring-6", "not an event".getBytes(StandardCharsets.UTF_8));
        publish(Events.on("ring-6").opened());

        awaitReceived("ring-6", 1);
        assertThat(service.get("/metrics").body()).contains("citystream_alerting_events_total{outcome=\"refused\"}");
    }

    @Test
    void acknowledgingIsToldAndShown() {
        addWebhook();
        publish(Events.on("ring-7").opened());
        awaitReceived("ring-7", 1);
        String path = "/api/v1/alerts/" + onlyAlert("ring-7").path("alertId").textValue();

        Answer answer = service.post(path + "/acknowledge", "{\"by\":\"Ada\",\"comment\":\"on my way\"}");
        service.post(path + "/acknowledge", "{\"by\":\"Bob\"}");
        service.post(path + "/comment", "{\"by\":\"Ada\",\"comment\":\"tow truck ordered\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("acknowledged").path("by").textValue()).isEqualTo("Ada");
        assertThat(awaitReceived("ring-7", 2))
                .extracting(AlertingTest::type)
                .containsExactly("alert.opened", "alert.acknowledged");
        JsonNode history = service.get(path).json().path("history");
        assertThat(history)
                .extracting(entry -> entry.path("type").textValue())
                .containsExactly("alert.opened", "alert.acknowledged", "comment");
    }

    @Test
    @Timeout(30)
    void changesAreFollowedLive() throws Exception {
        try (Stream<String> lines = service.follow("/api/v1/alerts/live")) {
            publish(Events.on("ring-10").opened());

            List<String> event = lines.filter(line -> !line.isBlank() && !line.startsWith(":"))
                    .limit(2)
                    .toList();
            assertThat(event).anyMatch(line -> line.equals("event: alert.opened"));
            assertThat(event).anyMatch(line -> line.startsWith("data: {") && line.contains("ring-10"));
        }
    }

    @Test
    void anEndpointThatFailsIsTriedAgainWithTheSameId() {
        addWebhook();
        // Alone: what is open from before would be refused ten times, and the endpoint left alone for a while.
        receiver.answer((exchange, received) ->
                exchange.sendResponseHeaders(received.body().contains("ring-8") ? 500 : 200, -1));
        publish(Events.on("ring-8").opened());
        awaitReceived("ring-8", 1);
        receiver.answer(Receiver.Answer.status(200));
        publish(Events.on("ring-8").again(Transition.CLOSED));

        // The second attempt comes after 5 s, and the closing waits behind it.
        List<Received> received = awaitReceived("ring-8", 2);
        assertThat(received.get(0).header("webhook-id"))
                .isEqualTo(received.get(1).header("webhook-id"));
        assertThat(received.get(0).body()).isEqualTo(received.get(1).body());
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAndSaysSo() {
        receiver.answer(Receiver.Answer.status(410));
        addWebhook();
        publish(Events.on("ring-9").opened());

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(webhook().path("enabled").booleanValue()).isFalse());
        assertThat(webhook().path("disabledReason").textValue()).contains("410");
    }

    @Test
    void whileASecretRotatesBothSignAndLaterOnlyTheNewOne() {
        String first = addWebhook();
        String path = "/api/v1/webhooks/" + webhook().path("id").textValue();
        String second = service.post(path + "/rotate", "{\"overlap\":\"PT1H\"}")
                .json()
                .path("secret")
                .textValue();
        publish(Events.on("ring-11").opened());
        Received during = awaitReceived("ring-11", 1).get(0);
        String third = service.post(path + "/rotate", "{\"overlap\":\"PT0S\"}")
                .json()
                .path("secret")
                .textValue();
        publish(Events.on("ring-12").opened());
        Received after = awaitReceived("ring-12", 1).get(0);

        assertThat(verifies(first, during)).isTrue();
        assertThat(verifies(second, during)).isTrue();
        assertThat(verifies(first, after)).isFalse();
        assertThat(verifies(second, after)).isFalse();
        assertThat(verifies(third, after)).isTrue();
    }

    private static boolean verifies(String secret, Received received) {
        try {
            new Webhook(secret).verify(received.body(), received.headers());
            return true;
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            return false;
        }
    }

    @Test
    void everyEndpointIsSentWhatItUnderstandsAndTheLogShowsIt() {
        service.post(
                "/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "/alertmanager\",\"format\":\"alertmanager\"}");
        service.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "/slack\",\"format\":\"slack\"}");
        publish(Events.on("ring-13").opened());

        Received alertmanager = awaitPath("/hook/alertmanager", "ring-13");
        // It hears of the other tests' alerts too, and of what becomes of them.
        Received slack = awaitPath("/hook/slack", "OPENED");
        assertThat(read(alertmanager).path("version").textValue()).isEqualTo("4");
        assertThat(read(slack).path("text").textValue()).contains("OPENED", "Ring Road");
        JsonNode logged = service.get("/api/v1/deliveries/" + alertmanager.header("webhook-id"))
                .json();
        assertThat(logged.path("request")).isEqualTo(read(alertmanager));
        String ofTheAlert = "/api/v1/webhooks/" + logged.path("webhookId").textValue() + "/deliveries?alert="
                + logged.path("alertId").textValue();
        assertThat(service.get(ofTheAlert).json().path("items"))
                .hasSize(1)
                .first()
                .isEqualTo(logged);
        assertThat(service.get("/api/v1/webhooks").body()).doesNotContain("/hook/slack");
    }

    private Received awaitPath(String path, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> receiver.received().stream()
                        .anyMatch(r -> r.path().equals(path) && r.body().contains(text)));
        return receiver.received().stream()
                .filter(r -> r.path().equals(path) && r.body().contains(text))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode webhook() {
        return StreamSupport.stream(
                        service.send("GET", "/api/v1/webhooks", null, Service.TOKEN)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(item -> item.path("url").textValue().equals(receiver.url()))
                .findFirst()
                .orElseThrow();
    }

    private String addWebhook() {
        Answer answer = service.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("secret").textValue();
    }

    private void publish(CityEvent event) {
        kafka.produce(Topics.EVENTS, event.subject().id(), event);
    }

    private List<Received> awaitReceived(String segment, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> received(segment).size() >= count);
        return received(segment);
    }

    private List<Received> received(String segment) {
        return receiver.received().stream()
                .filter(r -> data(r).path("subject").path("id").asText().equals(segment))
                .toList();
    }

    private static JsonNode data(Received received) {
        return read(received).path("data");
    }

    private static String type(Received received) {
        return read(received).path("type").textValue();
    }

    private static JsonNode read(Received received) {
        return JsonCodec.read(received.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private JsonNode onlyAlert(String segment) {
        List<JsonNode> alerts = alerts("subject=" + segment);
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private List<JsonNode> alerts(String query) {
        List<JsonNode> alerts = new ArrayList<>();
        service.get("/api/v1/alerts?" + query).json().path("items").forEach(alerts::add);
        return alerts;
    }
}

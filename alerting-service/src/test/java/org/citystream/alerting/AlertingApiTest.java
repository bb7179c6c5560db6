package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.citystream.alerting.Contract.Operation;
import org.citystream.alerting.Service.Answer;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface of a running service. */
class AlertingApiTest {
    private static final String RULE = """
            - id: api-test
              kind: air-exceedance
              pollutant: no2
              above: %d ug/m3
              consecutive-hours: 3
            """;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    static Path directory;

    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        service = Service.start(kafka, postgres, directory).awaitReady();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theDefaultRulesArePublishedWhereThereWereNone() {
        List<ConsumerRecord<@Nullable String, byte[]>> records = kafka.consume(Topics.RULES.name(), 8);

        assertThat(records).extracting(ConsumerRecord::key).contains("segment-congestion@1", "sensor-trouble@1");
        assertThat(service.get("/api/v1/rules").json().path("items")).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void anAppliedRuleGetsAVersionAndHoldsFromAMinuteToCome() {
        Instant now = Instant.parse("2026-11-23T08:15:30Z");
        kafka.produce(Topics.CLOCK, null, new ClockState(now, 0, null, "wall"));

        JsonNode first = applied(200);
        JsonNode second = applied(210);
        Answer again = service.send("PUT", "/api/v1/rules", RULE.formatted(210), Service.TOKEN);

        assertThat(first.path("version").intValue()).isEqualTo(1);
        assertThat(first.path("effectiveFrom").textValue()).isEqualTo("2026-11-23T08:17:00Z");
        assertThat(second.path("version").intValue()).isEqualTo(2);
        assertThat(again.json().path("items")).isEmpty();
        assertThat(again.json().path("unchanged"))
                .extracting(JsonNode::textValue)
                .containsExactly("api-test");
        assertThat(service.get("/api/v1/rules?id=api-test&versions=all").json().path("items"))
                .hasSize(2);
        assertThat(kafka.consumeAll(Topics.RULES.name()))
                .extracting(ConsumerRecord::key)
                .contains("api-test@1", "api-test@2");
    }

    private static JsonNode applied(int limit) {
        Answer answer = service.send("PUT", "/api/v1/rules", RULE.formatted(limit), Service.TOKEN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").path(0);
    }

    @Test
    void invalidRulesAreRefusedWholeWithPathAndReason() {
        String document = RULE.formatted(300) + "- {id: broken, kind: congestion, enter: {speed-ratio-below: 7}}\n";

        Answer answer = service.send("PUT", "/api/v1/rules", document, Service.TOKEN);

        assertProblem(answer, 422);
        assertThat(answer.json().path("errors").path(0).path("path").textValue())
                .startsWith("[1]");
        assertThat(service.get("/api/v1/rules?id=broken").json().path("items")).isEmpty();
    }

    @Test
    void everyProblemOfEveryDocumentIsNamed() {
        String document = "{id: one, kind: congestion, enter: {speed-ratio-below: 7, for: PT3M}}\n---\n"
                + "[{id: two, kind: air-exceedance, pollutant: no3, above: 200, consecutive-hours: 3}]\n---\n"
                + RULE.formatted(300);

        Answer answer = service.send("PUT", "/api/v1/rules", document, Service.TOKEN);

        assertProblem(answer, 422);
        assertThat(answer.json().path("detail").textValue()).startsWith("the rules are refused whole, for ");
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("path").textValue())
                .contains("[0].exit", "[0].enter.speed-ratio-below", "[1].pollutant");
        assertThat(answer.json().path("errors"))
                .allSatisfy(
                        error -> assertThat(error.path("reason").textValue()).isNotEmpty());
    }

    @Test
    void aDryRunTellsWhatWouldChangeAndChangesNothing() {
        String name = "dry-run";
        put(name, 200, "");

        JsonNode told = put(name, 250, "?dryRun=true").json();

        assertThat(told.path("changes").path(0).path("previousVersion").intValue())
                .isEqualTo(1);
        assertThat(told.path("changes").path(0).path("fields").path(0).toString())
                .isEqualTo("{\"path\":\"above\",\"before\":\"200 ug/m3\",\"after\":\"250 ug/m3\"}");
        assertThat(service.get("/api/v1/rules?id=dry-run&versions=all").json().path("items"))
                .hasSize(1);
        assertProblem(put(name, 250, "?dryRun=perhaps"), 400);
    }

    @Test
    void aRollbackWritesANewVersionWithTheOlderContent() {
        put("back", 200, "");
        put("back", 250, "");
        String hash = service.get("/api/v1/rules?id=back&versions=all")
                .json()
                .path("items")
                .path(0)
                .path("hash")
                .textValue();

        JsonNode back = service.post("/api/v1/rules/back/rollback", "{\"version\":1}")
                .json()
                .path("items")
                .path(0);

        assertThat(back.path("version").intValue()).isEqualTo(3);
        assertThat(back.path("hash").textValue()).isEqualTo(hash);
        assertThat(service.get("/api/v1/rules?id=back").json().path("items").path(0))
                .isEqualTo(back);
        assertProblem(service.post("/api/v1/rules/back/rollback", "{\"version\":9}"), 404);
        assertProblem(service.post("/api/v1/rules/back/rollback", "{\"version\":\"9\"}"), 422);
        assertProblem(service.post("/api/v1/rules/nobody/rollback", null), 404);
    }

    private static Answer put(String id, int limit, String query) {
        String document = RULE.formatted(limit).replace("api-test", id);
        return service.send("PUT", "/api/v1/rules" + query, document, Service.TOKEN);
    }

    @Test
    void alertsAreListedPageByPageAndFiltered() {
        for (int i = 0; i < 5; i++) {
            Events event = Events.on("page-" + i);
            kafka.produce(Topics.EVENTS, "page-" + i, i == 0 ? event.escalated() : event.opened());
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pages("").size() >= 5);

        assertThat(pages("limit=2")).doesNotHaveDuplicates().hasSize(5).isEqualTo(pages(""));
        assertThat(pages("severity=severe")).hasSize(1);
        assertThat(pages("severity=minor,severe&state=firing,stale")).hasSize(1);
        assertThat(pages("kind=incident")).isEmpty();
        assertThat(pages("subject=page-3")).hasSize(1);
        assertThat(pages("city=elsewhere")).isEmpty();
        assertThat(pages("to=2026-11-23T08:00:00Z")).isEmpty();
        assertThat(pages("from=2030-01-01T00:00:00Z")).as("still open").hasSize(5);
    }

    private static List<String> pages(String query) {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = service.get("/api/v1/alerts?" + query + next).json();
            page.path("items").forEach(alert -> ids.add(alert.path("alertId").textValue()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").textValue();
        } while (!next.isEmpty());
        return ids;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/alerts?state=burning", "/api/v1/alerts?sate=firing", "/api/v1/alerts?limit=0",
                "/api/v1/alerts?limit=x", "/api/v1/alerts?from=yesterday", "/api/v1/alerts?cursor=abc",
                "/api/v1/alerts?cursor=!!", "/api/v1/rules?versions=some"
            })
    void whatCannotBeMeantIsRefused(String path) {
        assertProblem(service.get(path), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/alerts/none",
                "/api/v1/webhooks/none",
                "/api/v1/webhooks/none/deliveries",
                "/api/v1/deliveries/none",
                "/api/v1/nothing",
                "/nothing"
            })
    void whatIsNotThereIsAProblemDocument(String path) {
        assertProblem(service.get(path), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/alerts/x/acknowledge", "POST, /api/v1/alerts/x/comment", "POST, /api/v1/webhooks",
        "PATCH, /api/v1/webhooks/x", "DELETE, /api/v1/webhooks/x", "POST, /api/v1/webhooks/x/test",
        "POST, /api/v1/webhooks/x/redeliver", "POST, /api/v1/deliveries/x/redeliver", "PUT, /api/v1/rules",
        "POST, /api/v1/rules/x/rollback"
    })
    void changesNeedTheToken(String method, String path) {
        assertProblem(service.send(method, path, "{}", null), 401);
        assertProblem(service.send(method, path, "{}", Service.TOKEN + "x"), 401);
        assertProblem(service.send(method, path, "{}", ""), 401);
        assertThat(service.send(method, path, "{}", Service.TOKEN).status()).isIn(404, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\":7}",
                "{\"url\":\"http://10.0.0.1/\"}",
                "{\"url\":\"https://192.168.1.1/\"}",
                "{\"url\":\"ftp://127.0.0.1/\"}",
                "{\"url\":\"http://127.0.0.1:9/\",\"types\":[\"alert.imagined\"]}",
                "{\"url\":\"http://127.0.0.1:9/\",\"secret\":\"whsec_short\"}",
                "{\"url\":\"http://127.0.0.1:9/\",\"format\":\"email\"}",
                "{\"url\":\"http://127.0.0.1:9/\",\"format\":\"telegram\"}",
                "{\"url\":\"mailto:traffic@city.example\"}"
            })
    void anUnusableWebhookIsRefused(String body) {
        Answer answer = service.post("/api/v1/webhooks", body);

        assertProblem(answer, 422);
        assertThat(answer.json().path("errors").path(0).path("path").textValue())
                .isIn("url", "types", "secret", "format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert.opened", "alert.group", "webhook.test", "webhook.disabled"})
    void everyTypeThatIsSentCanBeAskedFor(String type) {
        Answer answer =
                service.post("/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\",\"types\":[\"" + type + "\"]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"url\":1,\"url\":2}", "{} {}", "{"})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertProblem(service.post("/api/v1/webhooks", body), 400);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        assertProblem(service.post("/api/v1/webhooks", "{\"url\":\"" + "x".repeat(70_000) + "\"}"), 413);
    }

    @Test
    void aSecretIsShownOnce() {
        JsonNode created = service.post("/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}")
                .json();
        String id = created.path("id").textValue();

        assertThat(created.path("secret").textValue()).startsWith("whsec_");
        assertThat(service.get("/api/v1/webhooks").body()).doesNotContain("whsec_");
        assertThat(service.get("/api/v1/webhooks/" + id).body()).doesNotContain("whsec_");
        assertThat(service.send("PATCH", "/api/v1/webhooks/" + id, "{\"enabled\":false}", Service.TOKEN)
                        .body())
                .doesNotContain("whsec_")
                .contains("disabled by an administrator");
        assertThat(service.send("DELETE", "/api/v1/webhooks/" + id, null, Service.TOKEN)
                        .status())
                .isEqualTo(204);
        assertProblem(service.get("/api/v1/webhooks/" + id), 404);
    }

    @Test
    void aTestMessageShowsInTheDeliveryLogAndCanBeSentAgain() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            String id = service.post(
                            "/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\",\"types\":[\"alert.opened\"]}")
                    .json()
                    .path("id")
                    .textValue();

            String delivery = service.post("/api/v1/webhooks/" + id + "/test", null)
                    .json()
                    .path("id")
                    .textValue();
            Awaitility.await().until(() -> state(delivery).equals("delivered"));
            JsonNode logged =
                    service.get("/api/v1/webhooks/" + id + "/deliveries").json().path("items");
            assertThat(logged).extracting(item -> item.path("type").textValue()).contains("webhook.test");
            assertThat(service.get("/api/v1/webhooks/" + id + "/deliveries?alert=another")
                            .json()
                            .path("items"))
                    .isEmpty();
            JsonNode attempt = service.get("/api/v1/deliveries/" + delivery)
                    .json()
                    .path("attempts")
                    .path(0);
            assertThat(attempt.path("status").intValue()).isEqualTo(200);

            assertThat(service.post("/api/v1/deliveries/" + delivery + "/redeliver", null)
                            .status())
                    .isEqualTo(202);
            Awaitility.await()
                    .until(() -> receiver.received().stream()
                                    .filter(r -> r.header("webhook-id").equals(delivery))
                                    .count()
                            == 2);
            service.send("DELETE", "/api/v1/webhooks/" + id, null, Service.TOKEN);
        }
    }

    @Test
    void theDeliveryLogKeepsWhatWasAnsweredAndHowLongItTook() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            receiver.answer((exchange, received) -> {
                LockSupport.parkNanos(Duration.ofMillis(120).toNanos());
                byte[] answer = "no room in the database".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(507, answer.length);
                exchange.getResponseBody().write(answer);
            });
            String id = webhook(receiver);
            String delivery = service.post("/api/v1/webhooks/" + id + "/test", null)
                    .json()
                    .path("id")
                    .textValue();
            Awaitility.await().until(() -> !attempt(delivery).isMissingNode());

            JsonNode attempt = attempt(delivery);
            assertThat(attempt.path("status").intValue()).isEqualTo(507);
            assertThat(attempt.path("error").textValue()).isEqualTo("HTTP 507");
            assertThat(attempt.path("response").textValue()).isEqualTo("no room in the database");
            assertThat(attempt.path("latencyMs").intValue()).isBetween(120, 10_000);
            service.send("DELETE", "/api/v1/webhooks/" + id, null, Service.TOKEN);
        }
    }

    private static JsonNode attempt(String delivery) {
        return service.send("GET", "/api/v1/deliveries/" + delivery, null, Service.TOKEN)
                .json()
                .path("attempts")
                .path(0);
    }

    @Test
    void whatWasSentSinceATimeIsSentAgain() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            String before = Instant.now().minusSeconds(60).toString();
            String id = webhook(receiver);
            String delivery = service.post("/api/v1/webhooks/" + id + "/test", null)
                    .json()
                    .path("id")
                    .textValue();
            Awaitility.await().until(() -> state(delivery).equals("delivered"));
            String path = "/api/v1/webhooks/" + id + "/redeliver?since=";

            assertProblem(service.post("/api/v1/webhooks/" + id + "/redeliver", null), 400);
            assertProblem(service.post(path + before + "&delivered=perhaps", null), 400);
            assertThat(service.post(path + before, null)
                            .json()
                            .path("redelivered")
                            .intValue())
                    .as("it has it")
                    .isZero();
            assertThat(service.post(path + before + "&delivered=true", null)
                            .json()
                            .path("redelivered")
                            .intValue())
                    .isEqualTo(1);
            Awaitility.await().until(() -> receiver.received().size() == 2);
            assertThat(receiver.received())
                    .extracting(received -> received.header("webhook-id"))
                    .containsOnly(delivery);
            service.send("DELETE", "/api/v1/webhooks/" + id, null, Service.TOKEN);
        }
    }

    /** One that wants nothing but tests, whatever the other tests do. */
    private static String webhook(Receiver receiver) {
        return service.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\",\"types\":[\"webhook.test\"]}")
                .json()
                .path("id")
                .textValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"10.1,56.1\"", "7", "{}", "[[10.1,56.1],[10.3,56.1],\"10.3,56.2\"]", "[[\"a\",1],[2,3],[4,5]]"
            })
    void aPolygonThatIsNoneSilencesNotTheWholeCity(String polygon) {
        Answer answer = service.post(
                "/api/v1/silences",
                "{\"matchers\":[\"kind=congestion\"],\"endsAt\":\"2030-01-01T00:00:00Z\",\"comment\":\"x\",\"polygon\":"
                        + polygon + "}");

        assertProblem(answer, 422);
    }

    private static String state(String delivery) {
        return service.get("/api/v1/deliveries/" + delivery)
                .json()
                .path("state")
                .textValue();
    }

    @Test
    void theOpenApiDocumentNamesEveryRouteAndTheyAnswer() {
        JsonNode document = service.get("/openapi.json").json();

        assertThat(document.path("openapi").textValue()).startsWith("3.1");
        assertThat(service.contract().operations())
                .extracting(operation -> operation.method() + " " + operation.path())
                .contains(
                        "GET /api/v1/alerts",
                        "GET /api/v1/alerts/{id}",
                        "POST /api/v1/alerts/{id}/acknowledge",
                        "POST /api/v1/alerts/{id}/assign",
                        "POST /api/v1/alerts/{id}/comment",
                        "GET /api/v1/silences",
                        "POST /api/v1/silences",
                        "DELETE /api/v1/silences/{id}",
                        "GET /api/v1/webhooks",
                        "POST /api/v1/webhooks",
                        "PATCH /api/v1/webhooks/{id}",
                        "DELETE /api/v1/webhooks/{id}",
                        "POST /api/v1/webhooks/{id}/test",
                        "POST /api/v1/webhooks/{id}/rotate",
                        "GET /api/v1/webhooks/{id}/deliveries",
                        "POST /api/v1/webhooks/{id}/redeliver",
                        "POST /api/v1/deliveries/{id}/redeliver",
                        "GET /api/v1/rules",
                        "PUT /api/v1/rules",
                        "POST /api/v1/rules/{id}/rollback",
                        "GET /api/v1/routes",
                        "POST /api/v1/routes/test");
        for (Operation operation : service.contract().operations()) {
            if (!operation.streams()) {
                String path = operation.path().replace("{id}", "x");
                Answer answer = service.send(
                        operation.method(), path, operation.method().equals("GET") ? null : "{}", Service.TOKEN);
                assertThat(answer.status()).as(operation.method() + " " + path).isNotIn(405, 500);
                assertThat(answer.body()).doesNotContain("Endpoint " + operation.method());
            }
        }
    }

    @Test
    void aMethodThatARouteDoesNotHaveIsSaidSo() {
        Answer answer = service.send("DELETE", "/api/v1/rules", null, Service.TOKEN);

        assertProblem(answer, 405);
        assertThat(answer.headers().allValues("Allow")).containsExactly("GET, HEAD, PUT");
        assertThat(service.send("PUT", "/api/v1/alerts/x/comment", "{}", Service.TOKEN)
                        .headers()
                        .allValues("Allow"))
                .containsExactly("POST");
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").textValue()).isNotEmpty();
        assertThat(problem.path("detail").textValue()).isNotEmpty();
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(10_000);
    }
}

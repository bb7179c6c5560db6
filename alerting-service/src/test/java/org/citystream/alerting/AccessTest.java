package org.citystream.alerting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.citystream.alerting.Contract.Operation;
import org.citystream.alerting.Service.Answer;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tokens are good for, and what is recorded of what is done with them. */
class AccessTest {
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
    void ofATokenOnlyTheHashIsKeptAndARemovedOneIsWorthless() {
        JsonNode made = service.post("/api/v1/tokens", "{\"name\":\"Ada\",\"role\":\"admin\"}")
                .json();
        String token = made.path("token").textValue();
        String path = "/api/v1/tokens/" + made.path("id").textValue();

        assertThat(token).matches("citystream_[A-Za-z0-9_-]{43}");
        assertThat(postgres.query("SELECT * FROM alerting.tokens").toString()).doesNotContain(token);
        assertThat(service.send("GET", "/api/v1/tokens", null, token).body())
                .contains("Ada")
                .doesNotContain(token);
        assertThat(service.send("DELETE", path, null, token).status()).isEqualTo(204);
        assertThat(service.send("GET", "/api/v1/tokens", null, token).status()).isEqualTo(401);
    }

    @Test
    void everyChangeLeavesOneRowThatSaysWhoDidWhatAndKeepsNoSecret() {
        String ada = token("admin");
        int before = rows();
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        String id = service.send(
                        "POST",
                        "/api/v1/webhooks",
                        "{\"url\":\"http://127.0.0.1:9/services/T0/B0/xyz\",\"secret\":\"" + secret + "\"}",
                        ada)
                .json()
                .path("id")
                .textValue();
        service.send("PATCH", "/api/v1/webhooks/" + id, "{\"enabled\":false}", ada);
        service.send("DELETE", "/api/v1/webhooks/" + id, null, ada);

        assertThat(rows() - before).isEqualTo(3);
        JsonNode newest = service.send("GET", "/api/v1/audit?limit=3", null, Service.TOKEN)
                .json()
                .path("items");
        assertThat(newest)
                .extracting(row -> row.path("by").textValue() + " "
                        + row.path("action").textValue() + " "
                        + row.path("target").textValue())
                .containsExactly(
                        "admin's webhook.remove " + id, "admin's webhook.change " + id, "admin's webhook.create " + id);
        assertThat(newest.toString()).doesNotContain(secret).doesNotContain("xyz");
    }

    /** Which routes change something stands in the OpenAPI document; whoever adds one has to say here how it is called. */
    @Test
    void eachRouteThatChangesSomethingLeavesOneRow() throws Exception {
        String alert = "/api/v1/alerts/" + alertOf("access-2");
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("acknowledgeAlert", alert + "/acknowledge {}");
        calls.put("commentAlert", alert + "/comment {\"comment\":\"x\"}");
        calls.put("assignAlert", alert + "/assign {\"to\":\"Bob\"}");
        calls.put("addSilence", "/api/v1/silences " + silence("audited"));
        calls.put("deleteSilence", "/api/v1/silences/@addSilence {}");
        calls.put("addWebhook", "/api/v1/webhooks {\"url\":\"http://127.0.0.1:9/\"}");
        calls.put("changeWebhook", "/api/v1/webhooks/@addWebhook {\"description\":\"x\"}");
        calls.put("rotateSecret", "/api/v1/webhooks/@addWebhook/rotate {}");
        calls.put("testWebhook", "/api/v1/webhooks/@addWebhook/test {}");
        calls.put("redeliver", "/api/v1/deliveries/@testWebhook/redeliver {}");
        calls.put("redeliverSince", "/api/v1/webhooks/@addWebhook/redeliver?since=2099-01-01T00:00:00Z {}");
        calls.put("deleteWebhook", "/api/v1/webhooks/@addWebhook {}");
        calls.put("applyRules", "/api/v1/rules " + rule(300));
        calls.put("rollbackRule", "/api/v1/rules/audited/rollback {\"version\":1}");
        calls.put("addToken", "/api/v1/tokens {\"name\":\"Bob\",\"role\":\"viewer\"}");
        calls.put("deleteToken", "/api/v1/tokens/@addToken {}");
        Map<String, Operation> changing = service.contract().operations().stream()
                .filter(operation ->
                        operation.role().isPresent() && !operation.method().equals("GET"))
                .collect(Collectors.toMap(
                        operation -> operation.description().path("operationId").textValue(), operation -> operation));
        assertThat(calls.keySet()).isEqualTo(changing.keySet());

        Map<String, String> made = new HashMap<>();
        for (Map.Entry<String, String> call : calls.entrySet()) {
            int before = rows();
            String[] parts = call.getValue().split(" ", 2);
            String path = parts[0];
            for (Map.Entry<String, String> id : made.entrySet()) {
                path = path.replace("@" + id.getKey(), id.getValue());
            }
            Answer answer =
                    service.send(requireNonNull(changing.get(call.getKey())).method(), path, parts[1], Service.TOKEN);
            assertThat(answer.status()).as(call + " " + answer.body()).isBetween(200, 299);
            if (!answer.body().isEmpty()) {
                made.put(call.getKey(), answer.json().path("id").asText());
            }
            assertThat(rows() - before).as("rows of " + call).isEqualTo(1);
        }
    }

    @Test
    void whatIsOnlyTriedLeavesNoRow() {
        int before = rows();

        assertThat(service.send("PUT", "/api/v1/rules?dryRun=true", rule(200), Service.TOKEN)
                        .status())
                .isEqualTo(200);

        assertThat(rows()).isEqualTo(before);
    }

    private static String rule(int limit) {
        return "[{\"id\":\"audited\",\"kind\":\"air-exceedance\",\"pollutant\":\"no2\",\"above\":\"" + limit
                + " ug/m3\",\"consecutive-hours\":3}]";
    }

    @Test
    void nobodyElseIsCalledAsWhoHoldsTheTokenInTheFile() {
        assertThat(service.post("/api/v1/tokens", "{\"name\":\"Administrator\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whileTheFileCannotBeReadTheOtherTokensCount() throws Exception {
        String viewer = token("viewer");
        try (Service broken = Service.start(kafka.bootstrapServers(), postgres.jdbcUrl(), directory, config -> {
            config.readingNeedsToken = true;
            config.adminTokenFile = directory.resolve("no-such-file");
        })) {
            assertThat(broken.send("GET", "/api/v1/silences", null, viewer).status())
                    .isEqualTo(200);
            assertThat(broken.send("GET", "/api/v1/silences", null, "unknown").status())
                    .isEqualTo(503);
        }
    }

    @Test
    void whoHasNoTokenSeesNeitherTheSecretPartOfAnUrlNorWhatWasAnswered() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            receiver.answer((exchange, received) -> {
                byte[] answer = "internal-host-17".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            });
            String id = service.post(
                            "/api/v1/webhooks",
                            "{\"url\":\"" + receiver.url() + "/T0/xyz?key=abc\",\"types\":[\"webhook.test\"]}")
                    .json()
                    .path("id")
                    .textValue();
            service.post("/api/v1/webhooks/" + id + "/test", null);
            String log = "/api/v1/webhooks/" + id + "/deliveries";
            String viewer = token("viewer");
            Awaitility.await()
                    .until(() -> service.send("GET", log, null, viewer).body().contains("internal-host-17"));

            assertThat(service.send("GET", "/api/v1/webhooks/" + id, null, viewer)
                            .body())
                    .contains("xyz");
            assertThat(service.get(log).body()).contains("\"status\":200").doesNotContain("internal-host-17");
            assertThat(service.get("/api/v1/webhooks/" + id).body())
                    .contains("http://127.0.0.1:" + receiver.port() + "/...")
                    .doesNotContain("xyz");
            assertThat(service.send("GET", "/api/v1/webhooks", null, "wrong").body())
                    .doesNotContain("xyz");
            service.send("DELETE", "/api/v1/webhooks/" + id, null, Service.TOKEN);
        }
    }

    @Test
    void whatIsRefusedChangesNothingAndLeavesNoRow() {
        int before = rows();

        service.post("/api/v1/webhooks", "{\"url\":\"http://10.0.0.1/\"}");
        service.post("/api/v1/alerts/none/comment", "{\"comment\":\"x\"}");
        service.send("POST", "/api/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}", null);

        assertThat(rows()).isEqualTo(before);
    }

    /** Change and row are one transaction: without the row there is no change either. */
    @Test
    void whatCannotBeRecordedIsNotDone() {
        postgres.execute(
                "ALTER TABLE alerting.audit ADD CONSTRAINT full_up CHECK (action <> 'silence.create') NOT VALID");
        try {
            Answer answer = service.post("/api/v1/silences", silence("unrecorded"));

            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(service.get("/api/v1/silences").body()).doesNotContain("unrecorded");
        } finally {
            postgres.execute("ALTER TABLE alerting.audit DROP CONSTRAINT full_up");
        }
    }

    @Test
    void theLogCanOnlyBeAddedTo() {
        token("viewer");

        assertThatThrownBy(() -> postgres.execute("UPDATE alerting.audit SET done_by = 'nobody'"))
                .hasStackTraceContaining("can only be added to");
        assertThatThrownBy(() -> postgres.execute("DELETE FROM alerting.audit"))
                .hasStackTraceContaining("can only be added to");
    }

    @Test
    void theLogIsReadPageByPage() {
        IntStream.range(0, 5).forEach(i -> token("viewer"));

        JsonNode first = service.send("GET", "/api/v1/audit?limit=2", null, Service.TOKEN)
                .json();
        JsonNode second = service.send(
                        "GET",
                        "/api/v1/audit?limit=2&cursor=" + first.path("next").textValue(),
                        null,
                        Service.TOKEN)
                .json();

        assertThat(second.path("items").path(0).path("number").longValue())
                .isEqualTo(first.path("items").path(1).path("number").longValue() - 1);
    }

    @Test
    void aSilenceIsMadeShownAndTakenBack() {
        Answer made = service.post("/api/v1/silences", silence("road works"));
        String path = "/api/v1/silences/" + made.json().path("id").textValue();

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("state").textValue()).isEqualTo("active");
        assertThat(made.json().path("createdBy").textValue()).isEqualTo("administrator");
        assertThat(service.get("/api/v1/silences").json().path("items"))
                .extracting(item -> item.path("comment").textValue())
                .contains("road works");
        assertThat(service.send("DELETE", path, null, Service.TOKEN).status()).isEqualTo(204);
        assertThat(service.get(path).status()).isEqualTo(404);
        assertThat(service.send("DELETE", path, null, Service.TOKEN).status()).isEqualTo(404);
    }

    @Test
    void aSilenceThatCannotBeMeantIsRefused() {
        String ends = "\"endsAt\":\"2099-01-01T00:00:00Z\",\"comment\":\"x\"";
        for (String body : List.of(
                "{}",
                "{" + ends + "}",
                "{\"corridors\":[\"ring\"],\"comment\":\"x\"}",
                "{\"corridors\":[\"ring\"],\"endsAt\":\"tomorrow\",\"comment\":\"x\"}",
                "{\"corridors\":[\"ring\"],\"endsAt\":\"2001-01-01T00:00:00Z\",\"comment\":\"x\"}",
                "{\"corridors\":[\"ring\"],\"endsAt\":\"2099-01-01T00:00:00Z\"}",
                "{\"matchers\":[\"severity\"]," + ends + "}",
                "{\"matchers\":[\"severity=~\\\"(\\\"\"]," + ends + "}",
                "{\"polygon\":[[10,56],[11,56]]," + ends + "}",
                "{\"polygon\":[[10,56],[11,95],[11,57]]," + ends + "}",
                "{\"polygon\":[[10],[11,56],[11,57]]," + ends + "}")) {
            assertThat(service.post("/api/v1/silences", body).status()).as(body).isEqualTo(422);
        }
    }

    @Test
    void anAssignmentIsShownAndRecordedAndCanBeTakenBack() {
        String path = "/api/v1/alerts/" + alertOf("access-1");

        JsonNode assigned = service.post(path + "/assign", "{\"to\":\"Bob\"}").json();
        service.post(path + "/assign", "{\"to\":\"Bob\"}");
        JsonNode back = service.post(path + "/assign", "{\"to\":null}").json();

        assertThat(assigned.path("assignedTo").textValue()).isEqualTo("Bob");
        assertThat(back.path("assignedTo").isNull()).isTrue();
        assertThat(back.path("history"))
                .extracting(entry -> entry.path("type").textValue() + " "
                        + entry.path("comment").textValue())
                .containsExactly("alert.opened null", "assigned Bob", "assigned null");
        assertThat(service.post(path + "/assign", "{}").status()).isEqualTo(422);
    }

    @Test
    void routesAreShownAndTried() {
        JsonNode answer = service.post("/api/v1/routes/test", "{\"labels\":{\"severity\":\"severe\"}}")
                .json();

        assertThat(service.get("/api/v1/routes")
                        .json()
                        .path("root")
                        .path("receiver")
                        .textValue())
                .isEqualTo("default");
        assertThat(answer.path("receivers").path(0).path("tells").booleanValue())
                .isTrue();
        assertThat(answer.path("visits").path(0).path("reason").textValue()).contains("root");
        assertThat(service.post("/api/v1/routes/test", "{}").status()).isEqualTo(422);
        assertThat(service.post("/api/v1/routes/test", "{\"alertId\":\"none\"}").status())
                .isEqualTo(404);
    }

    @Test
    void readingCanNeedATokenAndTooManyRequestsAreRefused() throws Exception {
        try (Service strict = Service.start(kafka.bootstrapServers(), postgres.jdbcUrl(), directory, config -> {
            config.readingNeedsToken = true;
            config.apiRequestsPerSecond = 5;
        })) {
            assertThat(strict.get("/api/v1/alerts").status()).isEqualTo(401);
            assertThat(strict.send("GET", "/api/v1/alerts", null, token("viewer"))
                            .status())
                    .isEqualTo(200);
            assertThat(strict.get("/health/live").status()).as("never").isEqualTo(200);
            assertThat(strict.get("/api/v1/alerts/live").status()).isEqualTo(401);

            assertThat(IntStream.range(0, 20)
                            .mapToObj(i -> strict.get("/api/v1/alerts").status()))
                    .contains(429);
            assertThat(IntStream.range(0, 20)
                            .mapToObj(i -> strict.get("/health/live").status()))
                    .containsOnly(200);
        }
    }

    /** Id of the alert that an event on the segment opens. */
    private static String alertOf(String segment) {
        kafka.produce(Topics.EVENTS, segment, Events.on(segment).opened());
        String query = "/api/v1/alerts?subject=" + segment;
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> service.get(query).json().path("items").size() == 1);
        return service.get(query).json().path("items").path(0).path("alertId").textValue();
    }

    private static String silence(String comment) {
        return "{\"corridors\":[\"ring\"],\"endsAt\":\"2099-01-01T00:00:00Z\",\"comment\":\"" + comment + "\"}";
    }

    private static String token(String role) {
        return service.post("/api/v1/tokens", "{\"name\":\"" + role + "'s\",\"role\":\"" + role + "\"}")
                .json()
                .path("token")
                .textValue();
    }

    private static int rows() {
        return postgres.query("SELECT entry FROM alerting.audit").size();
    }
}

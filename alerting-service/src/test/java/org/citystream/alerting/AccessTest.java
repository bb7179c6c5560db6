package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.citystream.alerting.Contract.Operation;
import org.citystream.alerting.Service.Answer;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, and what is recorded of it. */
class AccessTest {
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

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

    /** The matrix of routes and roles stands in the OpenAPI document, and nowhere else. */
    @Test
    void everyRouteLetsThroughTheRolesThatTheDocumentNamesAndNoOthers() {
        Map<String, String> tokens =
                Map.of("viewer", token("viewer"), "operator", token("operator"), "admin", token("admin"));
        for (Operation operation : service.contract().operations()) {
            if (operation.streams()) {
                continue;
            }
            assertThat(status(operation, null))
                    .as(operation + " for anybody")
                    .matches(status -> operation.role().isPresent() == (status == 401));
            for (String role : ROLES) {
                boolean enough = operation
                        .role()
                        .map(needed -> ROLES.indexOf(role) >= ROLES.indexOf(needed))
                        .orElse(true);
                assertThat(status(operation, tokens.get(role)))
                        .as(operation + " for " + role)
                        .matches(status -> enough ? status != 401 && status != 403 : status == 403);
            }
        }
    }

    private static int status(Operation operation, @Nullable String token) {
        String path = operation.path().replace("{id}", "x");
        return service.send(operation.method(), path, operation.method().equals("GET") ? null : "{}", token)
                .status();
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
        kafka.produce(Topics.EVENTS, "access-1", Events.on("access-1").opened());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> service.get("/api/v1/alerts?subject=access-1")
                                .json()
                                .path("items")
                                .size()
                        == 1);
        String path = "/api/v1/alerts/"
                + service.get("/api/v1/alerts?subject=access-1")
                        .json()
                        .path("items")
                        .path(0)
                        .path("alertId")
                        .textValue();

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

            assertThat(IntStream.range(0, 20)
                            .mapToObj(i -> strict.get("/api/v1/alerts").status()))
                    .contains(429);
            assertThat(IntStream.range(0, 20)
                            .mapToObj(i -> strict.get("/health/live").status()))
                    .containsOnly(200);
        }
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

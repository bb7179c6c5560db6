package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.alerting.Contract.Operation;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every route that the service has, asked with every role. Who may what stands in the OpenAPI document, and nowhere else. */
class RouteAccessTest {
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @TempDir
    static Path directory;

    private static Service service;
    private static Map<String, String> tokens;

    @BeforeAll
    static void start() throws Exception {
        service = Service.start(kafka, postgres, directory).awaitReady();
        tokens = new HashMap<>();
        for (String role : ROLES) {
            String asked = "{\"name\":\"" + role + "'s\",\"role\":\"" + role + "\"}";
            tokens.put(
                    role,
                    service.post("/api/v1/tokens", asked).json().path("token").textValue());
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A route that is not in the document would be tried by none of the others. */
    @Test
    void theDocumentNamesEveryRouteAndNoOther() {
        assertThat(service.contract().operations())
                .extracting(operation -> operation.method() + " " + operation.path())
                .containsExactlyInAnyOrderElementsOf(service.routes());
    }

    @Test
    void everyRouteLetsThroughTheRolesThatTheDocumentNamesAndNoOthers() {
        for (Operation operation : service.contract().operations()) {
            assertThat(status(service, operation, null))
                    .as(operation + " for anybody")
                    .matches(status -> operation.role().isPresent() == (status == 401));
            for (String role : ROLES) {
                boolean enough = operation
                        .role()
                        .map(needed -> ROLES.indexOf(role) >= ROLES.indexOf(needed))
                        .orElse(true);
                assertThat(status(service, operation, tokens.get(role)))
                        .as(operation + " for " + role)
                        .matches(status -> enough ? status != 401 && status != 403 : status == 403);
            }
        }
    }

    @Test
    void whereReadingNeedsATokenNothingOfTheApiIsOpen() throws Exception {
        try (Service strict = Service.start(
                        kafka.bootstrapServers(),
                        postgres.jdbcUrl(),
                        directory,
                        config -> config.readingNeedsToken = true)
                .awaitReady()) {
            for (Operation operation : strict.contract().operations()) {
                boolean open = !operation.path().startsWith("/api/");
                assertThat(status(strict, operation, null))
                        .as(operation + " for anybody")
                        .matches(status -> open != (status == 401));
                boolean viewersMay = operation.role().orElse("viewer").equals("viewer");
                assertThat(status(strict, operation, tokens.get("viewer")))
                        .as(operation + " for a viewer")
                        .matches(status -> viewersMay ? status != 401 && status != 403 : status == 403);
            }
        }
    }

    private static int status(Service of, Operation operation, @Nullable String token) {
        String path = operation.path().replace("{id}", "x");
        String body = operation.method().equals("GET") ? null : "{}";
        return operation.streams()
                ? of.status(operation.method(), path, body, token)
                : of.send(operation.method(), path, body, token).status();
    }
}

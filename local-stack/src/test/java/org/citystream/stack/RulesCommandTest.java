package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./city rules} asks the alerting service, and what it makes of the answers. */
class RulesCommandTest {
    private static final String REVISION = """
            {"items":[{"id":"ring","kind":"congestion","mode":"off","version":3,"effectiveFrom":"2026-11-23T08:17:00Z"}],
             "next":null,"unchanged":[],
             "changes":[{"id":"ring","version":3,"previousVersion":2,
                         "fields":[{"path":"mode","before":"active","after":"off"}]}]}
            """;
    private static final String VERSIONS = """
            {"items":[{"id":"ring","version":1},{"id":"ring","version":2}],"next":null}
            """;

    @TempDir
    Path place;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer alerting;
    private CommandLineOnStack city;
    private int status = 200;
    private String answer = REVISION;

    @BeforeEach
    void start() throws IOException {
        alerting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        alerting.createContext("/", this::answer);
        alerting.start();
        city = new CommandLineOnStack(place, alerting.getAddress().getPort() - 8090);
    }

    @AfterEach
    void stop() {
        alerting.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void filesAreAppliedTogetherAndTheChangeIsShown() throws IOException {
        Path one = Files.writeString(place.resolve("one.yaml"), """
                id: one
                kind: air-exceedance
                pollutant: no2
                above: 200 ug/m3
                consecutive-hours: 3
                """);
        Path two = Files.writeString(
                place.resolve("two.yaml"), Files.readString(one).replace("id: one", "id: two\nmode: off"));

        assertThat(city.run("rules", "apply", one.toString(), two.toString())).isZero();

        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("PUT /api/v1/rules Bearer let-me-in [{\"id\":\"one\",")
                .contains("{\"id\":\"two\",\"kind\":\"air-exceedance\",\"mode\":\"off\",");
        assertThat(city.out()).contains("version 2 -> 3, from 2026-11-23T08:17:00Z", "    mode: active -> off");
    }

    @Test
    void aDryRunSaysThatItWasOne() throws IOException {
        Path file = Files.writeString(
                place.resolve("one.yaml"),
                "{id: one, kind: air-exceedance, pollutant: no2, above: 200 ug/m3, consecutive-hours: 3}");

        assertThat(city.run("rules", "apply", "--dry-run", file.toString())).isZero();

        assertThat(requests).singleElement().asString().startsWith("PUT /api/v1/rules?dryRun=true ");
        assertThat(city.out()).contains("dry run: nothing has been changed");
    }

    @Test
    void nothingIsAskedForWhereAFileIsInvalid() throws IOException {
        Path file = Files.writeString(place.resolve("one.yaml"), "{id: one, kind: congestion}");

        assertThat(city.run("rules", "apply", file.toString())).isEqualTo(1);

        assertThat(requests).isEmpty();
        assertThat(city.err()).contains(file + ": [0].enter: is required", "what to do: ");
    }

    @Test
    void aRollbackNamesTheVersionOrLeavesItToTheService() {
        assertThat(city.run("rules", "rollback", "ring", "1")).isZero();
        assertThat(city.run("rules", "rollback", "ring")).isZero();
        assertThat(city.run("rules", "rollback", "no rule")).isZero();

        assertThat(requests)
                .containsExactly(
                        "POST /api/v1/rules/ring/rollback Bearer let-me-in {\"version\":1}",
                        "POST /api/v1/rules/ring/rollback Bearer let-me-in {\"version\":null}",
                        "POST /api/v1/rules/no%20rule/rollback Bearer let-me-in {\"version\":null}");
        assertThat(city.out()).contains("version 2 -> 3");
    }

    @Test
    void oneVersionIsShownWhereOneIsNamed() {
        answer = VERSIONS;

        assertThat(city.run("rules", "show", "ring@2")).isZero();
        assertThat(requests).singleElement().asString().startsWith("GET /api/v1/rules?versions=all&id=ring ");
        assertThat(city.out()).contains("\"version\" : 2").doesNotContain("\"version\" : 1");
        assertThat(city.run("rules", "show", "ring")).isZero();
        assertThat(city.out()).contains("\"version\" : 1", "\"version\" : 2");
        assertThat(city.run("rules", "show", "ring@7")).isEqualTo(1);
        assertThat(city.err()).contains("rule 'ring' has no version '7'");
    }

    @Test
    void whatTheServiceRefusesIsToldWithPathAndReason() {
        status = 422;
        answer = """
                {"title":"Unprocessable","status":422,"detail":"the rules are refused whole, for 1 problem",
                 "errors":[{"path":"[0].enter.for","reason":"is required"}]}
                """;

        assertThat(city.run("rules", "rollback", "ring")).isEqualTo(1);
        assertThat(city.err()).contains("refused whole, for 1 problem", "    [0].enter.for: is required");
    }

    @ParameterizedTest
    @CsvSource({
        "404, list what there is",
        "413, several files one after the other",
        "422, correct the request",
        "429, wait a moment",
        "503, ./city logs alerting"
    })
    void whatToDoDependsOnWhoIsToBlame(int refusal, String remedy) {
        status = refusal;
        answer = "{\"detail\":\"no\"}";

        assertThat(city.run("rules", "rollback", "ring")).isEqualTo(1);
        assertThat(city.err()).contains("the alerting service refused: no", remedy);
    }
}

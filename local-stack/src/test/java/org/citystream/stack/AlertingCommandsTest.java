package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands around alerts ask the alerting service for, and what they say. */
class AlertingCommandsTest {
    private static final String TOKEN = "citystream_secret";
    private static final String SILENCE =
            "{\"id\":\"sil_1\",\"state\":\"active\",\"matchers\":[\"severity=\\\"minor\\\"\"],"
                    + "\"sensors\":[],\"corridors\":[\"ring\"],\"polygon\":[],\"startsAt\":\"2026-11-23T08:00:00Z\","
                    + "\"endsAt\":\"2026-11-23T16:00:00Z\",\"createdBy\":\"Ada\",\"comment\":\"resurfacing\"}";

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(home.resolve("token"), TOKEN + "\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add((request + " " + body).strip());
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
            byte[] answer = answers.getOrDefault(request, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Test
    void aWebhookIsAddedWithEverythingThatWasSaid() {
        answers.put("POST /api/v1/webhooks", "{\"id\":\"wh_1\",\"secret\":\"whsec_abc\"}");

        assertThat(run(
                        "webhook",
                        "add",
                        "https://example.org/hook",
                        "--format",
                        "slack",
                        "--types",
                        "alert.opened,alert.resolved",
                        "--receivers",
                        "operators"))
                .isZero();

        assertThat(asked)
                .containsExactly("POST /api/v1/webhooks {\"url\":\"https://example.org/hook\",\"format\":\"slack\","
                        + "\"description\":null,\"types\":[\"alert.opened\",\"alert.resolved\"],"
                        + "\"receivers\":[\"operators\"]}");
        assertThat(out.toString()).contains("webhook wh_1").contains("whsec_abc");
    }

    @Test
    void aSecretIsRotated() {
        answers.put(
                "POST /api/v1/webhooks/wh_1/rotate",
                "{\"id\":\"wh_1\",\"secret\":\"whsec_new\",\"previousSecretUntil\":\"2026-11-23T10:00:00Z\"}");

        assertThat(run("webhook", "rotate", "wh_1", "--overlap", "PT2H")).isZero();

        assertThat(asked).containsExactly("POST /api/v1/webhooks/wh_1/rotate {\"overlap\":\"PT2H\"}");
        assertThat(out.toString()).contains("whsec_new").contains("2026-11-23T10:00:00Z");
    }

    @Test
    void oneDeliveryOrAllSinceATimeAreSentAgain() {
        answers.put("POST /api/v1/webhooks/wh_1/redeliver?since=2026-11-23T08%3A00%3A00Z", "{\"redelivered\":7}");

        assertThat(run("webhook", "redeliver", "msg_1")).isZero();
        assertThat(run("webhook", "redeliver", "wh_1", "--since", "2026-11-23T08:00:00Z"))
                .isZero();

        assertThat(asked.get(0)).isEqualTo("POST /api/v1/deliveries/msg_1/redeliver {}");
        assertThat(out.toString()).contains("msg_1 is sent again").contains("7 delivery(s)");
    }

    @Test
    void deliveriesSayHowTheLastAttemptWent() {
        answers.put(
                "GET /api/v1/webhooks/wh_1/deliveries",
                "{\"items\":[{\"id\":\"msg_1\",\"state\":\"pending\",\"type\":\"alert.opened\",\"attempts\":["
                        + "{\"error\":\"HTTP 500\",\"latencyMs\":12}]}],\"next\":null}");

        assertThat(run("webhook", "deliveries", "wh_1")).isZero();

        assertThat(out.toString()).contains("msg_1").contains("1 attempt(s), last: HTTP 500 in 12 ms");
    }

    @Test
    void theListShowsWhichWebhooksAreInTrouble() {
        answers.put(
                "GET /api/v1/webhooks",
                "{\"items\":[{\"id\":\"wh_1\",\"format\":\"citystream\",\"enabled\":false,\"url\":\"https://a\","
                        + "\"disabledReason\":\"410 Gone\"},{\"id\":\"wh_2\",\"format\":\"slack\",\"enabled\":true,"
                        + "\"url\":\"https://b\",\"consecutiveFailures\":3,\"failingSince\":\"2026-11-23T08:00:00Z\"}],"
                        + "\"next\":null}");

        assertThat(run("webhook", "list")).isZero();

        assertThat(out.toString()).contains("(410 Gone)").contains("(3 failures since 2026-11-23T08:00:00Z)");
    }

    @Test
    void aSilenceBeginsNowByTheCitysClockAndLastsAsLongAsSaid() {
        answers.put("POST /api/v1/routes/test", "{\"at\":\"2026-11-23T08:00:00Z\"}");
        answers.put("POST /api/v1/silences", SILENCE);

        assertThat(run(
                        "silences",
                        "add",
                        "--corridor",
                        "ring",
                        "--matcher",
                        "severity=minor",
                        "--polygon",
                        "10.1,56 10.2,56 10.2,56.1",
                        "--for",
                        "PT8H",
                        "--by",
                        "Ada",
                        "--comment",
                        "resurfacing"))
                .isZero();

        assertThat(asked.get(1))
                .isEqualTo("POST /api/v1/silences {\"matchers\":[\"severity=minor\"],\"sensors\":[],"
                        + "\"corridors\":[\"ring\"],\"polygon\":[[10.1,56.0],[10.2,56.0],[10.2,56.1]],"
                        + "\"startsAt\":\"2026-11-23T08:00:00Z\",\"endsAt\":\"2026-11-23T16:00:00Z\","
                        + "\"createdBy\":\"Ada\",\"comment\":\"resurfacing\"}");
        assertThat(out.toString()).contains("corridor ring").contains("Ada: resurfacing");
    }

    @Test
    void silencesAreListedAndTakenBack() {
        answers.put("GET /api/v1/silences", "{\"items\":[" + SILENCE + "],\"next\":null}");

        assertThat(run("silences", "list")).isZero();
        assertThat(run("silences", "remove", "sil_1")).isZero();

        assertThat(out.toString()).contains("sil_1").contains("is taken back");
        assertThat(asked).last().isEqualTo("DELETE /api/v1/silences/sil_1");
    }

    @Test
    void routesAreTriedWithLabels() {
        answers.put(
                "POST /api/v1/routes/test",
                "{\"visits\":[{\"depth\":0,\"taken\":true,\"condition\":\"{}\",\"receiver\":\"default\","
                        + "\"reason\":\"the root matches everything\"}],\"receivers\":["
                        + "{\"receiver\":\"default\",\"tells\":true,\"grouping\":{\"wait\":\"PT30S\"}},"
                        + "{\"receiver\":\"night\",\"tells\":false,\"quiet\":\"muted in 'night'\"}]}");

        assertThat(run("routes", "test", "severity=severe", "kind=congestion")).isZero();

        assertThat(asked.get(0)).contains("\"labels\":{\"severity\":\"severe\",\"kind\":\"congestion\"}");
        assertThat(out.toString())
                .contains("* {} -> default: the root matches everything")
                .contains("default would be told together with others, after PT30S")
                .contains("night would not be told: muted in 'night'");
    }

    @Test
    void anAlertIsAssignedAndCommented() {
        assertThat(run("alerts", "assign", "al-1", "Bob", "--by", "Ada")).isZero();
        assertThat(run("alerts", "comment", "al-1", "tow truck ordered", "--by", "Ada"))
                .isZero();

        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/alerts/al-1/assign {\"by\":\"Ada\",\"to\":\"Bob\"}",
                        "POST /api/v1/alerts/al-1/comment {\"by\":\"Ada\",\"comment\":\"tow truck ordered\"}");
    }

    @Test
    void whatTheServiceRefusesIsSaidWithItsReason() {
        status = 403;
        answers.put("DELETE /api/v1/webhooks/wh_1", "{\"detail\":\"Ada is operator, and this needs admin\"}");

        assertThat(run("webhook", "remove", "wh_1")).isEqualTo(1);

        assertThat(err.toString())
                .contains("Ada is operator, and this needs admin")
                .contains("--token-file");
    }

    @Test
    void aCornerThatIsNoneIsRefused() {
        answers.put("POST /api/v1/routes/test", "{\"at\":\"2026-11-23T08:00:00Z\"}");

        assertThat(run("silences", "add", "--polygon", "10;56", "--for", "PT1H", "--comment", "x"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("'10;56' is not a corner");
    }

    private int run(String... arguments) {
        CommandLine commandLine = CityMain.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--alerting",
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                                "--token-file",
                                home.resolve("token").toString()))
                .toArray(String[]::new));
    }
}

package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import org.citystream.jobs.timeseries.Store.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store's HTTP answers mean to us, against a server that answers as told. */
class InfluxStoreTest {
    private static final List<String> LINES = List.of("air,station=a us_aqi=1 1", "air,station=b us_aqi=2 1");

    @TempDir
    Path directory;

    private record Request(String target, String authorization, String body) {}

    private record Reply(int status, String retryAfter, String body) {
        Reply(int status, String retryAfter) {
            this(status, retryAfter, "");
        }
    }

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private InfluxStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path token = Files.writeString(directory.resolve("token"), "secret\n");
        store = new InfluxStore(new StoreAddress(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                token.toString(),
                "citystream",
                "bucket",
                StoreApi.V2));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @Test
    void linesGoToTheBucketWithTheToken() throws Exception {
        replies.add(new Reply(204, ""));
        assertThat(store.write(LINES)).isEqualTo(Answer.WRITTEN);

        Request request = requests.take();
        assertThat(request.target()).startsWith("/api/v2/write").contains("bucket=bucket", "precision=ns");
        assertThat(request.authorization()).isEqualTo("Token secret");
        assertThat(request.body().strip()).isEqualTo(String.join("\n", LINES));
    }

    /** Bodies as the documentation of InfluxDB 2 and 3 shows them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            400 | true  | {"code":"invalid","message":"unable to parse 'air us_aqi': invalid field format"} | unable to parse
            400 | true  | {"error":"partial write of line protocol occurred","data":[{"line_number":2}]}      | HTTP 400
            413 | true  | {"code":"request too large","message":"payload too large"}                          | too large
            422 | true  | {"code":"unprocessable entity","message":"points outside retention"}                | outside retention
            401 | false | {"code":"unauthorized","message":"unauthorized access"}                             | unauthorized
            404 | false | {"code":"not found","message":"bucket not found"}                                   | bucket not found
            500 | false | {"code":"internal error","message":"engine closed"}                                 | engine closed
            """)
    void theStoresAnswersSayWhoseFaultItIs(int status, boolean linesAtFault, String body, String reason) {
        replies.add(new Reply(status, "", body));
        Answer answer = store.write(LINES);
        assertThat(answer instanceof Answer.Refused).isEqualTo(linesAtFault);
        assertThat(answer.toString()).contains(reason);
    }

    @Test
    void aServerErrorIsTheStoresFault() {
        replies.add(new Reply(500, ""));
        assertThat(store.write(LINES)).isInstanceOfSatisfying(Answer.Unavailable.class, unavailable -> {
            assertThat(unavailable.reason()).contains("HTTP 500");
            assertThat(unavailable.retryAfter()).isNull();
        });
    }

    @Test
    void anOverloadedStoreMaySayWhenToComeBack() {
        replies.add(new Reply(503, "7"));
        replies.add(new Reply(429, "3"));
        assertThat(retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    private @Nullable Duration retryAfter() {
        return ((Answer.Unavailable) store.write(LINES)).retryAfter();
    }

    @Test
    void nobodyListeningIsTheStoresFault() {
        server.stop(0);
        assertThat(store.write(LINES)).isInstanceOf(Answer.Unavailable.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Reply reply = replies.remove();
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        byte[] body = gzip
                ? new GZIPInputStream(exchange.getRequestBody()).readAllBytes()
                : exchange.getRequestBody().readAllBytes();
        requests.add(new Request(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(body, StandardCharsets.UTF_8)));
        if (!reply.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
        }
        byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}

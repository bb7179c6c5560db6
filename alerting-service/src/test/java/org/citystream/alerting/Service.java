package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.AddressRange;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.jspecify.annotations.Nullable;

/** The alerting service as {@code ./city up} runs it, on a free port, and a client that knows its token. */
final class Service implements AutoCloseable {
    static final String TOKEN = "let-me-change-things";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Alerting alerting;
    private final Contract contract;

    private Service(Alerting alerting) {
        this.alerting = alerting;
        this.contract =
                new Contract(exchange("GET", "/openapi.json", null, null).json());
    }

    Contract contract() {
        return contract;
    }

    static Service start(KafkaExtension kafka, PostgresExtension postgres, Path directory) throws IOException {
        return start(kafka.bootstrapServers(), postgres.jdbcUrl(), directory);
    }

    static Service start(String kafka, String databaseUrl, Path directory) throws IOException {
        return start(kafka, databaseUrl, directory, config -> {});
    }

    static Service start(String kafka, String databaseUrl, Path directory, Consumer<AlertingConfig> more)
            throws IOException {
        AlertingConfig config = new AlertingConfig();
        config.httpPort = 0;
        config.kafka = new KafkaSettings(kafka);
        config.databaseUrl = databaseUrl;
        config.databaseUser = PostgresExtension.USER;
        config.databasePasswordFile = Files.writeString(directory.resolve("password"), PostgresExtension.PASSWORD);
        config.adminTokenFile = Files.writeString(directory.resolve("admin.token"), TOKEN + "\n");
        config.webhookAllowedCidrs = List.of(AddressRange.parse("127.0.0.0/8"));
        config.settlingTime = Duration.ofSeconds(2);
        config.apiRequestsPerSecond = 10_000;
        more.accept(config);
        return new Service(Alerting.start(config, Clock.systemUTC()));
    }

    Service awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/health/ready"))
                        .satisfies(answer ->
                                assertThat(answer.status()).as(answer.body()).isEqualTo(200)));
        return this;
    }

    /** What came back. */
    record Answer(int status, String contentType, HttpHeaders headers, String body) {
        JsonNode json() {
            return JsonCodec.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        }
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer post(String path, @Nullable String body) {
        return send("POST", path, body, TOKEN);
    }

    /** Sends, and holds every answer against the OpenAPI document. */
    Answer send(String method, String path, @Nullable String body, @Nullable String token) {
        Answer answer = exchange(method, path, body, token);
        contract.check(method, path, answer);
        return answer;
    }

    /** The status alone: whatever follows, and be it a stream without end, is not read. */
    int status(String method, String path, @Nullable String body, @Nullable String token) {
        HttpResponse<InputStream> response =
                answer(request(method, path, body, token), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream unread = response.body()) {
            return response.statusCode();
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    Set<String> routes() {
        return alerting.routes();
    }

    /** Sends. */
    Answer exchange(String method, String path, @Nullable String body, @Nullable String token) {
        HttpResponse<String> response =
                answer(request(method, path, body, token), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                response.headers(),
                response.body());
    }

    private HttpRequest request(String method, String path, @Nullable String body, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + alerting.port() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Lines of a stream of server-sent events, as they come. */
    Stream<String> follow(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + alerting.port() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    @Override
    public void close() {
        alerting.close();
    }
}

package org.citystream.service.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.citystream.service.metrics.Metrics;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void readinessNamesWhatIsMissingAndRecovers() throws Exception {
        AtomicReference<Optional<String>> kafka = new AtomicReference<>(Optional.of("no broker answers"));
        Health health = new Health();
        health.register("kafka", kafka::get);
        health.register("mqtt", Optional::empty);

        try (ManagementServer server = ManagementServer.start("127.0.0.1", 0, health, Metrics.registry())) {
            HttpResponse<String> down = get(server, "/health/ready");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body())
                    .isEqualTo("{\"status\":\"down\",\"checks\":{\"kafka\":\"no broker answers\",\"mqtt\":\"ok\"}}");

            kafka.set(Optional.empty());
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").body()).contains("jvm_memory_used_bytes");
        }
    }

    private HttpResponse<String> get(ManagementServer server, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

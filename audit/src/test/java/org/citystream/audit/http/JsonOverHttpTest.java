package org.citystream.audit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonOverHttpTest {
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;
    private JsonOverHttp http;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Retry-After", "0");
                exchange.sendResponseHeaders(statuses.removeFirst(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        http = new JsonOverHttp(
                "the alerting service",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                null);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void whoAsksForFewerRequestsIsAskedAgain() throws Exception {
        statuses.addAll(List.of(429, 429, 200));

        assertThat(http.get("/api/v1/alerts").path("items")).isEmpty();
        assertThat(statuses).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotAFailureAndAnythingElseIs() throws Exception {
        statuses.addAll(List.of(404, 500));

        assertThat(http.find("/api/v1/routes")).isEmpty();
        assertThatThrownBy(() -> http.find("/api/v1/alerts"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("answers HTTP 500 to /api/v1/alerts");
    }
}

package org.citystream.stack.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers as Flink 2 gives them. */
class FlinkRestTest {
    private final Map<String, String> answers = new TreeMap<>();
    private final HttpServer server;
    private final FlinkRest flink;

    FlinkRestTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.getOrDefault(exchange.getRequestURI().toString(), "");
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(bytes.length > 0 ? 200 : 404, bytes.length > 0 ? bytes.length : -1);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        flink = new FlinkRest("http://127.0.0.1:" + server.getAddress().getPort());
        answers.put("/jobs/j", "{\"vertices\":[{\"id\":\"v1\"},{\"id\":\"v2\"},{\"id\":\"v3\"}]}");
        answers.put("/jobs/j/vertices/v3/subtasks/metrics", "[{\"id\":\"numRecordsIn\"}]");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatAllSourcesHaveNotReadIsAddedUp() throws Exception {
        answers.put(
                "/jobs/j/vertices/v1/subtasks/metrics", "[{\"id\":\"busy\"},{\"id\":\"Source__a.pendingRecords\"}]");
        answers.put(
                "/jobs/j/vertices/v1/subtasks/metrics?get=Source__a.pendingRecords&agg=sum",
                "[{\"id\":\"Source__a.pendingRecords\",\"sum\":1250.0}]");
        answers.put("/jobs/j/vertices/v2/subtasks/metrics", "[{\"id\":\"Source__b.pendingRecords\"}]");
        answers.put(
                "/jobs/j/vertices/v2/subtasks/metrics?get=Source__b.pendingRecords&agg=sum",
                "[{\"id\":\"Source__b.pendingRecords\",\"sum\":3.0}]");

        assertThat(flink.pendingRecords("j")).hasValue(1253);
    }

    @Test
    void sourcesThatHaveNotToldAreNotTakenForIdleOnes() throws Exception {
        answers.put("/jobs/j/vertices/v1/subtasks/metrics", "[]");
        answers.put("/jobs/j/vertices/v2/subtasks/metrics", "[]");

        assertThat(flink.pendingRecords("j")).isEmpty();
    }
}

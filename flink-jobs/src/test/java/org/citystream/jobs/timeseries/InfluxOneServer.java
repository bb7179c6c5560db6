package org.citystream.jobs.timeseries;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.Mosquitto;

/** Debian's InfluxDB 1.6.7 as a child process, with the database {@code citystream}. */
final class InfluxOneServer implements HoldsAir {
    private static final Path PROGRAM = Path.of("/usr/bin/influxd");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private InfluxOneServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test, and says so, where InfluxDB is not installed. */
    static InfluxOneServer start(Path directory) throws Exception {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "skipped: influxd is not installed (Debian, Ubuntu: apt-get install influxdb)");
        int port = Mosquitto.freePort();
        Path configuration =
                Files.writeString(Files.createDirectories(directory).resolve("influxdb.conf"), """
                reporting-disabled = true
                bind-address = "127.0.0.1:%2$d"
                [meta]
                  dir = "%1$s/meta"
                [data]
                  dir = "%1$s/data"
                  wal-dir = "%1$s/wal"
                [monitor]
                  store-enabled = false
                [http]
                  bind-address = "127.0.0.1:%3$d"
                  log-enabled = false
                """.formatted(
                                directory, Mosquitto.freePort(), port));
        Process process = new ProcessBuilder(PROGRAM.toString(), "-config", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("influxd.log").toFile())
                .start();
        InfluxOneServer server = new InfluxOneServer(process, port);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> server.get("/ping") != null);
        server.send(HttpRequest.newBuilder(server.uri("/query?q=" + encoded("CREATE DATABASE citystream")))
                .POST(HttpRequest.BodyPublishers.noBody()));
        return server;
    }

    @Override
    public StoreApi api() {
        return StoreApi.V1;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Map<String, Double> pm25() throws Exception {
        JsonNode answer = JsonCodec.internal()
                .readTree(get("/query?db=citystream&epoch=ms&q=" + encoded("SELECT pm25 FROM air GROUP BY station")));
        Map<String, Double> points = new TreeMap<>();
        for (JsonNode series : answer.at("/results/0/series")) {
            for (JsonNode row : series.path("values")) {
                points.put(
                        series.at("/tags/station").asText() + "@" + row.get(0).asLong(),
                        row.get(1).asDouble());
            }
        }
        return points;
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}

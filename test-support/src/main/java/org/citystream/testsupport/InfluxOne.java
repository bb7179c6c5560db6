package org.citystream.testsupport;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.citystream.model.wire.JsonCodec;
import org.opentest4j.TestAbortedException;

/** Debian's InfluxDB 1.6.7 as a child process, with the database {@value #DATABASE}. */
public final class InfluxOne implements AutoCloseable {
    public static final String DATABASE = "citystream";

    private static final Path PROGRAM = Path.of("/usr/bin/influxd");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private InfluxOne(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one; skips the test, and says so, where InfluxDB is not installed. */
    public static InfluxOne start(Path directory) {
        require();
        int port = Mosquitto.freePort();
        InfluxOne started = new InfluxOne(launch(directory, port), port);
        await().atMost(Duration.ofSeconds(20)).until(started::answers);
        started.execute("CREATE DATABASE " + DATABASE);
        return started;
    }

    @SuppressWarnings("SystemOut")
    private static void require() {
        if (!Files.isExecutable(PROGRAM)) {
            String reason = "skipped: influxd is not installed (Debian, Ubuntu: apt-get install influxdb)";
            System.out.println(reason);
            throw new TestAbortedException(reason);
        }
    }

    private static Process launch(Path directory, int port) {
        try {
            Path configuration = Files.createDirectories(directory).resolve("influxdb.conf");
            Files.writeString(configuration, """
                    reporting-disabled = true
                    bind-address = "127.0.0.1:%2$d"
                    [meta]
                      dir = "%1$s/meta"
                    [data]
                      dir = "%1$s/data"
                      wal-dir = "%1$s/wal"
                      query-log-enabled = false
                    [monitor]
                      store-enabled = false
                    [http]
                      bind-address = "127.0.0.1:%3$d"
                      log-enabled = false
                    """.formatted(directory, Mosquitto.freePort(), port));
            return new ProcessBuilder(PROGRAM.toString(), "-config", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("influxd.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("influxd does not start", e);
        }
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("influxd ended with " + process.exitValue() + "; see influxd.log");
        }
        try {
            return http.send(HttpRequest.newBuilder(uri("/ping")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 204;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Writes lines of the line protocol with timestamps in nanoseconds; they can be read at once. */
    public void write(String lines) {
        send(HttpRequest.newBuilder(uri("/write?precision=n&db=" + DATABASE)).POST(BodyPublishers.ofString(lines)));
    }

    /** Runs a statement that changes something. */
    public JsonNode execute(String influxQl) {
        return send(HttpRequest.newBuilder(uri("/query?db=" + DATABASE + "&q=" + encoded(influxQl)))
                .POST(BodyPublishers.noBody()));
    }

    /** The whole answer to a statement that reads; times are milliseconds since 1970. */
    public JsonNode query(String influxQl) {
        return send(HttpRequest.newBuilder(uri("/query?epoch=ms&db=" + DATABASE + "&q=" + encoded(influxQl))));
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private URI uri(String pathAndQuery) {
        return URI.create(url() + pathAndQuery);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            JsonNode answer = JsonCodec.internal().readTree(response.body());
            if (response.statusCode() / 100 != 2 || answer.at("/results/0").has("error")) {
                throw new AssertionError(request.build().uri() + ": " + response.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("InfluxDB does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

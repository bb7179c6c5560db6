package org.citystream.benchmarks.alerting;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.FreePort;
import org.citystream.benchmarks.harness.Parameters;

/** Prometheus's Alertmanager, as Debian packages it; alerts come over its API, as Prometheus sends them. */
public final class AlertmanagerAlerts extends AlertsRun {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/prometheus-alertmanager"), Path.of("/usr/local/bin/alertmanager"));
    /** What Prometheus sends in one request at most. */
    private static final int A_REQUEST = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    Alerter start(String webhookUrl, Parameters parameters) throws Exception {
        Path program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("Alertmanager is in none of " + PLACES
                        + "; install it (Debian, Ubuntu: apt-get install prometheus-alertmanager)"));
        Path directory = Files.createTempDirectory("benchmark-alertmanager");
        Path configuration = Files.writeString(
                directory.resolve("alertmanager.yml"), configuration(webhookUrl, parameters.number(TOGETHER, 1)));
        int port = FreePort.any();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=",
                        "--log.level=error")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Running running = new Running(process, directory, URI.create("http://127.0.0.1:" + port), parameters);
        Requests.awaitReady(running.client, running.base.resolve("/-/ready"), PATIENCE);
        return running;
    }

    private static String configuration(String webhookUrl, int together) {
        String grouping = together == 1
                ? "group_by: ['...']\n  group_wait: 0s\n  group_interval: 5m"
                : "group_by: [batch]\n  group_wait: 1s\n  group_interval: 1s";
        return """
                route:
                  receiver: hook
                  repeat_interval: 4h
                  %s
                receivers:
                  - name: hook
                    webhook_configs:
                      - url: %s
                """.formatted(grouping, webhookUrl);
    }

    private static final class Running implements Alerter {
        private final HttpClient client = HttpClient.newHttpClient();
        private final Process process;
        private final Path directory;
        private final URI base;
        private final int together;

        Running(Process process, Path directory, URI base, Parameters parameters) {
            this.process = process;
            this.directory = directory;
            this.base = base;
            this.together = parameters.number(TOGETHER, 1);
        }

        @Override
        public void raise(int from, int to) throws IOException, InterruptedException {
            for (int next = from; next < to; next += A_REQUEST) {
                String body = IntStream.range(next, Math.min(to, next + A_REQUEST))
                        .mapToObj(this::alert)
                        .collect(Collectors.joining(",", "[", "]"));
                HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/v2/alerts"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    throw new IOException("Alertmanager answers " + response.statusCode() + " " + response.body());
                }
            }
        }

        private String alert(int number) {
            return """
                    {"labels":{"alertname":"segment-congestion","kind":"congestion","severity":"moderate","city":"lindholm",\
                    "subject":"%s%d","subject_type":"road-segment","team":"traffic-control","batch":"%d"},\
                    "annotations":{"summary":"Vehicles crawl at a fifth of free flow."},\
                    "startsAt":"2026-11-23T08:00:00Z","endsAt":"2100-01-01T00:00:00Z",\
                    "generatorURL":"http://127.0.0.1:8080/"}""".formatted(Listener.SUBJECT, number, number / together);
        }

        @Override
        public Map<String, Long> cpuNanos() {
            return Map.of("Alertmanager", CpuClock.processNanos(process.toHandle()));
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            process.onExit().join();
            FileUtils.deleteDirectory(directory.toFile());
        }
    }
}

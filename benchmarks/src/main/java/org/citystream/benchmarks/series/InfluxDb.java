package org.citystream.benchmarks.series;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citystream.benchmarks.harness.FreePort;

/** InfluxDB 1 in a process of its own, with the database {@value #DATABASE}. */
final class InfluxDb implements AutoCloseable {
    static final String DATABASE = "citystream";

    private static final Path PROGRAM = Path.of("/usr/bin/influxd");
    private static final int ATTEMPTS = 200;
    private static final long PAUSE_MILLIS = 100;

    private final Process process;
    private final String url;

    private InfluxDb(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static InfluxDb start(Path directory) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IOException("there is no " + PROGRAM + " (Debian, Ubuntu: apt-get install influxdb)");
        }
        int port = FreePort.any();
        Path configuration =
                Files.writeString(directory.resolve("influxdb.conf"), """
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
                """.formatted(directory, FreePort.any(), port));
        Process process = new ProcessBuilder(PROGRAM.toString(), "-config", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("influxd.log").toFile())
                .start();
        InfluxDb started = new InfluxDb(process, "http://127.0.0.1:" + port);
        started.createDatabase();
        return started;
    }

    private void createDatabase() throws IOException, InterruptedException {
        HttpRequest create = HttpRequest.newBuilder(URI.create(url + "/query?q=CREATE+DATABASE+" + DATABASE))
                .POST(BodyPublishers.noBody())
                .build();
        HttpClient client = HttpClient.newHttpClient();
        for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
            try {
                client.send(create, BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        close();
        throw new IOException("influxd does not answer at " + url);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

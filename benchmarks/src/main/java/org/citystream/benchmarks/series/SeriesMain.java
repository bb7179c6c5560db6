package org.citystream.benchmarks.series;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Fork;
import org.citystream.dashboard.api.DashboardApi;
import org.citystream.dashboard.api.LiveLimits;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.dashboard.series.influxdb.InfluxDbAddress;
import org.citystream.dashboard.series.influxdb.InfluxDbReader;
import org.citystream.dashboard.series.questdb.QuestDbReader;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.embedded.QuestDbServer;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.service.health.Health;
import org.citystream.service.metrics.Metrics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The dashboard's answers over HTTP, one after the other, out of a filled QuestDB and a filled InfluxDB 1. */
@Command(
        name = "series",
        mixinStandardHelpOptions = true,
        description = "Times /api/v1/series and /api/v1/snapshot; docs/benchmarks.md says what of.")
public final class SeriesMain implements Callable<Integer> {
    private static final Instant END = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int WARM_UP = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(names = "--requests", defaultValue = "200", description = "Timed requests; default ${DEFAULT-VALUE}.")
    private int requests;

    @Option(names = "--segments", defaultValue = "1000", description = "Road segments; default ${DEFAULT-VALUE}.")
    private int segments;

    @Option(names = "--hours", defaultValue = "6", description = "Hours of all segments; default ${DEFAULT-VALUE}.")
    private int hours;

    private SeriesMain() {}

    public static void main(String[] arguments) {
        System.setProperty(Fork.LOGGING_KEY, Fork.LOGGING);
        System.exit(new CommandLine(new SeriesMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        FilledStore filled = new FilledStore(END, segments, Duration.ofHours(hours), WEEK);
        System.out.println("| store | answer | median ms | p95 ms | most ms | bytes | load average |");
        System.out.println("|---|---|---|---|---|---|---|");
        questDb(filled);
        influxDb(filled);
        return 0;
    }

    private void questDb(FilledStore filled) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-questdb");
        try (QuestDbServer server = QuestDbServer.start(directory, 0, 0)) {
            createTables(server);
            filled.writeTo(URI.create(server.url() + "/write?precision=n"));
            awaitPoints(server, filled.points());
            measure("QuestDB", new QuestDbReader(server.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD));
        }
    }

    private static void createTables(QuestDbServer server) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            for (Series series : Series.ALL) {
                statement.execute(QuestDbTable.create(series));
            }
        }
    }

    private static void awaitPoints(QuestDbServer server, long points) throws SQLException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        long seen = 0;
        while (seen < points) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("only " + seen + " of " + points + " points can be read");
            }
            Thread.sleep(200);
            try (Connection connection = connect(server);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count() FROM traffic")) {
                seen = row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static Connection connect(QuestDbServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
    }

    private void influxDb(FilledStore filled) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-influxdb");
        try (InfluxDb server = InfluxDb.start(directory)) {
            filled.writeTo(URI.create(server.url() + "/write?precision=n&db=" + InfluxDb.DATABASE));
            measure(
                    "InfluxDB 1",
                    new InfluxDbReader(new InfluxDbAddress(URI.create(server.url()), InfluxDb.DATABASE, null)));
        }
    }

    private void measure(String store, TimeSeriesReader reader) throws Exception {
        PrometheusMeterRegistry metrics = Metrics.registry();
        DashboardApi api = DashboardApi.start(
                "127.0.0.1",
                0,
                new CityState(),
                new LiveChannel(),
                reader,
                (sensor, atMost) -> List.of(),
                URI.create("http://127.0.0.1:1"),
                new SystemWatch(Map.of(), List.of(), metrics),
                null,
                null,
                LiveLimits.DEFAULT,
                new Health(),
                metrics);
        try (api;
                reader) {
            String base = "http://127.0.0.1:" + api.port() + "/api/v1/";
            for (String field : List.of("speed_kmh", "flow_veh_h")) {
                String series = base + "series?measurement=traffic&step=PT1M&subject=" + FilledStore.OBSERVED
                        + "&field=" + field;
                time(store, "`/series` of 7 days by minutes, " + field, i -> series + span(i));
            }
            time(
                    store,
                    "`/snapshot` of " + segments + " segments",
                    i -> base + "snapshot?at=" + END.minusSeconds(60L * (i % 60)));
        }
    }

    /** A week that ends at another minute each time. */
    private static String span(int i) {
        Instant to = END.minusSeconds(60L * (i % 60));
        return "&from=" + to.minus(WEEK) + "&to=" + to;
    }

    private void time(String store, String what, IntFunction<String> url) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        double[] millis = new double[requests];
        int bytes = 0;
        for (int i = -WARM_UP; i < requests; i++) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url.apply(i + WARM_UP))).build();
            long begun = System.nanoTime();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " answered " + response.statusCode());
            }
            bytes = response.body().length;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.1f | %d | %.1f |%n",
                store,
                what,
                millis[requests / 2],
                millis[(int) Math.ceil(requests * 0.95) - 1],
                millis[requests - 1],
                bytes,
                CpuClock.load());
    }
}

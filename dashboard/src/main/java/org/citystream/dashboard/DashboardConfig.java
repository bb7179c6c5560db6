package org.citystream.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.dashboard.api.Tiles;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.dashboard.series.influxdb.InfluxDbAddress;
import org.citystream.dashboard.series.influxdb.InfluxDbReader;
import org.citystream.dashboard.series.questdb.QuestDbReader;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.Problems;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the dashboard. */
public final class DashboardConfig {
    private static final int SHORTEST_TOKEN = 16;
    private static final String QUESTDB_DEFAULT_PASSWORD = "quest";

    @Mixin
    KafkaSettings kafka = new KafkaSettings();

    @Option(
            names = "--http-host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to serve on (default: ${DEFAULT-VALUE}).")
    String httpHost = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to serve on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int httpPort = 8080;

    @Option(
            names = "--questdb-url",
            paramLabel = "JDBC-URL",
            defaultValue = "jdbc:postgresql://127.0.0.1:8812/qdb",
            description = "QuestDB's PostgreSQL address (default: ${DEFAULT-VALUE}).")
    String questDbUrl = "jdbc:postgresql://127.0.0.1:8812/qdb";

    @Option(
            names = "--questdb-user",
            paramLabel = "NAME",
            defaultValue = "admin",
            description = "QuestDB user (default: ${DEFAULT-VALUE}).")
    String questDbUser = "admin";

    @Option(
            names = "--questdb-password-file",
            paramLabel = "FILE",
            description = "File with QuestDB's password; absent: QuestDB's own default.")
    @Nullable Path questDbPasswordFile;

    @Option(
            names = "--influxdb-url",
            paramLabel = "URL",
            description =
                    "Base address of InfluxDB 1, 2 or 3, which is then read instead of QuestDB (default: QuestDB).")
    @Nullable URI influxDbUrl;

    @Option(
            names = "--influxdb-database",
            paramLabel = "NAME",
            defaultValue = "citystream",
            description =
                    "Database, or DATABASE/RETENTION-POLICY; of InfluxDB 2 as its DBRP mapping says (default: ${DEFAULT-VALUE}).")
    String influxDbDatabase = "citystream";

    @Option(
            names = "--influxdb-token-file",
            paramLabel = "FILE",
            description = "File with a token that may read, of InfluxDB 1 USER:PASSWORD (default: none is needed).")
    @Nullable Path influxDbTokenFile;

    @Option(
            names = "--alerting-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8090",
            description = "Base address of the alerting service (default: ${DEFAULT-VALUE}).")
    URI alertingUrl = URI.create("http://127.0.0.1:8090");

    @Option(
            names = "--gateway-url",
            paramLabel = "URL",
            description = "Management address of an ingest gateway; absent: the system page has no gateway.")
    @Nullable URI gatewayUrl;

    @Option(
            names = "--flink-url",
            paramLabel = "URL",
            split = ",",
            description =
                    "Flink's REST addresses, of every cluster that jobs run on; absent: the system page has no jobs.")
    List<URI> flinkUrls = List.of();

    @Option(
            names = "--viewer-token-file",
            paramLabel = "FILE",
            description = "File with a token that everybody must know who wants to look (default: everybody may look).")
    @Nullable Path viewerTokenFile;

    @Option(
            names = "--tile-url",
            paramLabel = "URL",
            description = "Map tiles to draw under the city, such as https://tiles.example.org/{z}/{x}/{y}.png, which"
                    + " browsers then ask that server for; absent: the map is drawn from the registry alone.")
    @Nullable String tileUrl;

    @Option(
            names = "--tile-attribution",
            paramLabel = "TEXT",
            description = "Whose the tiles are, shown on the map (default: nothing is shown).")
    @Nullable String tileAttribution;

    /**
     * Itself, when a dashboard can be made of it.
     *
     * @throws ConfigurationException with every setting that cannot be used
     */
    DashboardConfig checked() throws ConfigurationException {
        Problems problems = new Problems();
        problems.addAll(kafka.problems());
        problems.port("http-port", httpPort);
        problems.postgres("questdb-url", questDbUrl);
        problems.readable("questdb-password-file", questDbPasswordFile);
        problems.http("influxdb-url", influxDbUrl);
        problems.readable("influxdb-token-file", influxDbTokenFile);
        problems.http("alerting-url", alertingUrl);
        problems.http("gateway-url", gatewayUrl);
        flinkUrls.forEach(url -> problems.http("flink-url", url));
        if (problems.readable("viewer-token-file", viewerTokenFile)) {
            add(this::viewerToken, problems);
        }
        add(this::tiles, problems);
        problems.refuseAny();
        return this;
    }

    private static void add(Runnable use, Problems problems) {
        try {
            use.run();
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    /** What is drawn under the city; null: nothing. */
    @Nullable Tiles tiles() {
        return tileUrl == null ? null : new Tiles(tileUrl, tileAttribution == null ? "" : tileAttribution);
    }

    /** Services that the system page watches, by name. */
    Map<String, URI> services() {
        Map<String, URI> services = new LinkedHashMap<>();
        if (gatewayUrl != null) {
            services.put("gateway", gatewayUrl);
        }
        services.put("alerting", alertingUrl);
        return services;
    }

    /** What viewers must know; null: everybody may look. */
    @Nullable String viewerToken() {
        if (viewerTokenFile == null) {
            return null;
        }
        String token = secret("--viewer-token-file", viewerTokenFile);
        if (token.length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException("the token in the file of --viewer-token-file must have at least "
                    + SHORTEST_TOKEN + " characters, such as of: openssl rand -base64 24");
        }
        return token;
    }

    /** The store that is configured; connects when first needed. */
    TimeSeriesReader timeSeries() {
        if (influxDbUrl != null) {
            String token = influxDbTokenFile == null ? null : secret("--influxdb-token-file", influxDbTokenFile);
            return new InfluxDbReader(new InfluxDbAddress(influxDbUrl, influxDbDatabase, token));
        }
        String password = questDbPasswordFile == null
                ? QUESTDB_DEFAULT_PASSWORD
                : secret("--questdb-password-file", questDbPasswordFile);
        return new QuestDbReader(questDbUrl, questDbUser, password);
    }

    private static String secret(String option, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file of " + option, e);
        }
    }
}

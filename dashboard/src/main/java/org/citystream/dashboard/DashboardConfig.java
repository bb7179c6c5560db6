package org.citystream.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the dashboard. */
public final class DashboardConfig {
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
            names = "--alerting-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8090",
            description = "Base address of the alerting service (default: ${DEFAULT-VALUE}).")
    URI alertingUrl = URI.create("http://127.0.0.1:8090");

    /** QuestDB's password, from its file. */
    String questDbPassword() {
        if (questDbPasswordFile == null) {
            return "quest";
        }
        try {
            return Files.readString(questDbPasswordFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file of --questdb-password-file", e);
        }
    }
}

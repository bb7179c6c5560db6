package org.citystream.alerting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.citystream.alerting.notify.RetrySchedule;
import org.citystream.alerting.notify.webhook.AddressRange;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.Problems;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Settings of the alerting service. */
final class AlertingConfig {
    @Option(
            names = "--http-host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String httpHost = "127.0.0.1";

    @Option(
            names = "--http-port",
            defaultValue = "8090",
            description = "Port of API, health and metrics; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int httpPort = 8090;

    @Mixin
    KafkaSettings kafka = new KafkaSettings();

    @Option(
            names = "--instance-id",
            paramLabel = "NAME",
            description = "Name that this instance keeps over restarts and no other has: it takes its work up again at"
                    + " once, instead of after some seconds in which it may still be alive.")
    @Nullable String instanceId;

    @Option(
            names = "--database-url",
            defaultValue = "jdbc:postgresql://127.0.0.1:5433/postgres",
            description = "JDBC address of PostgreSQL (default: ${DEFAULT-VALUE}).")
    String databaseUrl = "jdbc:postgresql://127.0.0.1:5433/postgres";

    @Option(
            names = "--database-user",
            defaultValue = "postgres",
            description = "User at PostgreSQL (default: ${DEFAULT-VALUE}).")
    String databaseUser = "postgres";

    @Option(names = "--database-password-file", description = "File with the user's password.")
    @Nullable Path databasePasswordFile;

    @Option(
            names = "--admin-token-file",
            description = "File with the administrator's bearer token, with which the first other tokens are made;"
                    + " without it only tokens in the database count.")
    @Nullable Path adminTokenFile;

    @Option(
            names = "--reading-needs-token",
            description = "Show alerts, webhooks and rules only to those who have a token (default: reading is open).")
    boolean readingNeedsToken;

    @Option(
            names = "--api-requests-per-second",
            defaultValue = "100",
            description = "API requests a second from one address, above which they are refused with 429"
                    + " (default: ${DEFAULT-VALUE}).")
    int apiRequestsPerSecond = 100;

    @Option(
            names = "--webhook-allowed-cidrs",
            split = ",",
            converter = AddressRangeConverter.class,
            paramLabel = "CIDR,...",
            description = "Special address ranges that webhooks may reach, also over http.")
    List<AddressRange> webhookAllowedCidrs = List.of();

    @Option(
            names = "--webhook-retry-delays",
            split = ",",
            defaultValue = "PT0S,PT5S,PT5M,PT30M,PT2H,PT5H,PT10H,PT14H,PT20H,PT24H",
            paramLabel = "DURATION,...",
            description = "Delay before each attempt at a delivery, after the one before (default: ${DEFAULT-VALUE}).")
    List<Duration> webhookRetryDelays = RetrySchedule.STANDARD;

    @Mixin
    SmtpSettings smtp = new SmtpSettings();

    @Option(
            names = "--routes-file",
            description = "Routing tree, YAML; taken anew when it changes. Without it each change of each alert goes at"
                    + " once to every webhook.")
    @Nullable Path routesFile;

    @Option(
            names = "--dashboard-url",
            defaultValue = "http://127.0.0.1:8080",
            description = "Dashboard as people reach it, for links (default: ${DEFAULT-VALUE}).")
    String dashboardUrl = "http://127.0.0.1:8080";

    @Option(
            names = "--public-url",
            defaultValue = "http://127.0.0.1:8090",
            description = "This service as people reach it, for links (default: ${DEFAULT-VALUE}).")
    String publicUrl = "http://127.0.0.1:8090";

    @Option(
            names = "--settling-time",
            defaultValue = "PT30S",
            description = "How long an event that contradicts a newer one may be a repetition after a restart of a job"
                    + " (default: ${DEFAULT-VALUE}).")
    Duration settlingTime = Duration.ofSeconds(30);

    @Option(
            names = "--delivery-retention",
            defaultValue = "P30D",
            description = "How long messages and their deliveries are kept (default: ${DEFAULT-VALUE}).")
    Duration deliveryRetention = Duration.ofDays(30);

    /**
     * Itself, when a service can be made of it.
     *
     * @throws ConfigurationException with every setting that cannot be used
     */
    AlertingConfig checked() throws ConfigurationException {
        Problems problems = new Problems();
        problems.addAll(kafka.problems());
        problems.port("http-port", httpPort);
        problems.postgres("database-url", databaseUrl);
        problems.readable("database-password-file", databasePasswordFile);
        problems.readable("admin-token-file", adminTokenFile);
        problems.readable("smtp-password-file", smtp.passwordFile);
        problems.port("smtp-port", smtp.port);
        problems.within("api-requests-per-second", apiRequestsPerSecond, 1, Integer.MAX_VALUE);
        problems.notNegative("settling-time", settlingTime);
        problems.notNegative("delivery-retention", deliveryRetention);
        webhookRetryDelays.forEach(delay -> problems.notNegative("webhook-retry-delays", delay));
        if (problems.readable("routes-file", routesFile)) {
            checkRoutes(problems);
        }
        problems.refuseAny();
        return this;
    }

    private void checkRoutes(Problems problems) {
        try {
            RoutesFile.open(routesFile);
        } catch (IOException e) {
            problems.add("routes-file " + e.getMessage() + "; docs/webhooks.md tells how routes are written");
        }
    }

    /** CIDR ranges, with what is wrong with them. */
    static final class AddressRangeConverter implements ITypeConverter<AddressRange> {
        @Override
        public AddressRange convert(String value) {
            try {
                return AddressRange.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}

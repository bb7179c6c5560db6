package org.citystream.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.audit.message.Period;
import org.citystream.audit.report.Report;
import org.citystream.audit.source.AlertingService;
import org.citystream.audit.store.PointCounts;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.config.UsageCheck;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Options of {@code ./city verify}. */
@Command(
        name = "./city verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Holds what sources have sent, by their ledgers, against what the deployment has of it: readings, rejected",
            "messages, summaries, points, alerts and webhooks. Without a ledger the stages are held against each other.",
            "Exit code 0: every promise is kept. 1: something is lost, altered or invented, or could not be checked."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./city up --ledger --detach && ./city verify",
            "  ./city verify --ledger my-ledger --wait PT1M --json",
            "  ./city verify --ledger my-ledger --kafka-bootstrap-servers kafka.example:9092"
                    + " --alerting-url https://alerting.example --influxdb-url https://influx.example"
                    + " --influxdb-database city --influxdb-token-file token.txt",
            "  ./city verify --webhook-log received.jsonl --webhook-id wh_0123",
            "  ./city verify --chaos 10 --seed 1 --rate 500",
            "",
            "--chaos N breaks a running stack N times under load, and audits then; --every PT2M makes it a soak:",
            "docs/verify.md."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--ledger", paramLabel = "DIR", description = "Folder of a ledger; can be repeated.")
    private List<Path> ledgers = new ArrayList<>();

    @Option(
            names = "--disturbed",
            paramLabel = "FROM/TO",
            converter = PeriodConverter.class,
            description = {
                "When something was broken, RFC 3339; can be repeated. A message that arrived again at another time is",
                "then a failure (default: not checked)."
            })
    private List<Period> disturbed = new ArrayList<>();

    @Option(
            names = "--ordered",
            description = {
                "Gateways do not share their messages (MQTT_SHARED_GROUP). A message that arrived behind a later one of its",
                "sensor is then a failure, if both were sent once (default: told)."
            })
    private boolean ordered;

    @Mixin
    private KafkaSettings kafka = new KafkaSettings();

    @Option(names = "--alerting-url", paramLabel = "URL", description = "Alerting service (default: not checked).")
    private @Nullable String alertingUrl;

    @Option(
            names = "--alerting-token-file",
            paramLabel = "FILE",
            description = "File with a viewer's token, where reading needs one.")
    private @Nullable Path alertingTokenFile;

    @Option(
            names = "--delivery-retention",
            paramLabel = "PERIOD",
            defaultValue = "P30D",
            description =
                    "How long the alerting service keeps deliveries, as it is configured (default: ${DEFAULT-VALUE}).")
    private Duration deliveryRetention = Duration.ofDays(30);

    @Option(names = "--questdb-url", paramLabel = "URL", description = "QuestDB, HTTP (default: no store is checked).")
    private @Nullable String questDbUrl;

    @Option(names = "--questdb-user", paramLabel = "NAME", description = "User there, if it wants one.")
    private @Nullable String questDbUser;

    @Option(names = "--questdb-password-file", paramLabel = "FILE", description = "File with the user's password.")
    private @Nullable Path questDbPasswordFile;

    @Option(names = "--influxdb-url", paramLabel = "URL", description = "InfluxDB 1, 2 or 3, asked in InfluxQL.")
    private @Nullable String influxDbUrl;

    @Option(
            names = "--influxdb-database",
            paramLabel = "NAME",
            defaultValue = "citystream",
            description = "Database, or what maps to the bucket (default: ${DEFAULT-VALUE}).")
    private String influxDbDatabase = "citystream";

    @Option(names = "--influxdb-token-file", paramLabel = "FILE", description = "File with a token, if one is needed.")
    private @Nullable Path influxDbTokenFile;

    @Option(
            names = "--webhook-log",
            paramLabel = "FILE",
            description = "What a receiver got: ./city webhook listen --log FILE writes it (default: not checked).")
    private @Nullable Path webhookLog;

    @Option(
            names = "--webhook-id",
            paramLabel = "ID",
            description = "Webhook whose receiver wrote the log; without it the log is to hold those of all.")
    private @Nullable String webhookId;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT0S",
            description = "Look again until all is well, at the longest for so long (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ZERO;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "5",
            description = "Examples to print of each failure, at most 20 (default: ${DEFAULT-VALUE}).")
    private int examples = 5;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Mixin
    private UsageCheck check = new UsageCheck();

    VerifyCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (questDbUrl != null && influxDbUrl != null) {
            throw new ParameterException(
                    commandSpec().commandLine(), "--questdb-url and --influxdb-url exclude each other");
        }
        if (!kafka.problems().isEmpty()) {
            throw new ParameterException(commandSpec().commandLine(), String.join("; ", kafka.problems()));
        }
        if (check.isWanted()) {
            return 0;
        }
        Audit audit = new Audit(
                ledgers,
                disturbed,
                ordered,
                kafka,
                store(),
                alertingUrl == null ? null : new AlertingService(alertingUrl, secret(alertingTokenFile)),
                deliveryRetention,
                webhookLog,
                webhookId);
        Instant deadline = clock.instant().plus(patience);
        Report report = audit.run(clock.instant());
        while (!report.isOk() && clock.instant().plus(PAUSE).isBefore(deadline)) {
            Thread.sleep(PAUSE.toMillis());
            report = audit.run(clock.instant());
        }
        print(report);
        return report.isOk() ? 0 : 1;
    }

    private @Nullable PointCounts store() {
        if (questDbUrl != null) {
            return PointCounts.questDb(questDbUrl, questDbUser, secret(questDbPasswordFile));
        }
        return influxDbUrl == null
                ? null
                : PointCounts.influxDb(influxDbUrl, influxDbDatabase, secret(influxDbTokenFile));
    }

    private @Nullable String secret(@Nullable Path file) {
        try {
            return file == null ? null : Files.readString(file).strip();
        } catch (IOException e) {
            throw new ParameterException(
                    commandSpec().commandLine(), "the file with a token or password cannot be read: " + e, e);
        }
    }

    private void print(Report report) throws JsonProcessingException {
        PrintWriter out = commandSpec().commandLine().getOut();
        if (json) {
            out.println(JsonCodec.internal().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
        } else {
            report.table(examples).forEach(out::println);
        }
        out.flush();
    }

    /** For picocli, which shows the message of this exception only. */
    static final class PeriodConverter implements ITypeConverter<Period> {
        @Override
        public Period convert(String text) {
            try {
                return Period.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

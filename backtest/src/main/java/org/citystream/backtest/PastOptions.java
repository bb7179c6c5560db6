package org.citystream.backtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.recordings.TruthFile;
import org.citystream.recordings.TruthRow;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which past is to be decided about again, and where the outcome goes. A picocli mixin. */
final class PastOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Moment.class,
            description =
                    "Only episodes told from then on, such as 2026-11-23T00:00:00Z or 2026-11-23. Default: from the"
                            + " first reading of a recording.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Only readings observed up to then. Default: to the last reading of a recording.")
    private @Nullable Instant to;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "P1D",
            description =
                    "Readings before --from that are decided about for practice: what is usual is learned from them"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration warmUp = Duration.ofDays(1);

    @Option(
            names = "--readings",
            paramLabel = "DIR",
            description = "Folder of a recording (docs/recordings.md). Default: what Kafka has kept.")
    private @Nullable Path readings;

    @Option(names = "--file", paramLabel = "NAME", description = "The file to read where a data set has several.")
    private @Nullable String file;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "CSV of what happened: adds detection rate, false alarms and time to detect.")
    private @Nullable Path truth;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "backtest",
            description =
                    "Where episodes.csv, differences.csv and report.json are written (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("backtest");

    @Option(names = "--json", description = "Print the report as one JSON object instead of tables.")
    private boolean json;

    @Mixin
    private KafkaSettings kafka = new KafkaSettings();

    /** What was, with its clock. */
    Past past(PrintWriter err) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new BacktestFailure("--from " + from + " is not before --to " + to, "exchange them");
        }
        return readings == null
                ? KafkaPast.open(kafka, from, to, warmUp, err)
                : RecordedPast.open(readings, file, from, to, warmUp, err);
    }

    boolean isRecording() {
        return readings != null;
    }

    /** Whether the command line says where Kafka is. */
    boolean namesKafka(@Nullable CommandSpec spec) {
        return spec != null && spec.commandLine().getParseResult().hasMatchedOption("--kafka-bootstrap-servers");
    }

    KafkaSettings kafka() {
        return kafka;
    }

    @Nullable List<TruthRow> truth() throws IOException {
        return truth == null ? null : TruthFile.read(truth);
    }

    Path out() {
        return out;
    }

    boolean json() {
        return json;
    }

    /** A moment, or the start of a day in UTC. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no time; write 2026-11-23T08:00:00Z, or 2026-11-23 for its start in UTC");
            }
        }
    }
}

package org.citystream.stack.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.citystream.model.place.InvalidSensorsException;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorGeoJson;
import org.citystream.model.place.SensorRevision;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.kafka.ClockTopic;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.Refusal;
import org.citystream.service.kafka.SensorTopic;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.report.SensorReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city sensors}. */
@Command(
        name = "sensors",
        mixinStandardHelpOptions = true,
        description = "The sensor registry: import, export, retire.")
public final class SensorsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                command().commandLine(), "say what to do: sensors import, sensors export or sensors retire");
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Registers the sensors of a GeoJSON FeatureCollection; those that are not in it stay as they are.",
                "If any is invalid, nothing is written. One that already is as the file says gets no new version."
            })
    int importFile(
            @Mixin StackChoice choice,
            @Mixin KafkaChoice kafka,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--dry-run", description = "Only show what would change.") boolean dryRun)
            throws IOException {
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw new CityFailure("cannot read " + file, "give a GeoJSON file of sensors");
        }
        List<Sensor> sensors = sensors(file);
        change(kafka.settings(choice), latest -> sensors, dryRun);
        return 0;
    }

    private static List<Sensor> sensors(Path file) throws IOException {
        try {
            return SensorGeoJson.read(Files.readAllBytes(file));
        } catch (InvalidSensorsException e) {
            String indent = System.lineSeparator() + "    ";
            throw new CityFailure(
                    "nothing has been written, " + file + " is refused whole:" + indent
                            + String.join(
                                    indent,
                                    e.problems().stream()
                                            .map(InvalidSensorsException.Problem::toString)
                                            .toList()),
                    "correct it; ./city sensors export shows the form",
                    e);
        }
    }

    @Command(
            name = "retire",
            mixinStandardHelpOptions = true,
            description = {
                "Retires sensors: what they observe from then on counts no longer.",
                "If any id is not known, nothing is written."
            })
    int retire(
            @Mixin StackChoice choice,
            @Mixin KafkaChoice kafka,
            @Parameters(paramLabel = "SENSOR-ID", arity = "1..*") List<String> ids,
            @Option(names = "--dry-run", description = "Only show what would change.") boolean dryRun) {
        change(kafka.settings(choice), latest -> retired(ids, latest), dryRun);
        return 0;
    }

    private static List<Sensor> retired(List<String> ids, Map<String, Sensor> latest) {
        TreeSet<String> wanted = new TreeSet<>(ids);
        List<String> unknown =
                wanted.stream().filter(id -> !latest.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            throw new CityFailure(
                    "nothing has been written, these sensors are not registered: " + String.join(", ", unknown),
                    "look at ./city sensors export");
        }
        return latest.values().stream()
                .filter(sensor -> wanted.contains(sensor.sensorId()))
                .map(Sensor::asRetired)
                .toList();
    }

    /** What sensors should be, given what they are. */
    @FunctionalInterface
    private interface Wish {
        List<Sensor> of(Map<String, Sensor> latest);
    }

    private void change(KafkaSettings kafka, Wish wish, boolean dryRun) {
        SensorRevision revision;
        try {
            Map<String, Sensor> latest = SensorTopic.latest(kafka);
            revision = SensorRevision.of(wish.of(latest), latest, ClockTopic.now(kafka, Clock.systemUTC()));
            if (!dryRun) {
                SensorTopic.append(kafka, revision.added());
            }
        } catch (KafkaException e) {
            throw unreachable(kafka, e);
        }
        print(SensorReport.lines(revision));
        if (dryRun) {
            print(List.of("dry run: nothing has been written"));
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the newest version of every sensor as a GeoJSON FeatureCollection.")
    int export(
            @Mixin StackChoice choice,
            @Mixin KafkaChoice chosen,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: standard output.") @Nullable Path file)
            throws IOException {
        KafkaSettings kafka = chosen.settings(choice);
        Map<String, Sensor> latest;
        try {
            latest = SensorTopic.latest(kafka);
        } catch (KafkaException e) {
            throw unreachable(kafka, e);
        }
        String json = JsonCodec.internal()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(SensorGeoJson.write(latest.values()));
        if (file == null) {
            print(List.of(json));
        } else {
            Files.writeString(file, json + "\n", StandardCharsets.UTF_8);
            print(List.of(latest.size() + " sensors written to " + file));
        }
        return 0;
    }

    private static CityFailure unreachable(KafkaSettings kafka, KafkaException e) {
        return new CityFailure(
                "Kafka at " + kafka.bootstrapServers() + " refused: " + Refusal.reason(e),
                "check that it runs, --kafka, and what the user may do there",
                e);
    }

    private void print(List<String> lines) {
        PrintWriter out = command().commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

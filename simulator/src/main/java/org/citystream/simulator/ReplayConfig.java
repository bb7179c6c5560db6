package org.citystream.simulator;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.citystream.recordings.Recording;
import org.citystream.recordings.RecordingException;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.UsageCheck;
import org.citystream.service.kafka.BrokerAddresses;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.simulator.publish.MqttSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Settings of {@code replay}. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Plays a folder of recorded readings over MQTT in order of time, and the deployment's clock with it.",
            "The format is recognised: traffic.csv and air.csv with native field names (docs/recordings.md),",
            "or the public data sets of Aarhus, NDW Eindhoven, Beijing PRSA and London Marylebone Road."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./city replay recordings/my-city --speed 60",
            "  ./city replay aarhus-traffic --speed max --from 2014-09-02T04:00:00Z --to 2014-09-02T10:00:00Z",
            "  ./city replay --source-kafka kafka.example:9092 --speed 600",
            "  ./city replay ndw-eindhoven --load constant:rate=2000 --ledger my-ledger",
            "  ./city replay beijing-prsa --file beijing_ozone_episode_2015-07.csv --speed 3600"
        })
final class ReplayConfig {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "Folder with the recording.")
    @Nullable Path directory;

    @Option(
            names = "--recording",
            paramLabel = "DIR",
            description = "The same as DIR, for configuration by environment (SIMULATOR_RECORDING).")
    @Nullable Path recording;

    @Option(
            names = "--source-kafka",
            converter = BrokerAddresses.class,
            paramLabel = "HOST:PORT,...",
            description =
                    "Instead of a folder: play what another deployment has accepted, from its Kafka. It is written to"
                            + " DATA_DIR/from-kafka first.")
    @Nullable String sourceKafka;

    @Option(
            names = "--speed",
            converter = Speed.Converter.class,
            paramLabel = "X",
            defaultValue = "60",
            description = "Recorded seconds per second, or 'max' (default: ${DEFAULT-VALUE}).")
    Speed speed = new Speed(60);

    @Option(
            names = "--file",
            paramLabel = "NAME",
            description = "Which file of a data set that has several; the default is told at the start.")
    @Nullable String file;

    @Option(names = "--from", paramLabel = "TIME", description = "Play only what was observed at or after this time.")
    @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Play only what was observed at or before this time.")
    @Nullable Instant to;

    @Option(
            names = "--city",
            paramLabel = "ID",
            defaultValue = "recording",
            description = "City of sensors that sensors.geojson does not describe (default: ${DEFAULT-VALUE}).")
    String city = "recording";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "simulator-data",
            description = "Directory that remembers how far it was played (default: ${DEFAULT-VALUE}).")
    Path dataDir = Path.of("simulator-data");

    @Mixin
    UsageCheck check = new UsageCheck();

    @Mixin
    PublishSettings publish = new PublishSettings();

    @Mixin
    MqttSettings mqtt = new MqttSettings();

    @Mixin
    KafkaSettings kafka = new KafkaSettings();

    @Mixin
    ManagementSettings management = new ManagementSettings();

    /**
     * Looks at what can be judged without a deployment: the options, and whether the folder is a recording.
     *
     * @throws ConfigurationException saying what is wrong
     */
    void check() throws ConfigurationException {
        mqtt.check();
        kafka.check();
        management.check();
        try {
            Path folder = folder();
            if (sourceKafka == null) {
                Recording.check(folder, file, city);
            }
        } catch (IllegalArgumentException | RecordingException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** @throws IllegalArgumentException if not exactly one source is named */
    Path folder() {
        Path folder = directory != null ? directory : recording;
        if (sourceKafka != null && folder != null) {
            throw new IllegalArgumentException("name a folder or --source-kafka, not both");
        }
        if (sourceKafka != null) {
            return dataDir.resolve("from-kafka");
        }
        if (folder == null) {
            throw new IllegalArgumentException("name the folder to replay: ./city replay DIR, or --source-kafka");
        }
        return folder;
    }
}

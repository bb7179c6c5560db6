package org.citystream.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.UsageCheck;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.simulator.publish.MqttSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of {@code simulate}. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = {
            "Simulates a city, all of whose sensors see the same traffic, weather and air, and publishes their readings"
                    + " and the deployment's clock over MQTT; or, with --to, writes them into a folder.",
            "The same city, seed, scenario and start give the same bytes. What really happened is in truth.csv."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./city simulate",
            "  ./city simulate --scenario accident+smog-episode --speed 60",
            "  ./city simulate --seed 7 --start 2026-11-23T05:00:00Z --speed 600 --duration PT6H",
            "  ./city simulate --city town.yaml --scenario morning-rush",
            "  ./city simulate --city ring:radiusKm=5+radial:arms=8 --vary --seed 3",
            "  ./city simulate --to recordings/week --scenario incidents --start 2026-11-23T00:00:00Z --duration P7D",
            "  ./city simulate --to recordings/seven --city varied --seed 7 --scenario incidents",
            "  ./city simulate --fault silent:share=0.02,from=PT1H,for=PT30M --fault duplicates:rate=0.1",
            "  ./city simulate --format ngsi-ld=loop-lind-*",
            "  ./city simulate --load ramp:from=100,to=10000,over=PT2M --ledger my-ledger",
            "  ./city simulate --mqtt-connection-per-sensor --mqtt-qos 1",
            "  ./city simulate --mqtt-url ssl://broker.example:8883 --mqtt-ca-file ca.pem --mqtt-user city"
                    + " --mqtt-password-file password.txt",
            "  ./city simulate --mqtt-url tcp://broker.example:1883 --clock-key \"$CLOCK_KEY\"",
            "",
            "Scenarios, several at once joined by '+':"
        })
final class SimulateConfig {
    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "accident",
            description = "What happens in the city; several at once as in accident+smog-episode (default:"
                    + " ${DEFAULT-VALUE}).")
    String scenario = "accident";

    @Mixin
    UsageCheck check = new UsageCheck();

    @Option(
            names = "--list-scenarios",
            description = "Tell the scenarios, one a line, and do nothing else; on the command line only.")
    boolean listScenarios;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ";",
            description = {
                "What is wrong with sensors, as KIND:KEY=VALUE,... such as silent:share=0.02,from=PT1H,for=PT30M; can"
                        + " be repeated. Keys: sensors (ids with *, joined by +), kind (traffic, air), share (of these"
                        + " sensors), rate (of their messages), from (after the arrival), for, every, and those of the"
                        + " kind."
            })
    List<String> faults = new ArrayList<>();

    @Option(
            names = "--list-faults",
            description = "Tell the kinds of faults, one a line, and do nothing else; on the command line only.")
    boolean listFaults;

    @Option(
            names = "--format",
            paramLabel = "FORMAT=SENSORS",
            split = ";",
            description = {
                "Let sensors (ids with *, joined by +) speak a foreign format: senml-json, senml-cbor, things-stack (air"
                        + " stations) or ngsi-ld (both), such as senml-json=air-1*; can be repeated. The gateway needs"
                        + " the routes of docs/simulator.md."
            })
    List<String> formats = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Everything random follows from it (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Mixin
    CityChoice city = new CityChoice();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = {
                "Write traffic.csv, air.csv, sensors.geojson and truth.csv into this folder, as fast as possible, from"
                        + " --start on for --duration (default: the day before now), and publish nothing."
            })
    @Nullable Path to;

    @Option(
            names = "--speed",
            converter = Speed.Converter.class,
            paramLabel = "X",
            defaultValue = "1",
            description = "Clock seconds per second, or 'max' (default: ${DEFAULT-VALUE}).")
    Speed speed = Speed.REAL_TIME;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description =
                    "Where the clock arrives, RFC 3339, such as 2026-11-23T07:00:00Z (default: now, or the hour the"
                            + " scenario needs).")
    @Nullable Instant start;

    @Option(
            names = "--backfill",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Publish the history up to the start as fast as possible first (default: ${DEFAULT-VALUE}).")
    boolean backfill = true;

    @Option(
            names = "--air-history",
            paramLabel = "DURATION",
            defaultValue = "PT48H",
            description = "How much air quality history (default: ${DEFAULT-VALUE}).")
    Duration airHistory = Duration.ofHours(48);

    @Option(
            names = "--traffic-history",
            paramLabel = "DURATION",
            defaultValue = "PT3H",
            description = "How much traffic history (default: ${DEFAULT-VALUE}).")
    Duration trafficHistory = Duration.ofHours(3);

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "End so much clock time after the start (default: never).")
    @Nullable Duration duration;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "simulator-data",
            description = "Directory for truth.csv and the run's state (default: ${DEFAULT-VALUE}).")
    Path dataDir = Path.of("simulator-data");

    @Mixin
    PublishSettings publish = new PublishSettings();

    @Mixin
    MqttSettings mqtt = new MqttSettings();

    @Mixin
    KafkaSettings kafka = new KafkaSettings();

    @Mixin
    ManagementSettings management = new ManagementSettings();

    /** @throws ConfigurationException with what cannot work */
    void check() throws ConfigurationException {
        mqtt.check();
        kafka.check();
        management.check();
    }
}

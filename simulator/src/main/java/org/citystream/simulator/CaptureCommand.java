package org.citystream.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.UsageCheck;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.simulator.capture.Capture;
import org.citystream.simulator.capture.MqttListener;
import org.citystream.simulator.kafka.ReadingTopics;
import org.citystream.simulator.kafka.SensorRegistry;
import org.citystream.simulator.publish.MqttSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code capture}: a live topic as a recording. */
@Command(
        name = "capture",
        sortOptions = false,
        description = {
            "Writes live readings down as a recording in the neutral format (docs/recordings.md), until Ctrl-C or for",
            "a duration: what a deployment has accepted (Kafka), or what sensors say in the native format (MQTT)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./city capture my-recording --duration PT10M",
            "  ./city capture all-so-far --history --duration PT0S",
            "  ./city capture from-the-street --source mqtt --mqtt-url ssl://broker.example:8883 --without-registry"
        })
final class CaptureCommand implements Callable<Integer> {
    private static final Duration FINISHING = Duration.ofSeconds(5);

    /** Where to listen. */
    enum Origin {
        KAFKA,
        MQTT
    }

    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder for the recording; one that is there is never overwritten.")
    private Path directory = Path.of("");

    @Option(
            names = "--source",
            paramLabel = "kafka|mqtt",
            defaultValue = "kafka",
            description = "What to listen to (default: ${DEFAULT-VALUE}).")
    private Origin origin = Origin.KAFKA;

    @Option(names = "--history", description = "Kafka: begin with what stands there already.")
    private boolean history;

    @Option(names = "--duration", paramLabel = "DURATION", description = "End after so long (default: at Ctrl-C).")
    private @Nullable Duration duration;

    @Option(
            names = "--without-registry",
            description = "Do not ask Kafka for the sensors' places: the recording has no sensors.geojson.")
    private boolean withoutRegistry;

    @Mixin
    private UsageCheck check = new UsageCheck();

    @Mixin
    private MqttSettings mqtt = new MqttSettings();

    @Mixin
    private KafkaSettings kafka = new KafkaSettings();

    CaptureCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, ConfigurationException {
        mqtt.check();
        kafka.check();
        if (history && origin == Origin.MQTT) {
            throw new ConfigurationException(List.of("--history is for --source kafka: an MQTT broker keeps none"));
        }
        if (check.isWanted()) {
            return 0;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::finish, "finish"));
        try (Capture capture = new Capture(directory)) {
            listen(capture);
            int described = withoutRegistry ? 0 : capture.describe(SensorRegistry.read(kafka));
            command()
                    .commandLine()
                    .getOut()
                    .printf(
                            "%d readings of %d sensors (%d with a place) in %s; %d messages were no readings%n",
                            capture.readings(),
                            capture.sensors(),
                            described,
                            directory.toAbsolutePath().normalize(),
                            capture.unreadable());
            command().commandLine().getOut().flush();
        } finally {
            written.countDown();
        }
        return 0;
    }

    private void listen(Capture capture) throws InterruptedException {
        Instant begin = clock.instant();
        Instant end = duration == null ? Instant.MAX : begin.plus(duration);
        BooleanSupplier goesOn = () -> stopped.getCount() > 0 && clock.instant().isBefore(end);
        if (origin == Origin.MQTT) {
            MqttListener.listen(mqtt, capture, goesOn);
        } else {
            ReadingTopics.read(kafka, history ? null : begin, goesOn, capture::reading);
        }
    }

    /** No more is listened to. */
    void stop() {
        stopped.countDown();
    }

    /** What was heard is still written when the process is told to stop. */
    private void finish() {
        stop();
        try {
            written.await(FINISHING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}

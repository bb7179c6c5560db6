package org.citystream.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.citystream.model.place.SensorKind;
import org.citystream.recordings.Recording;
import org.citystream.recordings.RecordingException;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.simulator.capture.Capture;
import org.citystream.simulator.kafka.DeploymentClock;
import org.citystream.simulator.kafka.KafkaReadiness;
import org.citystream.simulator.kafka.ReadingTopics;
import org.citystream.simulator.kafka.SensorRegistry;
import org.citystream.simulator.publish.Pace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code replay}. After its end it stays, so that its progress can be asked for. */
final class ReplayService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayService.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Long enough to close what is open: minutes for traffic, hours for air. */
    private static final Duration TRAFFIC_RUN_ON = Duration.ofMinutes(10);

    private static final Duration AIR_RUN_ON = Duration.ofHours(3);

    private final Management management;
    private final Source source;
    private final StateKeeper keeper;

    private ReplayService(Management management, Source source, StateKeeper keeper) {
        this.management = management;
        this.source = source;
        this.keeper = keeper;
    }

    static ReplayService start(ReplayConfig config, Clock wall) throws InterruptedException, ConfigurationException {
        config.check();
        if (config.sourceKafka != null) {
            fetch(config.folder(), config.kafka.at(config.sourceKafka));
        }
        Recording whole = whole(config);
        describe(whole);
        Management management = new Management("replay", config.management);
        try {
            KafkaReadiness.await(config.kafka, PATIENCE);
            Optional<Instant> clock = DeploymentClock.read(config.kafka);
            StateFile<ReplayState> file = new StateFile<>(config.dataDir, "replay.json", ReplayState.class);
            String identity = identity(whole);
            Optional<ReplayState> before =
                    file.read().filter(state -> state.recording().equals(identity));
            Source.Programme programme = programme(config, whole, clock, before, wall);
            int registered = SensorRegistry.register(config.kafka, whole.sensors(), clock.orElse(null));
            LOG.info(
                    "{} sensors registered, {} of them new or changed",
                    whole.sensors().size(),
                    registered);
            Source source = Source.start(programme, config.mqtt, config.publish.openLedger(wall.instant()));
            management.show(source.meter());
            StateKeeper keeper = StateKeeper.start(() -> file.write(new ReplayState(
                    identity, acknowledgedTo(source), source.meter().isFinished())));
            return new ReplayService(management, source, keeper);
        } catch (InterruptedException | RuntimeException e) {
            management.close();
            throw e;
        }
    }

    /** Once: a replay that goes on goes on with what it began with. */
    private static void fetch(Path folder, KafkaSettings source) {
        if (Files.isDirectory(folder)) {
            LOG.info("{} is there already: playing that", folder);
            return;
        }
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Path growing = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "from-kafka-");
            try (Capture capture = new Capture(growing)) {
                ReadingTopics.read(source, null, () -> false, capture::reading);
                capture.describe(SensorRegistry.read(source));
                LOG.info("{} readings of {} sensors taken from Kafka", capture.readings(), capture.sensors());
            }
            Files.move(growing, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
    }

    private static @Nullable Instant acknowledgedTo(Source source) {
        Instant clock = source.acknowledgedTo();
        return clock == null ? null : clock.minusMillis(1);
    }

    private static Recording open(ReplayConfig config, @Nullable Instant from) {
        return Recording.open(config.folder(), config.file, config.city, from, config.to);
    }

    private static Recording whole(ReplayConfig config) throws ConfigurationException {
        try {
            return open(config, config.from);
        } catch (IllegalArgumentException | RecordingException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void describe(Recording recording) {
        LOG.info(
                "{}, {}: {} readings of {} sensors from {} to {}; {} rows hold no observation",
                recording.name(),
                recording.fileNames(),
                recording.count(),
                recording.sensors().size(),
                recording.first(),
                recording.last(),
                recording.empty());
        recording.notes().forEach(note -> LOG.info("note: {}", note));
    }

    private static String identity(Recording recording) {
        return recording.name() + "|" + recording.fileNames() + "|" + recording.count() + "|" + recording.first() + "|"
                + recording.last();
    }

    private static Source.Programme programme(
            ReplayConfig config, Recording whole, Optional<Instant> clock, Optional<ReplayState> before, Clock wall) {
        boolean late = clock.isPresent() && clock.get().isAfter(whole.first());
        if (late && before.isEmpty()) {
            throw new IllegalStateException("the deployment's clock stands at " + clock.get()
                    + ", later than the recording's start at " + whole.first()
                    + ", and never runs backwards; give the replay a --data-dir of its own");
        }
        if (late && before.get().finished()) {
            LOG.info("this recording has been played to its end already");
        }
        Recording rest = whole;
        Instant acknowledged = before.map(ReplayState::acknowledgedTo).orElse(null);
        boolean finished = late && before.get().finished();
        if (late && !finished && acknowledged != null && !acknowledged.isAfter(whole.last())) {
            LOG.info("going on at {}", acknowledged);
            rest = open(config, acknowledged.minusSeconds(1));
        }
        Instant start = rest.first();
        Pace pace = Double.isInfinite(config.speed.factor()) || config.publish.load != null
                ? Pace.unlimited(wall)
                : new Pace(start, wall.instant(), config.speed.factor(), wall);
        return new Source.Programme(
                "replay",
                "replay",
                finished ? Collections.emptyIterator() : new RecordedReadings(rest),
                pace,
                finished ? 0 : rest.count(),
                rest.last(),
                whole.has(SensorKind.AIR) ? AIR_RUN_ON : TRAFFIC_RUN_ON,
                clock.orElse(null),
                config.publish.load);
    }

    int port() {
        return management.port();
    }

    Progress progress() {
        return source.meter().progress();
    }

    @Override
    public void close() throws Exception {
        source.close();
        keeper.close();
        management.close();
    }
}

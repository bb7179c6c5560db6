package org.citystream.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.citystream.gateway.clock.ClockKey;
import org.citystream.gateway.clock.ClockSource;
import org.citystream.gateway.clock.DeploymentClock;
import org.citystream.gateway.clock.IntakeContinuity;
import org.citystream.gateway.clock.PublishedTimes;
import org.citystream.gateway.forward.ClockLog;
import org.citystream.gateway.forward.KafkaForwarder;
import org.citystream.gateway.forward.SensorLog;
import org.citystream.gateway.forward.SessionLog;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.gateway.mqtt.MqttIntake;
import org.citystream.gateway.mqtt.MqttSettings;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.health.Health;
import org.citystream.service.health.ManagementServer;
import org.citystream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway, put together. Messages go from the broker through a bounded hand-over to one thread, from there to Kafka,
 * and the acknowledgement goes back when Kafka has them. A Kafka that fails for good ends the connection to the broker
 * unacknowledged; the next connection finds a new producer, and the broker delivers again.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(20);

    private final GatewayConfig config;
    private final DeploymentClock clock;
    private final IntakeContinuity continuity;
    private final GatewayMetrics metrics;
    private final KafkaForwarder forwarder;
    private final IngestLoop loop;
    private final Intakes intakes;
    private final SensorLog sensors;
    private final ManagementServer management;
    private final Thread loopThread;
    private final InstantSource wall;
    private final Sessions sessions = new Sessions(this::sessionLost);
    private volatile @Nullable SessionLog sessionLog;
    private volatile String preparing = "has not started";

    private Gateway(GatewayConfig config, InstantSource wall, Runnable whenBroken) throws ConfigurationException {
        this.config = config;
        this.wall = wall;
        List<MqttSettings> lines = config.sessions();
        MqttSettings mqtt = lines.get(0);
        String id = config.gatewayId();
        PrometheusMeterRegistry meters = Metrics.registry();
        metrics = new GatewayMetrics(meters);
        clock = new DeploymentClock(config.clockSource(), wall);
        continuity = new IntakeContinuity(HexFormat.of().formatHex(SecureRandom.getSeed(8)));
        sensors = new SensorLog(config.kafka(), wall);
        forwarder = KafkaForwarder.to(config.kafka(), id, config.kafkaDeliveryTimeout(), wall, this::kafkaFailed);
        Admission admission = new Admission(sensors, config.strictRegistry(), config.rateLimit());
        ReadingPath path = new ReadingPath(config.routes(), admission, forwarder, metrics);
        loop = new IngestLoop(
                2 * mqtt.ringCapacity() * lines.size(),
                mqtt.soundingTopic(),
                new PublishedTimes(new ClockKey(config.clockKey())),
                clock,
                continuity,
                path,
                forwarder,
                metrics,
                wall);
        BrokerDrops drops = new BrokerDrops(config.mqttDroppedTopic(), metrics);
        Predicate<Delivery> handOff = delivery -> drops.take(delivery) || loop.offer(delivery);
        intakes = new Intakes(lines.stream()
                .map(line -> new MqttIntake(line, wall, handOff, new Connections(line.clientId())))
                .toList());
        if (config.isShared()) {
            // A sounding goes to any member of the group, or past the group's queue: it proves nothing.
            continuity.soundingRefused();
        }
        loopThread = new Thread(() -> loop.run(this::prepare, new LoopSide(whenBroken)), "ingest");
        watch();
        management = ManagementServer.start(config.httpHost(), config.httpPort(), health(), meters);
    }

    /**
     * Starts; becomes ready when broker and Kafka are there.
     *
     * @param whenBroken called once if nothing more can be taken in, whatever comes; must return at once
     */
    public static Gateway start(GatewayConfig config, InstantSource wall, Runnable whenBroken)
            throws ConfigurationException {
        Gateway gateway = new Gateway(config, wall, whenBroken);
        gateway.loopThread.start();
        gateway.intakes.start();
        return gateway;
    }

    private void watch() {
        metrics.watch(intakes);
        metrics.clockSource(config.clockSource() == ClockSource.WALL ? "wall" : "published");
        metrics.gauge("gateway.sensors.registered", "Sensors in the registry", sensors::size);
        metrics.gauge(
                "gateway.intake.behind",
                "1 while intake is interrupted or works off a backlog",
                () -> continuity.isBehind() ? 1 : 0);
        metrics.gauge(
                "gateway.clock.seconds",
                "The deployment's clock, seconds since 1970",
                () -> clock.now().map(now -> now.toEpochMilli() / 1000.0).orElse(Double.NaN));
    }

    private Health health() {
        Health health = new Health();
        health.register("mqtt", intakes::problem);
        health.register("kafka", () -> preparing.isEmpty() ? forwarder.problem() : Optional.of(preparing));
        health.register("clock", clock::problem);
        health.register("ingest", loop::problem);
        return health;
    }

    /** On the loop's thread, before the first message: where does the clock stand, which sensors are there? */
    private void prepare() throws InterruptedException {
        ClockLog log = ClockLog.await(config.kafka(), this::notPrepared);
        log.newest().ifPresent(clock::resume);
        log.state().ifPresent(clock::resume);
        log.newest().ifPresent(newest -> LOG.info("the clock stood at {}", newest));
        SessionLog earlier = SessionLog.await(config.kafka(), this::notPrepared);
        sessions.recall(earlier.earlier());
        sessionLog = earlier;
        rememberSessions();
        while (!sensors.awaitCaughtUp(REGISTRY_PATIENCE)) {
            notPrepared("the sensor registry has not been read yet");
        }
        preparing = "";
    }

    private void notPrepared(String problem) {
        preparing = problem;
        LOG.warn("{}", problem);
    }

    private void rememberSessions() {
        SessionLog log = sessionLog;
        if (log != null) {
            Set<String> taken = sessions.takeNew();
            if (!taken.isEmpty()) {
                log.remember(taken, wall.instant());
            }
        }
    }

    private void sessionLost(String clientId) {
        metrics.sessionLost();
        continuity.interrupted();
        LOG.error(
                "the broker has lost the session of {}: what was published meanwhile is lost to it. Make the broker keep"
                        + " sessions on disk",
                clientId);
    }

    private void kafkaFailed(String reason) {
        intakes.giveUp(reason);
    }

    /** The management server's port. */
    public int httpPort() {
        return management.port();
    }

    /**
     * Drains: takes nothing more in, waits for what is under way, acknowledges it and leaves, keeping the session. What
     * is not stored in time is not acknowledged and will be delivered again.
     */
    @Override
    public void close() throws InterruptedException {
        intakes.stopTaking();
        loop.stop();
        if (!preparing.isEmpty()) {
            loopThread.interrupt();
        }
        loopThread.join(config.drainTimeout().toMillis());
        forwarder.drain(config.drainTimeout());
        forwarder.close();
        intakes.close();
        sensors.close();
        SessionLog log = sessionLog;
        if (log != null) {
            log.close();
        }
        management.close();
    }

    /** What the loop may do to the intake. */
    private final class LoopSide implements IngestLoop.Intake {
        private final Runnable whenBroken;

        private LoopSide(Runnable whenBroken) {
            this.whenBroken = whenBroken;
        }

        @Override
        public int inFlight() {
            return intakes.inFlight();
        }

        @Override
        public void listenForClock(boolean on) {
            intakes.probe(on ? PublishedTimes.TOPIC : null);
        }

        @Override
        public void giveUp(String reason) {
            intakes.giveUp(reason);
        }

        @Override
        public void broken() {
            whenBroken.run();
        }
    }

    /** What connections to the broker mean to everybody else. */
    private final class Connections implements MqttIntake.Listener {
        private final String clientId;

        private Connections(String clientId) {
            this.clientId = clientId;
        }

        @Override
        public void connecting() {
            forwarder.mend();
        }

        @Override
        public void connected(boolean sessionPresent) {
            metrics.connected();
            sessions.connected(clientId, sessionPresent);
            rememberSessions();
        }

        @Override
        public void lost(String reason) {
            metrics.connectionLost();
            continuity.disconnected();
        }

        @Override
        public String sounding(Instant sentAt) {
            return continuity.sound(sentAt);
        }

        @Override
        public void soundingRefused() {
            if (!continuity.isSoundingRefused()) {
                LOG.warn("the broker does not let this gateway publish to its own sounding topic; backlogs are judged"
                        + " by quiet seconds only");
                continuity.soundingRefused();
            }
        }
    }
}

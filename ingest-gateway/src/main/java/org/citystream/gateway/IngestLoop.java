package org.citystream.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.citystream.gateway.clock.ClockKey;
import org.citystream.gateway.clock.DeploymentClock;
import org.citystream.gateway.clock.IntakeContinuity;
import org.citystream.gateway.clock.PublishedTimes;
import org.citystream.gateway.forward.KafkaForwarder;
import org.citystream.gateway.mqtt.Delivery;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that stamps, forwards and ticks: its order of doing is the order in Kafka, so a tick stands behind the
 * readings stamped before it, and no reading bears an earlier clock than a tick before it.
 *
 * <p>Readings that come before there is any clock are parked, unacknowledged; the broker keeps the rest. The clock they
 * wait for may be stuck behind them in the broker's queue, so it is then also listened for on a connection beside it.
 */
final class IngestLoop {
    private static final Logger LOG = LoggerFactory.getLogger(IngestLoop.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long NAP_MILLIS = 50;

    /** What the loop needs to know of, and ask from, the MQTT side. */
    interface Intake {
        int inFlight();

        /** Listen to the announced clock past the session's queue, or no longer. */
        void listenForClock(boolean on);

        void giveUp(String reason);

        /** Nothing more is taken in, for good. */
        void broken();
    }

    /** What must be done before the first message, such as learning where the clock stands. */
    @FunctionalInterface
    interface Preparation {
        void run() throws InterruptedException;
    }

    private final BlockingQueue<Delivery> handedOver;
    private final String soundingTopic;
    private final PublishedTimes times;
    private final DeploymentClock clock;
    private final IntakeContinuity continuity;
    private final ReadingPath path;
    private final KafkaForwarder forwarder;
    private final GatewayMetrics metrics;
    private final InstantSource wall;
    private final Deque<Delivery> parked = new ArrayDeque<>();
    private Instant nextTick = Instant.EPOCH;
    private boolean listening;
    private boolean behind = true;
    private volatile boolean stopping;
    private volatile @Nullable String problem;

    IngestLoop(
            int capacity,
            String soundingTopic,
            PublishedTimes times,
            DeploymentClock clock,
            IntakeContinuity continuity,
            ReadingPath path,
            KafkaForwarder forwarder,
            GatewayMetrics metrics,
            InstantSource wall) {
        this.handedOver = new ArrayBlockingQueue<>(capacity);
        this.soundingTopic = soundingTopic;
        this.times = times;
        this.clock = clock;
        this.continuity = continuity;
        this.path = path;
        this.forwarder = forwarder;
        this.metrics = metrics;
        this.wall = wall;
    }

    /** Takes a message over; returns at once, false when there is no room. Called in PUBLISH order. */
    boolean offer(Delivery delivery) {
        return handedOver.offer(delivery);
    }

    /**
     * Runs until stopped and all that was handed over has been dealt with. What nobody has foreseen ends it, and says so:
     * a process that takes nothing in must not look well.
     */
    void run(Preparation preparation, Intake intake) {
        try {
            preparation.run();
            while (!stopping || !handedOver.isEmpty()) {
                turn(intake);
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped before anything was taken in");
        } catch (Throwable e) {
            problem = "intake has ended: " + e;
            LOG.error("intake has ended", e);
            intake.broken();
        }
    }

    /** Why nothing is taken in any more. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** One message, if there is one, and the tick, if it is due. */
    void turn(Intake intake) throws InterruptedException {
        Delivery delivery = handedOver.poll(NAP_MILLIS, TimeUnit.MILLISECONDS);
        if (delivery != null && !delivery.isStale()) {
            handle(delivery);
        }
        forwarder.handleRefused();
        Instant now = wall.instant();
        if (!now.isBefore(nextTick) || nextTick.isAfter(now.plus(TICK))) {
            nextTick = now.plus(TICK);
            tick(now, intake);
        }
    }

    /** The current message is dealt with to its end; those behind it too. */
    void stop() {
        stopping = true;
    }

    private void handle(Delivery delivery) {
        metrics.received();
        if (delivery.topic().equals(soundingTopic)) {
            sounded(delivery);
        } else if (delivery.topic().equals(PublishedTimes.TOPIC)) {
            announced(delivery);
        } else {
            reading(delivery);
        }
    }

    private void sounded(Delivery delivery) {
        String payload = new String(delivery.payload(), StandardCharsets.UTF_8);
        continuity.returned(payload, wall.instant(), clock.now().orElse(null)).ifPresent(metrics::intakeDelay);
        noteBacklog();
        delivery.acknowledge();
    }

    private void announced(Delivery delivery) {
        Optional<ClockState> state = times.announcement(delivery.payload(), delivery.userProperty(ClockKey.PROPERTY));
        if (state.isPresent()) {
            clock.announced(state.get());
            releaseParked();
        } else {
            metrics.clockIgnored();
        }
        delivery.acknowledge();
    }

    private void reading(Delivery delivery) {
        Instant claimed = claimed(delivery);
        Optional<Instant> stamp = clock.stamp(claimed);
        if (stamp.isEmpty()) {
            parked.add(delivery);
            return;
        }
        if (!parked.isEmpty()) {
            releaseParked();
            stamp = clock.stamp(claimed);
        }
        path.handle(delivery, stamp.orElseThrow(), clock.futureTolerance());
    }

    private @Nullable Instant claimed(Delivery delivery) {
        String clockAt = delivery.userProperty(PublishedTimes.CLOCK_AT);
        if (clockAt == null) {
            return null;
        }
        Optional<Instant> claimed = times.claimed(clockAt, delivery.userProperty(ClockKey.PROPERTY));
        if (claimed.isEmpty()) {
            metrics.clockIgnored();
        }
        return claimed.orElse(null);
    }

    /** What waited for the first clock gets the clock as it stands: nothing must run ahead of readings on their way. */
    private void releaseParked() {
        Optional<Instant> stamp = clock.now();
        if (stamp.isEmpty()) {
            return;
        }
        for (Delivery delivery = parked.poll(); delivery != null; delivery = parked.poll()) {
            if (!delivery.isStale()) {
                path.handle(delivery, stamp.get(), clock.futureTolerance());
            }
        }
    }

    private void tick(Instant wallNow, Intake intake) {
        forwarder.problemBreakingTheLine().ifPresent(intake::giveUp);
        parked.removeIf(Delivery::isStale);
        listen(!parked.isEmpty(), intake);
        Optional<Instant> clockNow = clock.now();
        continuity.second(wallNow, clockNow.orElse(null), intake.inFlight() == 0);
        noteBacklog();
        if (clockNow.isPresent()) {
            Instant since = continuity.since(clockNow.get());
            forwarder.tick(
                    new ClockTick(clockNow.get(), since),
                    new ClockState(clockNow.get(), clock.speed(), since, clock.sourceName()));
        }
    }

    private void noteBacklog() {
        boolean isBehind = continuity.isBehind();
        if (behind && !isBehind) {
            clock.backlogWorkedOff();
        }
        behind = isBehind;
    }

    private void listen(boolean on, Intake intake) {
        if (on != listening) {
            listening = on;
            intake.listenForClock(on);
        }
    }
}

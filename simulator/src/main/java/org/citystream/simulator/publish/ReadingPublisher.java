package org.citystream.simulator.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.citystream.ledger.Ledger;
import org.citystream.ledger.PayloadHash;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes readings over several connections and loses none of them. Readings must come in order of {@code sentAt}; one
 * goes out only when everything sent {@link #SPREAD} of clock before it is acknowledged, so that the order at the gateway
 * never departs from the order of the clock by more, although connections are independent of each other.
 */
public final class ReadingPublisher implements AutoCloseable {
    /** Well below the minute after which the jobs close a pane. */
    static final Duration SPREAD = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(ReadingPublisher.class);
    private static final long TEND_MILLIS = 50;
    private static final long HINT_NANOS = 10_000_000_000L;
    private static final int CLOSED_AT_A_TIME = 50;

    private final MqttSettings settings;
    private final @Nullable Ledger ledger;
    private final Map<String, MqttLine> lines = new ConcurrentSkipListMap<>();
    private final InFlight inFlight = new InFlight();
    private final @Nullable String clockKey;
    private final @Nullable Instant clockStand;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong troubles = new AtomicLong();
    private volatile String lastTrouble = "";
    private long hintAfterNanos;

    /**
     * @param clockStand the deployment's clock at the start, which stamps of repeated readings do not go behind
     * @param ledger told of every reading and its outcome, and closed with this; null: none is kept
     */
    public ReadingPublisher(MqttSettings settings, @Nullable Instant clockStand, @Nullable Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
        this.clockKey = settings.clockKey();
        this.clockStand = clockStand;
        for (int i = 0; i < settings.connections() && !settings.connectionPerSensor(); i++) {
            line(Integer.toString(i));
        }
    }

    private MqttLine line(String name) {
        return lines.computeIfAbsent(
                name,
                key -> new MqttLine(
                        settings, settings.clientId() + "-" + key, settings.waitForSubscriber(), this::note));
    }

    /** All readings of a sensor go over one line, so that they keep their order. */
    private MqttLine lineOf(String sensorId) {
        return line(
                settings.connectionPerSensor()
                        ? sensorId
                        : Integer.toString(Math.floorMod(sensorId.hashCode(), settings.connections())));
    }

    private void note(String trouble) {
        troubles.incrementAndGet();
        if (!trouble.equals(lastTrouble)) {
            LOG.warn("{}", trouble);
        }
        lastTrouble = trouble;
    }

    /** Hands a reading to the broker; blocks while flow control or the order of the clock demands it. */
    public void publish(Outgoing reading) throws InterruptedException {
        awaitOrder(reading.sentAt());
        inFlight.add(reading.sentAt());
        published.incrementAndGet();
        long number = ledger == null
                ? 0
                : ledger.sent(reading.id(), PayloadHash.of(reading.payload()), reading.nativeFormat());
        lineOf(reading.sensorId())
                .send(new MqttLine.Dispatch(
                        reading.topic(),
                        reading.payload(),
                        settings.qos(),
                        false,
                        stamp(reading.sentAt()),
                        () -> repeated(number),
                        () -> settled(number, reading.sentAt())));
    }

    private void repeated(long number) {
        if (ledger != null) {
            ledger.repeated(number);
        }
    }

    private void settled(long number, Instant sentAt) {
        acknowledged.incrementAndGet();
        inFlight.remove(sentAt);
        if (ledger == null) {
            return;
        }
        if (settings.qos() == 0) {
            ledger.indefinite(number);
        } else {
            ledger.acknowledged(number);
        }
    }

    private void awaitOrder(Instant sentAt) throws InterruptedException {
        while (inFlight.oldest()
                .map(oldest -> sentAt.isAfter(oldest.plus(SPREAD)))
                .orElse(false)) {
            tend();
            inFlight.awaitChange(TEND_MILLIS);
        }
    }

    private List<UserProperty> stamp(Instant sentAt) {
        if (clockKey == null) {
            return List.of();
        }
        Instant clockAt = clockStand != null && clockStand.isAfter(sentAt) ? clockStand : sentAt;
        return List.of(new UserProperty("clock-at", clockAt.toString()), new UserProperty("clock-key", clockKey));
    }

    /** Keeps connections alive and repeats what must be; to be called while nothing is published. */
    public void tend() throws InterruptedException {
        for (MqttLine line : lines.values()) {
            line.tend();
        }
        if (ledger != null) {
            ledger.flush();
        }
        if (isUnheard() && System.nanoTime() - hintAfterNanos >= 0) {
            hintAfterNanos = System.nanoTime() + HINT_NANOS;
            LOG.info("waiting until the gateway subscribes: nobody listens to the readings yet");
        }
    }

    /** Waits until everything is acknowledged; false if it takes longer. */
    public boolean flush(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (inFlight.oldest().isPresent()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            tend();
            inFlight.awaitChange(TEND_MILLIS);
        }
        return true;
    }

    /** Send time of the oldest reading that is not acknowledged. */
    public Optional<Instant> oldestUnacknowledged() {
        return inFlight.oldest();
    }

    public long published() {
        return published.get();
    }

    public long acknowledged() {
        return acknowledged.get();
    }

    /** Readings handed over and not yet acknowledged. */
    public long inFlight() {
        return published.get() - acknowledged.get();
    }

    /** Lost connections and refusals so far; none of them loses a reading. */
    public long troubles() {
        return troubles.get();
    }

    /** Why readings do not get through at the moment. */
    public Optional<String> problem() {
        if (!lines.values().stream().allMatch(MqttLine::isConnected)) {
            return Optional.of("no connection to the MQTT broker");
        }
        Optional<String> refusal =
                lines.values().stream().flatMap(line -> line.refusal().stream()).findFirst();
        return refusal.isEmpty() && isUnheard() ? Optional.of("nobody subscribes to the readings yet") : refusal;
    }

    private boolean isUnheard() {
        return lines.values().stream().anyMatch(line -> line.waiting() > 0);
    }

    @Override
    public void close() {
        try {
            // Thousands of connections may take longer to close than whoever stops this process waits.
            if (ledger != null) {
                ledger.flush();
            }
        } finally {
            closeLines();
            if (ledger != null) {
                ledger.close();
            }
        }
    }

    /** A Paho client takes a tenth of a second and more to leave; of thousands none waits for all others. */
    private void closeLines() {
        ExecutorService closing = Executors.newFixedThreadPool(CLOSED_AT_A_TIME);
        lines.values().forEach(line -> closing.execute(line::close));
        closing.shutdown();
        try {
            if (!closing.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("some connections to the MQTT broker did not close in order");
                closing.shutdownNow();
            }
        } catch (InterruptedException e) {
            closing.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package org.citystream.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.decode.RejectReason;
import org.citystream.model.place.SensorKind;

/** What the gateway counts. Received = readings forwarded + rejected + control messages + in flight, plus repeats. */
final class GatewayMetrics {
    private static final long NOT_TOLD = -1;

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter sessionLosses;
    private final Counter connectionLosses;
    private final Counter connections;
    private final Counter clockIgnored;
    private final DistributionSummary intakeDelay;
    private final AtomicLong brokerDropped = new AtomicLong(NOT_TOLD);
    private final Map<SensorKind, Counter> forwarded = new EnumMap<>(SensorKind.class);
    private final Map<SensorKind, DistributionSummary> lag = new EnumMap<>(SensorKind.class);
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        received = counter("gateway.received", "Messages taken from the broker, repeats included");
        sessionLosses = counter("gateway.session.losses", "Times the broker had forgotten our session");
        connectionLosses = counter("gateway.connection.losses", "Times a connection to the broker ended");
        connections = counter("gateway.connections", "Connections made to the broker; reconnects are one fewer");
        clockIgnored = counter("gateway.clock.ignored", "Published times from somebody we do not trust");
        intakeDelay = DistributionSummary.builder("gateway.intake.delay")
                .description("Time a message spends in the broker's queue for this gateway")
                .baseUnit("seconds")
                .register(registry);
        for (SensorKind kind : SensorKind.values()) {
            forwarded.put(
                    kind,
                    Counter.builder("gateway.forwarded")
                            .description("Readings that Kafka has stored")
                            .tag("kind", kind.wireName())
                            .register(registry));
            lag.put(
                    kind,
                    DistributionSummary.builder("gateway.event.time.lag")
                            .description("Clock at arrival minus time of observation")
                            .baseUnit("seconds")
                            .tag("kind", kind.wireName())
                            .register(registry));
        }
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(
                    reason,
                    Counter.builder("gateway.rejected")
                            .description("Readings not taken; their messages are in the dead-letter topic")
                            .tag("reason", reason.code())
                            .register(registry));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Figures that the intake keeps itself. */
    void watch(Intakes intakes) {
        FunctionCounter.builder("gateway.acknowledged", intakes, Intakes::acknowledged)
                .description("Messages acknowledged to the broker")
                .register(registry);
        FunctionCounter.builder("gateway.acknowledgements.stale", intakes, Intakes::staleAcknowledgements)
                .description("Messages that became safe after their connection had ended, and come again")
                .register(registry);
        gauge("gateway.in.flight", "Messages taken in and not acknowledged", intakes, Intakes::inFlight);
        gauge(
                "gateway.oldest.unacknowledged.seconds",
                "Age of the oldest of them",
                intakes,
                i -> i.oldestUnacknowledgedAge().toMillis() / 1000.0);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).register(registry);
    }

    /** Any other figure that is read when asked for. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** 1 under the source in use. */
    void clockSource(String source) {
        Gauge.builder("gateway.clock.source", () -> 1)
                .description("Where the clock comes from")
                .tag("source", source)
                .strongReference(true)
                .register(registry);
    }

    void received() {
        received.increment();
    }

    void forwarded(Reading reading, Duration behindClock) {
        of(forwarded, reading.kind()).increment();
        of(lag, reading.kind()).record(behindClock.toMillis() / 1000.0);
    }

    void rejected(RejectReason reason, int readings) {
        of(rejected, reason).increment(readings);
    }

    void connected() {
        connections.increment();
    }

    void connectionLost() {
        connectionLosses.increment();
    }

    void sessionLost() {
        sessionLosses.increment();
    }

    /** As many as the broker says it has dropped since it started; until it has said so there is no such figure. */
    void brokerDropped(long count) {
        if (brokerDropped.getAndSet(count) == NOT_TOLD) {
            FunctionCounter.builder("gateway.broker.dropped", brokerDropped, AtomicLong::get)
                    .description("Messages the broker says it has dropped since it started, whomever they were for")
                    .register(registry);
        }
    }

    void clockIgnored() {
        clockIgnored.increment();
    }

    void intakeDelay(Duration delay) {
        intakeDelay.record(delay.toMillis() / 1000.0);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("no metric for " + key);
        }
        return value;
    }
}

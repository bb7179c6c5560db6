package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.citystream.embedded.TcpProxy;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the gateway promises (G1 to G8 of docs/gateway.md), with a real broker behind a line that breaks and a real Kafka
 * that stands still or dies. What is told exactly, packet by packet, is in {@code WireTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NoLossContract {
    private static final int RATE = 1_000;
    private static final int RECEIVE_MAXIMUM = 100;
    /** However much more than that a broker sends. */
    private static final int MOST_IN_FLIGHT = 1_024;
    /** How often a gateway is stopped under load. */
    private static final int STOPS = Integer.getInteger("gateway.stops", 2);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    /** Where it is what finds the fault. */
    private static final Duration SHORT_KEEP_ALIVE = Duration.ofSeconds(1);

    private static final Duration RESUBSCRIBED_WITHIN = Duration.ofSeconds(5);

    private City city;
    private TcpProxy line;
    private String name;

    abstract Broker broker(Path directory);

    @BeforeAll
    void open(@TempDir Path directory) {
        city = new City(directory, broker(directory.resolve("mqtt")));
    }

    @AfterAll
    void close() {
        city.close();
    }

    @BeforeEach
    void layLine(TestInfo test) {
        line = TcpProxy.to(city.broker().port());
        name = test.getDisplayName().replaceAll("[^A-Za-z0-9]", "");
    }

    @AfterEach
    void mendEverything() throws Exception {
        city.kafka().resume();
        line.close();
        // Else the broker keeps all messages of the tests to come for it.
        Publisher.endSession(city.mqttUrl(), name);
    }

    private Gateway gateway(String... more) throws Exception {
        return gateway(KEEP_ALIVE, more);
    }

    private Gateway gateway(Duration keepAlive, String... more) throws Exception {
        String[] settings = {
            "--mqtt-url=tcp://127.0.0.1:" + line.port(),
            "--mqtt-client-id=" + name,
            "--mqtt-receive-maximum=" + RECEIVE_MAXIMUM,
            "--mqtt-keep-alive=" + keepAlive
        };
        String[] all = java.util.Arrays.copyOf(settings, settings.length + more.length);
        System.arraycopy(more, 0, all, settings.length, more.length);
        Gateway gateway = city.gateway(all);
        try {
            Probe.of(gateway).awaitReady();
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    private Fleet fleet() {
        return Fleet.start(city.mqttUrl(), name, RATE);
    }

    private static void assertBounded(Probe probe) {
        assertThat(probe.metric("gateway_in_flight")).isLessThanOrEqualTo(MOST_IN_FLIGHT);
    }

    @Test
    void g1NothingIsAcknowledgedBeforeKafkaHasIt() throws Exception {
        try (Gateway gateway = gateway();
                Arrivals arrivals = new Arrivals(city, name)) {
            Probe probe = Probe.of(gateway);
            city.kafka().pause();
            try (Fleet fleet = fleet()) {
                await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_in_flight") > 0);
                double acknowledged = probe.metric("gateway_acknowledged_total");
                fleet.awaitAcknowledged(RATE);
                assertThat(probe.metric("gateway_acknowledged_total")).isEqualTo(acknowledged);
                assertBounded(probe);
                city.kafka().resume();
                long count = fleet.settle();
                arrivals.await(count).assertNothingLost(count);
            }
        }
    }

    @Test
    void g3KafkaThatFailsForGoodEndsTheConnectionUnacknowledgedAndAllComesAgain() throws Exception {
        try (Gateway gateway = gateway("--kafka-delivery-timeout=PT2S");
                Fleet fleet = fleet()) {
            Probe probe = Probe.of(gateway);
            fleet.awaitAcknowledged(RATE / 2);
            city.kafka().pause();
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_connection_losses_total") > 0);
            await().atMost(Probe.PATIENCE).until(() -> probe.health().contains("Kafka did not take"));
            city.kafka().resume();
            probe.awaitReady();
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, name)) {
                arrivals.await(count).assertNothingLost(count);
            }
        }
    }

    @Test
    void g4WhatBecomesSafeAfterItsConnectionIsGoneIsNotAcknowledgedOverTheNext() throws Exception {
        try (Gateway gateway = gateway();
                Fleet fleet = fleet()) {
            Probe probe = Probe.of(gateway);
            // A producer that has not yet heard of its topics asks for them first, and what waits behind that is
            // dropped
            // with its connection before Kafka ever sees it: nothing would become safe too late.
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_forwarded_total") > RATE / 5);
            city.kafka().pause();
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_oldest_unacknowledged_seconds") > 0.5);
            line.cut();
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_connections_total") >= 2);
            city.kafka().resume();
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_acknowledgements_stale_total") > 0);
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, name)) {
                arrivals.await(count).assertNothingLost(count);
            }
        }
    }

    /** What a line can do to those who rely on it. */
    enum Fault {
        CUT(TcpProxy::cut),
        RESET(TcpProxy::reset),
        SLOW(line -> line.delay(Duration.ofMillis(100))),
        /** 1 Mbit a second and 200 ms, more or less. */
        NARROW(line -> {
            line.delay(Duration.ofMillis(200), Duration.ofMillis(100));
            line.narrow(125_000);
        }),
        DEAF(line -> line.hold(TcpProxy.Direction.TO_CLIENT)),
        DUMB(line -> line.hold(TcpProxy.Direction.TO_SERVER)),
        DEAD(line -> line.hold(TcpProxy.Direction.values())),
        HALF_OPEN(TcpProxy::halfOpen);

        private final Consumer<TcpProxy> strike;

        Fault(Consumer<TcpProxy> strike) {
            this.strike = strike;
        }

        /** Whether a connection lives through it. */
        private boolean isBearable() {
            return this == SLOW || this == NARROW;
        }
    }

    /** Those to be tried. */
    Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void brokenLineLosesNothing(Fault fault) throws Exception {
        try (Gateway gateway = gateway(SHORT_KEEP_ALIVE);
                Fleet fleet = fleet()) {
            Probe probe = Probe.of(gateway);
            fleet.awaitAcknowledged(RATE / 2);
            fault.strike.accept(line);
            if (fault.isBearable()) {
                fleet.awaitAcknowledged(2 * RATE);
            } else {
                await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_connection_losses_total") > 0);
            }
            line.heal();
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, name)) {
                arrivals.await(count).assertNothingLost(count);
            }
            probe.awaitReady();
        }
    }

    @Test
    void g6ConnectionLivesWhileKafkaStandsStill() throws Exception {
        try (Gateway gateway = gateway();
                Fleet fleet = fleet()) {
            Probe probe = Probe.of(gateway);
            fleet.awaitAcknowledged(RATE / 2);
            city.kafka().pause();
            await().during(Duration.ofSeconds(7))
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> probe.metric("gateway_connection_losses_total") == 0);
            assertBounded(probe);
            city.kafka().resume();
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, name)) {
                arrivals.await(count).assertNothingLost(count);
            }
        }
    }

    @Test
    void g7LostSessionIsNoticedCountedAndSubscribedAgain() throws Exception {
        try (Gateway gateway = gateway()) {
            Probe probe = Probe.of(gateway);
            city.broker().restartWithoutMemory();
            long back = System.nanoTime();
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_session_losses_total") == 1);
            probe.awaitReady();
            assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(RESUBSCRIBED_WITHIN);
            try (Fleet fleet = fleet()) {
                fleet.awaitAcknowledged(RATE / 10);
                long count = fleet.settle();
                try (Arrivals arrivals = new Arrivals(city, name)) {
                    arrivals.await(count).assertNothingLost(count);
                }
            }
        }
    }

    @Test
    void g7SessionLostWhileTheGatewayWasAwayTooIsNoticed() throws Exception {
        try (Gateway gateway = gateway()) {
            assertThat(Probe.of(gateway).metric("gateway_session_losses_total")).isZero();
            await().atMost(Probe.PATIENCE)
                    .until(() -> city.records(Topics.GATEWAY_SESSIONS).stream().anyMatch(r -> name.equals(r.key())));
        }
        try (Gateway again = gateway()) {
            assertThat(Probe.of(again).metric("gateway_session_losses_total"))
                    .as("the broker still has it")
                    .isZero();
        }
        city.broker().restartWithoutMemory();
        try (Gateway afterwards = gateway()) {
            assertThat(Probe.of(afterwards).metric("gateway_session_losses_total"))
                    .isEqualTo(1);
        }
    }

    @Test
    void g8StopUnderLoadLosesNothingAndRepeatsLittle() throws Exception {
        Gateway gateway = gateway();
        try (Fleet fleet = fleet()) {
            for (int i = 1; i <= STOPS; i++) {
                Probe probe = Probe.of(gateway);
                await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_forwarded_total") > RATE / 5);
                gateway.close();
                gateway = gateway();
            }
            long count = fleet.settle();
            try (Arrivals arrivals = new Arrivals(city, name)) {
                arrivals.await(count).assertNothingLost(count);
                assertThat(arrivals.duplicates()).isLessThanOrEqualTo((long) STOPS * RECEIVE_MAXIMUM);
            }
        } finally {
            gateway.close();
        }
    }
}

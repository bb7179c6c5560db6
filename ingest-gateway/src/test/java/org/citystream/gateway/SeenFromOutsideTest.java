package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.citystream.embedded.TcpProxy;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What metrics and readiness tell of a gateway, one thing after the other. */
class SeenFromOutsideTest {
    @TempDir
    static Path directory;

    static City city;

    @BeforeAll
    static void open() {
        city = new City(directory, Broker.mosquitto(directory.resolve("mqtt")));
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @AfterEach
    void mend() {
        city.kafka().resume();
    }

    private static String clientId(TestInfo test) {
        return "--mqtt-client-id=" + test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void everyMessageIsReceivedForwardedOrRejectedAndAcknowledged(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test));
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe probe = Probe.of(gateway);
            probe.awaitReady();
            Instant anHourAgo = Instant.now().minusSeconds(3_600);
            for (int i = 0; i < 40; i++) {
                publisher.publish("city/lindholm/traffic/counted", City.reading("counted", anHourAgo, i));
            }
            publisher.publish("city/lindholm/traffic/counted", "{");
            publisher.publish("city/lindholm/traffic/counted", City.reading("another", anHourAgo, 1));
            publisher.settle();
            await().atMost(Probe.PATIENCE)
                    .until(() -> probe.metric("gateway_forwarded_total", "kind=\"traffic\"") == 40
                            && probe.metric("gateway_rejected_total") == 2
                            && probe.metric("gateway_in_flight") == 0);
            assertThat(probe.metric("gateway_rejected_total", "reason=\"malformed-json\""))
                    .isEqualTo(1);
            assertThat(probe.metric("gateway_rejected_total", "reason=\"identity-mismatch\""))
                    .isEqualTo(1);
            // Soundings are messages too.
            assertThat(probe.metric("gateway_received_total")).isGreaterThanOrEqualTo(42);
            assertThat(probe.metric("gateway_acknowledged_total")).isGreaterThanOrEqualTo(42);
            assertThat(probe.metric("gateway_event_time_lag_seconds_count", "kind=\"traffic\""))
                    .isEqualTo(40);
            assertThat(probe.metric("gateway_event_time_lag_seconds_sum", "kind=\"traffic\"") / 40)
                    .isBetween(3_600.0, 3_700.0);
            assertThat(probe.metric("gateway_oldest_unacknowledged_seconds")).isZero();
        }
    }

    @Test
    void readinessNamesKafkaWhileItStandsStillAndWhatWaitsGrowsOlder(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test));
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe probe = Probe.of(gateway);
            probe.awaitReady();
            // A producer that does not know the topic yet waits for that first, and says so instead.
            publisher.publish("city/lindholm/traffic/goes-through", City.reading("goes-through", Instant.now(), 1));
            await().atMost(Probe.PATIENCE)
                    .until(() -> probe.metric("gateway_forwarded_total", "kind=\"traffic\"") == 1);
            city.kafka().pause();
            publisher.publish("city/lindholm/traffic/waits", City.reading("waits", Instant.now(), 1));
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_oldest_unacknowledged_seconds") > 2);
            assertThat(probe.metric("gateway_in_flight")).isPositive();
            await().atMost(Probe.PATIENCE)
                    .until(() -> probe.health().contains("\"kafka\":\"Kafka has acknowledged nothing since"));
            assertThat(probe.health()).contains("\"mqtt\":\"ok\"");
            city.kafka().resume();
            probe.awaitReady();
            await().atMost(Probe.PATIENCE).until(() -> probe.metric("gateway_in_flight") == 0);
        }
    }

    @Test
    void readinessNamesTheBrokerWhileItIsAwayAndReconnectsAreCounted(TestInfo test) {
        try (TcpProxy line = TcpProxy.to(city.broker().port());
                Gateway gateway = city.gateway(clientId(test), "--mqtt-url=tcp://127.0.0.1:" + line.port())) {
            Probe probe = Probe.of(gateway);
            probe.awaitReady();
            assertThat(probe.metric("gateway_connections_total")).isEqualTo(1);
            line.refuse(true);
            line.cut();
            await().atMost(Probe.PATIENCE)
                    .until(() -> probe.health().contains("\"mqtt\":\"not connected to tcp://127.0.0.1:" + line.port()));
            assertThat(probe.health()).contains("\"kafka\":\"ok\"");
            assertThat(probe.status("/health/live")).isEqualTo(200);
            line.heal();
            probe.awaitReady();
            assertThat(probe.metric("gateway_connections_total")).isEqualTo(2);
            assertThat(probe.metric("gateway_connection_losses_total")).isPositive();
            assertThat(probe.metric("gateway_session_losses_total")).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readinessNamesAWallClockThatIsBehindWhatWasAlreadyWritten(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test))) {
            Probe.of(gateway).awaitReady();
            await().atMost(Probe.PATIENCE)
                    .until(() -> !city.records(Topics.CLOCK).isEmpty());
        }
        InstantSource slow = InstantSource.offset(InstantSource.system(), Duration.ofHours(-1));
        try (Gateway gateway = city.gateway(slow, clientId(test))) {
            await().atMost(Probe.PATIENCE)
                    .until(() -> Probe.of(gateway).health().contains("\"clock\":\"the wall clock reads"));
        }
    }

    @Test
    void topicsThatAreNoLongerConfiguredAreTakenBackFromTheSession(TestInfo test) throws Exception {
        String topic = "meters/1/up";
        try (Gateway before = city.gateway(clientId(test), "--format-routes=meters/+/up=sensor-community@lindholm");
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe.of(before).awaitReady();
            publisher.publish(topic, "{}");
            await().atMost(Probe.PATIENCE).until(() -> Probe.of(before).metric("gateway_rejected_total") == 1);
        }
        try (Gateway after = city.gateway(clientId(test));
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe probe = Probe.of(after);
            probe.awaitReady();
            await().atMost(Probe.PATIENCE).until(() -> !isTaken(probe, publisher, topic));
            assertThat(probe.metric("gateway_session_losses_total")).isZero();
        }
    }

    /** Whether a message of that topic comes in; it is in order with the reading behind it. */
    private static boolean isTaken(Probe probe, Publisher publisher, String topic) throws Exception {
        double rejected = probe.metric("gateway_rejected_total");
        double forwarded = probe.metric("gateway_forwarded_total");
        publisher.publish(topic, "{}");
        publisher.publish("city/lindholm/traffic/behind", City.reading("behind", Instant.now(), (long) forwarded));
        await().atMost(Probe.PATIENCE)
                .until(() ->
                        probe.metric("gateway_forwarded_total") > forwarded && probe.metric("gateway_in_flight") == 0);
        return probe.metric("gateway_rejected_total") > rejected;
    }

    @Test
    void connectionsOfAGroupShareTheMessagesAmongThem(TestInfo test) throws Exception {
        try (Gateway gateway = city.gateway(clientId(test), "--mqtt-connections=3", "--mqtt-shared-group=shared");
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe probe = Probe.of(gateway);
            probe.awaitReady();
            assertThat(probe.metric("gateway_connections_total")).isEqualTo(3);
            for (int i = 0; i < 300; i++) {
                publisher.publish("city/lindholm/traffic/shared", City.reading("shared", Instant.now(), i));
            }
            publisher.settle();
            await().atMost(Probe.PATIENCE)
                    .until(() ->
                            probe.metric("gateway_forwarded_total") >= 300 && probe.metric("gateway_in_flight") == 0);
            assertThat(probe.metric("gateway_forwarded_total"))
                    .as("each of them once")
                    .isEqualTo(300);
        }
    }
}

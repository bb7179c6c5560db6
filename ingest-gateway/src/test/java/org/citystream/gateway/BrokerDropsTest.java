package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.citystream.gateway.mqtt.Deliveries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose queue is full drops what it acknowledges; that must not go unnoticed. */
class BrokerDropsTest {
    private static final String TOPIC = "$SYS/broker/publish/messages/dropped";
    private static final String METRIC = "gateway_broker_dropped_total";
    private static final int SENT = 100;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Deliveries broker = new Deliveries();

    @Test
    void whatMosquittoDropsWhileTheGatewayIsAwayIsToldWhenItIsBack(@TempDir Path directory) throws Exception {
        List<String> smallQueue = List.of("max_queued_messages 20", "sys_interval 1");
        try (City city = new City(directory, Broker.mosquittoWith(directory.resolve("mqtt"), smallQueue));
                Publisher publisher = new Publisher(city.mqttUrl())) {
            try (Gateway gateway = city.gateway()) {
                Probe probe = Probe.of(gateway);
                probe.awaitReady();
                await().atMost(Probe.PATIENCE).until(() -> probe.metrics().contains(METRIC));
                assertThat(probe.metric(METRIC)).isZero();
            }
            for (int i = 0; i < SENT; i++) {
                publisher.publish("city/lindholm/traffic/loop-1", City.reading("loop-1", Instant.now(), i));
            }
            assertThat(publisher.settle())
                    .as("acknowledged, whatever became of them")
                    .isEqualTo(SENT);
            try (Gateway gateway = city.gateway()) {
                Probe probe = Probe.of(gateway);
                await().atMost(Probe.PATIENCE)
                        .until(() -> probe.metric("gateway_forwarded_total") > 0 && probe.metric(METRIC) > 0);
                await().atMost(Probe.PATIENCE)
                        .untilAsserted(() -> assertThat(probe.metric("gateway_forwarded_total") + probe.metric(METRIC))
                                .as("arrived or told of as dropped")
                                .isEqualTo(SENT));
            }
        }
    }

    @Test
    void whoDoesNotTellHasNoFigureAndNoNumberIsNone() {
        BrokerDrops drops = new BrokerDrops(TOPIC, new GatewayMetrics(meters));
        assertThat(drops.take(broker.arrives("city/lindholm/traffic/loop-1", "7", Instant.EPOCH)))
                .as("that is somebody else's")
                .isFalse();
        for (String payload : List.of("", "many", "-1", "1e9", "9".repeat(30))) {
            assertThat(drops.take(broker.arrives(TOPIC, payload, Instant.EPOCH)))
                    .as("%s", payload)
                    .isTrue();
        }
        assertThat(meters.find("gateway.broker.dropped").functionCounter()).isNull();
    }

    @Test
    void theFigureIsTheBrokersAlsoWhenItBeginsAnew() {
        BrokerDrops drops = new BrokerDrops(TOPIC, new GatewayMetrics(meters));
        for (String count : List.of("40", "40", "0", "3")) {
            assertThat(drops.take(broker.arrives(TOPIC, count, Instant.EPOCH))).isTrue();
            assertThat(meters.get("gateway.broker.dropped").functionCounter().count())
                    .isEqualTo(Double.parseDouble(count));
        }
        assertThat(broker.inFlight()).as("nobody waits for it").isZero();
    }
}

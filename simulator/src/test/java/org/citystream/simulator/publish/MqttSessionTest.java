package org.citystream.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.citystream.service.config.Configuration;
import org.citystream.testsupport.Mosquitto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Mosquitto gives each client ten topic aliases. */
    private static final int ALIASES = 10;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void brokerThere() {
        Mosquitto.require();
    }

    /** Aliases belong to a connection; a message that is owed from one goes out on the next, where they mean other topics. */
    @Test
    void whatIsSentAgainOnAnotherConnectionTakesNobodysTopicAway() throws Exception {
        try (Mosquitto broker = Mosquitto.start(directory);
                Subscriber subscriber = new Subscriber(broker.url(), "city/#")) {
            MqttLine.Dispatch owed = dispatch("owed", "owed");
            try (MqttSession first = session(broker)) {
                send(first, owed);
            }
            try (MqttSession second = session(broker)) {
                for (int i = 0; i < ALIASES; i++) {
                    send(second, dispatch("sensor-" + i, "first"));
                }
                send(second, owed);
                for (int i = 0; i < ALIASES; i++) {
                    send(second, dispatch("sensor-" + i, "second"));
                }
            }
            await().atMost(PATIENCE).until(() -> subscriber.count() == 2 + 2 * ALIASES);

            assertThat(subscriber.arrivals())
                    .filteredOn(arrival -> arrival.payload().equals("second"))
                    .extracting(Subscriber.Arrival::topic)
                    .doesNotHaveDuplicates()
                    .allMatch(topic -> topic.startsWith("city/sensor-"));
        }
    }

    private static MqttSession session(Mosquitto broker) throws Exception {
        MqttSettings settings =
                Configuration.load(new MqttSettings(), new String[] {"--mqtt-url", broker.url()}, Map.of());
        return MqttSession.open(settings, "sessions");
    }

    private static MqttLine.Dispatch dispatch(String topic, String payload) {
        return new MqttLine.Dispatch(
                "city/" + topic, payload.getBytes(StandardCharsets.UTF_8), 1, false, List.of(), () -> {}, () -> {});
    }

    /** Returns when the broker has it: what is still on its way goes down with its session. */
    private static void send(MqttSession session, MqttLine.Dispatch dispatch) throws Exception {
        CompletableFuture<Integer> acknowledged = new CompletableFuture<>();
        assertThat(session.awaitRoom(PATIENCE.toMillis())).isTrue();
        session.send(dispatch, acknowledged::complete);
        assertThat(acknowledged.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
    }
}

package org.citystream.alerting.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.ChangeType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertStreamTest {
    private final AlertStream stream = new AlertStream(
            new AlertLinks("http://city.example", "http://alerts.example"),
            new AlertStream.Limits(2, 50, Duration.ofMillis(100), Duration.ofSeconds(1)));
    private int sequence;

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void whoListensHearsOfAChangeOnceAndInBetweenThatTheStreamLives() {
        Client client = new Client();
        stream.join(client);
        Alert alert = alert();
        AlertChange change = change(alert);

        stream.changed(alert, change);
        stream.changed(alert, change);

        Awaitility.await().until(() -> client.heard.size() > 3);
        assertThat(client.heard)
                .filteredOn(text -> text.startsWith("event: alert.opened"))
                .hasSize(1);
        assertThat(client.heard).filteredOn(text -> text.startsWith(":")).hasSizeGreaterThan(1);
    }

    @Test
    void aClientThatTakesNothingKeepsNobodyWaitingAndIsCut() {
        Client slow = new Client();
        slow.stuck = new CountDownLatch(1);
        Client healthy = new Client();
        stream.join(slow);
        stream.join(healthy);

        for (int i = 0; i < 20; i++) {
            Alert alert = alert();
            stream.changed(alert, change(alert));
        }
        Awaitility.await()
                .until(() -> healthy.heard.stream()
                                .filter(text -> text.startsWith("event"))
                                .count()
                        == 20);
        Awaitility.await().until(() -> {
            stream.dropStuck();
            return slow.cut;
        });
        assertThat(healthy.cut).isFalse();
    }

    @Test
    void aClientTooFarBehindIsCutInsteadOfFillingTheMemory() {
        Client slow = new Client();
        slow.stuck = new CountDownLatch(1);
        stream.join(slow);

        for (int i = 0; i < 60; i++) {
            Alert alert = alert();
            stream.changed(alert, change(alert));
        }

        Awaitility.await().until(() -> slow.cut);
        Awaitility.await().until(() -> !stream.hasClients());
    }

    private Alert alert() {
        sequence++;
        return new Alert("al-" + sequence, Events.on("ring-" + sequence).opened(), null, 1, true, null, null);
    }

    private static AlertChange change(Alert alert) {
        return new AlertChange(ChangeType.OPENED, 1, null, true, alert.current().at());
    }

    private static final class Client implements StreamClient.Connection {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch stuck = new CountDownLatch(0);
        private volatile boolean cut;

        @Override
        public void write(String text) throws IOException {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (cut) {
                throw new IOException("cut");
            }
            heard.add(text);
        }

        @Override
        public void cut() {
            cut = true;
            stuck.countDown();
        }
    }
}

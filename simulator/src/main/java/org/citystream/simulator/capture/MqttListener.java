package org.citystream.simulator.capture;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.citystream.simulator.publish.MqttSettings;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears every native message of a broker, and acknowledges it once it is captured. While it is away, the broker keeps what
 * comes, for an hour. Each connection has a client of its own: one that has lost its connection may never recover.
 */
public final class MqttListener {
    private static final Logger LOG = LoggerFactory.getLogger(MqttListener.class);
    private static final List<String> FILTERS = List.of("city/+/traffic/+", "city/+/air/+");
    private static final long ANSWER_MILLIS = 10_000;
    private static final long SESSION_SECONDS = 3_600;
    private static final long WATCH_MILLIS = 100;
    private static final long BETWEEN_ATTEMPTS_MILLIS = 500;

    private final MqttSettings settings;
    private final Capture capture;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    private MqttListener(MqttSettings settings, Capture capture) {
        this.settings = settings;
        this.capture = capture;
    }

    /**
     * Listens.
     *
     * @param goesOn asked several times a second
     * @throws IllegalStateException if the broker cannot be reached at first, or lets nobody subscribe
     * @throws RuntimeException what the capture throws: a message that it cannot take ends it
     */
    public static void listen(MqttSettings settings, Capture capture, BooleanSupplier goesOn)
            throws InterruptedException {
        new MqttListener(settings, capture).run(goesOn);
    }

    private void run(BooleanSupplier goesOn) throws InterruptedException {
        Line line = new Line();
        try {
            open(line);
            while (goesOn.getAsBoolean() && failure.get() == null) {
                if (!line.isUp()) {
                    line.drop();
                    line = again(line);
                }
                Thread.sleep(WATCH_MILLIS);
            }
        } finally {
            line.close();
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void open(Line line) {
        try {
            line.open();
        } catch (MqttException e) {
            throw new IllegalStateException(
                    "the MQTT broker " + settings.url() + " does not let us listen: " + e.getMessage()
                            + "; check --mqtt-url, user and password",
                    e);
        }
    }

    private Line again(Line lost) throws InterruptedException {
        Line line = new Line();
        try {
            if (!line.open()) {
                LOG.warn("the broker has lost our session; what was published meanwhile is missing in the recording");
            }
            return line;
        } catch (MqttException e) {
            LOG.warn("not connected to {}: {}; trying again", settings.url(), e.getMessage());
            line.drop();
            Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
            return lost;
        }
    }

    /** One connection. */
    private final class Line implements MqttCallback {
        private final MqttAsyncClient client;

        private Line() {
            try {
                client = new MqttAsyncClient(settings.url(), settings.clientId() + "-capture", new MemoryPersistence());
            } catch (MqttException e) {
                throw new IllegalStateException("no MQTT client for " + settings.url() + ": " + e.getMessage(), e);
            }
            client.setManualAcks(true);
            client.setCallback(this);
        }

        /** Connects and subscribes; whether the broker still had the session. */
        private boolean open() throws MqttException {
            MqttConnectionOptions options = settings.connection();
            options.setCleanStart(false);
            options.setSessionExpiryInterval(SESSION_SECONDS);
            options.setAutomaticReconnect(false);
            IMqttToken connected = client.connect(options);
            connected.waitForCompletion(ANSWER_MILLIS);
            MqttSubscription[] subscriptions = FILTERS.stream()
                    .map(filter -> new MqttSubscription(filter, 1))
                    .toArray(MqttSubscription[]::new);
            client.subscribe(subscriptions).waitForCompletion(ANSWER_MILLIS);
            return connected.getSessionPresent();
        }

        private boolean isUp() {
            return client.isConnected();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) throws MqttException {
            if (failure.get() != null) {
                return;
            }
            try {
                capture.message(topic, message.getPayload());
            } catch (RuntimeException e) {
                // Paho would swallow it.
                failure.set(e);
                return;
            }
            client.messageArrivedComplete(message.getId(), message.getQos());
        }

        /** Leaves no session behind. */
        private void close() {
            try {
                if (client.isConnected()) {
                    for (String filter : FILTERS) {
                        client.unsubscribe(filter).waitForCompletion(ANSWER_MILLIS);
                    }
                    client.disconnect().waitForCompletion(ANSWER_MILLIS);
                }
            } catch (MqttException e) {
                LOG.debug("{} did not leave in order", client.getClientId(), e);
            }
            drop();
        }

        private void drop() {
            try {
                client.close(true);
            } catch (MqttException e) {
                LOG.debug("{} did not close", client.getClientId(), e);
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            LOG.warn("connection lost ({}); trying again", response.getReasonString());
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            LOG.warn("MQTT: {}", exception.toString());
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}

package org.citystream.simulator.capture;

import java.util.List;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears every native message of a broker. While it is away, the broker keeps what comes, for an hour. */
public final class MqttListener implements MqttCallback, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttListener.class);
    private static final List<String> FILTERS = List.of("city/+/traffic/+", "city/+/air/+");
    private static final long ANSWER_MILLIS = 10_000;
    private static final long SESSION_SECONDS = 3_600;

    private final MqttAsyncClient client;
    private final Capture capture;

    private MqttListener(MqttAsyncClient client, Capture capture) {
        this.client = client;
        this.capture = capture;
    }

    /** @throws IllegalStateException if the broker cannot be reached or lets nobody subscribe */
    public static MqttListener start(MqttSettings settings, Capture capture) {
        try {
            return connected(settings, capture);
        } catch (MqttException e) {
            throw new IllegalStateException(
                    "the MQTT broker " + settings.url() + " does not let us listen: " + e.getMessage()
                            + "; check --mqtt-url, user and password",
                    e);
        }
    }

    private static MqttListener connected(MqttSettings settings, Capture capture) throws MqttException {
        MqttAsyncClient client =
                new MqttAsyncClient(settings.url(), settings.clientId() + "-capture", new MemoryPersistence());
        MqttListener listener = new MqttListener(client, capture);
        client.setCallback(listener);
        MqttConnectionOptions options = settings.connection();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_SECONDS);
        options.setAutomaticReconnect(true);
        client.connect(options).waitForCompletion(ANSWER_MILLIS);
        MqttSubscription[] subscriptions =
                FILTERS.stream().map(filter -> new MqttSubscription(filter, 1)).toArray(MqttSubscription[]::new);
        client.subscribe(subscriptions).waitForCompletion(ANSWER_MILLIS);
        return listener;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        capture.message(topic, message.getPayload());
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

    /** Leaves no session behind. */
    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                for (String filter : FILTERS) {
                    client.unsubscribe(filter).waitForCompletion(ANSWER_MILLIS);
                }
                client.disconnect().waitForCompletion(ANSWER_MILLIS);
            }
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("{} did not close", client.getClientId(), e);
        }
    }
}

package org.citystream.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Publishes with QoS 1, several messages at a time, and counts what the broker has acknowledged. */
final class Publisher implements AutoCloseable {
    private static final int AHEAD = 200;
    private static final AtomicLong NAMES = new AtomicLong();

    private final MqttAsyncClient client;
    private final Semaphore room = new Semaphore(AHEAD);
    private final AtomicLong acknowledged = new AtomicLong();

    Publisher(String url) throws MqttException {
        this(url, "sensors-" + NAMES.incrementAndGet());
    }

    private Publisher(String url, String clientId) throws MqttException {
        client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options).waitForCompletion(10_000);
    }

    /** Has the broker forget a client's session, and what it keeps for it. */
    static void endSession(String url, String clientId) throws MqttException {
        try (Publisher inItsName = new Publisher(url, clientId)) {
            inItsName.client.disconnect().waitForCompletion(10_000);
        }
    }

    void publish(String topic, String payload) throws Exception {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), Map.of(), false);
    }

    void publish(String topic, byte[] payload, Map<String, String> userProperties, boolean retained) throws Exception {
        room.acquire();
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.copyOf(userProperties.entrySet().stream()
                .map(entry -> new UserProperty(entry.getKey(), entry.getValue()))
                .toList()));
        client.publish(topic, new MqttMessage(payload, 1, retained, properties), null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                acknowledged.incrementAndGet();
                room.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable e) {
                room.release();
            }
        });
    }

    /** Waits until nothing is under way; the number acknowledged so far. */
    long settle() throws InterruptedException {
        room.acquire(AHEAD);
        room.release(AHEAD);
        return acknowledged.get();
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 1_000, true);
        }
        client.close();
    }
}

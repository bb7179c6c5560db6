package org.citystream.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.citystream.embedded.MqttBroker;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real MQTT 5 broker, shared by all test classes of the JVM, and a client that publishes. Register as a static field with
 * {@code @RegisterExtension}. Sessions and retained messages outlive a class: use client ids and topics of your own.
 */
public final class MqttExtension implements BeforeAllCallback, AfterAllCallback {
    private static final long PATIENCE_MILLIS = 20_000;

    private @Nullable MqttBroker broker;
    private @Nullable MqttAsyncClient publisher;

    @Override
    public void beforeAll(ExtensionContext context) throws MqttException {
        broker = SharedServer.of(context, MqttBroker.class, directory -> MqttBroker.start(directory, 0));
        publisher = new MqttAsyncClient(url(), "test-" + context.getUniqueId().hashCode(), new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(true);
        publisher.connect(options).waitForCompletion(PATIENCE_MILLIS);
    }

    @Override
    public void afterAll(ExtensionContext context) throws MqttException {
        started(publisher).disconnect().waitForCompletion(PATIENCE_MILLIS);
        started(publisher).close();
    }

    /** For Paho: {@code tcp://127.0.0.1:port}. */
    public String url() {
        return started(broker).url();
    }

    public int port() {
        return started(broker).port();
    }

    /** Messages the broker accepted and dropped: an oracle for lost readings. */
    public long droppedMessages() {
        return started(broker).droppedMessages();
    }

    /** Publishes with QoS 1 and returns when the broker has acknowledged. */
    public void publish(String topic, String payload) {
        publish(topic, payload, Map.of());
    }

    /** Publishes with QoS 1 and MQTT user properties, and returns when the broker has acknowledged. */
    public void publish(String topic, String payload, Map<String, String> userProperties) {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), userProperties, false);
    }

    public void publish(String topic, byte[] payload, Map<String, String> userProperties, boolean retained) {
        MqttMessage message = new MqttMessage(payload, 1, retained, properties(userProperties));
        try {
            started(publisher).publish(topic, message).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError("not acknowledged: " + topic, e);
        }
    }

    private static MqttProperties properties(Map<String, String> userProperties) {
        MqttProperties properties = new MqttProperties();
        List<UserProperty> list = userProperties.entrySet().stream()
                .map(entry -> new UserProperty(entry.getKey(), entry.getValue()))
                .toList();
        properties.setUserProperties(list);
        return properties;
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("register MqttExtension as a static field with @RegisterExtension");
        }
        return part;
    }
}

package org.citystream.simulator.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.citystream.service.socket.NoDelaySocketFactory;
import org.citystream.testsupport.MessageCallback;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Keeps everything that is published on a filter, in order of arrival. */
public final class Subscriber implements MessageCallback, AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** One message as it arrived. */
    public record Arrival(String topic, String payload, boolean retained, List<UserProperty> properties) {
        public String property(String name) {
            return properties.stream()
                    .filter(property -> property.getKey().equals(name))
                    .map(UserProperty::getValue)
                    .findFirst()
                    .orElse("");
        }
    }

    private final MqttAsyncClient client;
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    public Subscriber(String url, String filter) throws MqttException {
        this(url, filter, "subscriber-" + NUMBER.incrementAndGet(), 0);
    }

    private Subscriber(String url, String filter, String clientId, long sessionSeconds) throws MqttException {
        client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        client.setCallback(this);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(sessionSeconds == 0);
        options.setSessionExpiryInterval(sessionSeconds);
        options.setSocketFactory(new NoDelaySocketFactory());
        client.connect(options).waitForCompletion(10_000);
        client.subscribe(filter, 1).waitForCompletion(10_000);
    }

    /** One whose session the broker keeps while it is away, as a gateway's. */
    public static Subscriber lasting(String url, String filter, String clientId) throws MqttException {
        return new Subscriber(url, filter, clientId, 3_600);
    }

    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    public int count() {
        return arrivals.size();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrivals.add(new Arrival(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                message.isRetained(),
                message.getProperties().getUserProperties()));
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect().waitForCompletion(5_000);
        }
        client.close();
    }
}

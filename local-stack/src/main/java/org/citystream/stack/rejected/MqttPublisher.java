package org.citystream.stack.rejected;

import java.util.List;
import org.citystream.service.mqtt.BrokerAccess;
import org.citystream.stack.failure.CityFailure;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Publishes with QoS 1, one message after the other, each acknowledged by the broker. */
public final class MqttPublisher implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20_000;
    private static final int NOBODY_SUBSCRIBES = 0x10;
    private static final int FIRST_ERROR_CODE = 0x80;

    private final String url;
    private final MqttAsyncClient client;

    /** Connects. */
    public MqttPublisher(BrokerAccess broker, String clientId) {
        this.url = broker.url();
        try {
            client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
            client.connect(options(broker)).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new CityFailure(
                    "the MQTT broker at " + url + " does not take us: " + describe(e),
                    "check that it runs, --mqtt and the options that say who we are: rejected replay --help",
                    e);
        }
    }

    private static MqttConnectionOptions options(BrokerAccess broker) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        broker.sockets().ifPresent(options::setSocketFactory);
        if (broker.user() != null) {
            options.setUserName(broker.user());
        }
        if (broker.password() != null) {
            options.setPassword(broker.password());
        }
        return options;
    }

    /** Publishes, with one user property, and returns when the broker has acknowledged. */
    public void publish(String topic, byte[] payload, String property, String value) {
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty(property, value)));
        try {
            IMqttToken token = client.publish(topic, new MqttMessage(payload, 1, false, properties));
            token.waitForCompletion(PATIENCE_MILLIS);
            int[] codes = token.getReasonCodes();
            int code = codes == null || codes.length == 0 ? 0 : codes[0];
            if (code >= FIRST_ERROR_CODE || code == NOBODY_SUBSCRIBES) {
                throw new CityFailure(
                        code == NOBODY_SUBSCRIBES
                                ? "nobody is subscribed to " + Escaped.line(topic) + ": the message was not kept"
                                : "the broker refuses " + Escaped.line(topic) + " (reason code " + code + ")",
                        code == NOBODY_SUBSCRIBES
                                ? "start a gateway that listens there, then replay again"
                                : "allow our user to publish there");
            }
        } catch (MqttException e) {
            throw new CityFailure(
                    "the MQTT broker at " + url + " did not acknowledge: " + describe(e),
                    "what is reported as sent above is sent; replay the rest again",
                    e);
        }
    }

    private static String describe(MqttException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getCause().toString();
    }

    @Override
    public void close() {
        try {
            client.disconnect().waitForCompletion(PATIENCE_MILLIS);
            client.close();
        } catch (MqttException e) {
            // Everything has been acknowledged.
            return;
        }
    }
}

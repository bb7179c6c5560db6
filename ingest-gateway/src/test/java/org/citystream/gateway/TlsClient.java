package org.citystream.gateway;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citystream.service.socket.Pem;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.MessageCallback;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;

/** Somebody who shows a certificate to a broker, or none. */
final class TlsClient implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    private final MqttAsyncClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();

    /** As a client id of his own choice. */
    TlsClient(String url, String clientId, Path authority, CertificateAuthority.@Nullable Identity identity)
            throws Exception {
        client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        client.setCallback(new Received());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setConnectionTimeout(5);
        if (url.startsWith("ssl:")) {
            options.setSocketFactory(Pem.sockets(
                    authority,
                    identity == null ? null : identity.certificate(),
                    identity == null ? null : identity.key()));
        }
        try {
            client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            client.close(true);
            throw e;
        }
    }

    /** The broker's answer to a publication. */
    int publish(String topic, String payload) throws MqttException {
        IMqttToken token =
                client.publish(topic, new MqttMessage(payload.getBytes(StandardCharsets.UTF_8), 1, false, null));
        try {
            token.waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    /** Tries to listen; whether the broker says that it may. */
    boolean subscribe(String filter) {
        try {
            IMqttToken token = client.subscribe(new MqttSubscription[] {new MqttSubscription(filter, 1)});
            token.waitForCompletion(PATIENCE_MILLIS);
            int[] codes = token.getReasonCodes();
            return codes != null && codes[0] < 0x80;
        } catch (MqttException e) {
            return false;
        }
    }

    /** Notes topics. */
    private final class Received implements MessageCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(topic);
        }
    }

    /** Topics of what has come. */
    List<String> received() {
        return received;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 100, false);
        client.close(true);
    }
}

package org.citystream.benchmarks.intake;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Slowdown;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** The least a Paho client can do: acknowledge every message and throw it away. */
public final class NoOpSubscriber extends IntakeRun {
    private static final String CLIENT_ID = "no-op";
    private static final long PATIENCE_MILLIS = 20_000;

    @Override
    String clientId() {
        return CLIENT_ID;
    }

    @Override
    Intake start(String url, Parameters parameters) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(url, CLIENT_ID, new MemoryPersistence());
        Taking taking = new Taking(client, parameters);
        client.setManualAcks(true);
        client.setCallback(taking);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        client.subscribe(FILTER, 1).waitForCompletion(PATIENCE_MILLIS);
        return taking;
    }

    private static final class Taking implements MqttCallback, Intake {
        private final MqttAsyncClient client;
        private final Slowdown slowdown;
        private final boolean checked;
        private final ReadingDigest digest = new ReadingDigest();
        private final LongAdder done = new LongAdder();

        private Taking(MqttAsyncClient client, Parameters parameters) {
            this.client = client;
            this.slowdown = parameters.slowdown();
            this.checked = parameters.isCheck();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) throws MqttException {
            if (checked) {
                digest.add(message.getPayload());
            }
            slowdown.spend();
            client.messageArrivedComplete(message.getId(), message.getQos());
            done.increment();
        }

        @Override
        public LongSupplier done() {
            return done::sum;
        }

        @Override
        public String digest(long count) {
            return digest.text();
        }

        @Override
        public void close() throws MqttException {
            client.disconnectForcibly(0, PATIENCE_MILLIS, true);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            // A run that loses its connection does not come to its end.
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            exception.printStackTrace();
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // It publishes nothing.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // Seen by whoever waits for it.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // Nobody authenticates.
        }
    }
}

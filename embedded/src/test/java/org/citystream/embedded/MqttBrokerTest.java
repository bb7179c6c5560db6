package org.citystream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MqttBrokerTest {
    private static final int MORE_THAN_THE_DEFAULT_QUEUE = 3_000;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @Test
    void anAbsentGatewayGetsEverythingThatWasAcknowledgedEvenAfterARestartOfTheBroker(@TempDir Path dataDir)
            throws Exception {
        try (MqttBroker broker = MqttBroker.start(dataDir, 0)) {
            gatewaySubscribesAndLeaves(broker);
            publish(broker, MORE_THAN_THE_DEFAULT_QUEUE);
            assertThat(broker.droppedMessages()).isZero();
        }
        try (MqttBroker broker = MqttBroker.start(dataDir, 0)) {
            MqttAsyncClient gateway = connect(broker, "gateway");
            List<String> messages = new ArrayList<>();
            while (messages.size() < MORE_THAN_THE_DEFAULT_QUEUE) {
                String message = received.poll(20, TimeUnit.SECONDS);
                assertThat(message).as("message after %d", messages.size()).isNotNull();
                messages.add(message);
            }
            gateway.disconnect().waitForCompletion();
            gateway.close();
            assertThat(messages).first().isEqualTo("reading 0");
            assertThat(messages).doesNotHaveDuplicates();
        }
    }

    private void gatewaySubscribesAndLeaves(MqttBroker broker) throws MqttException {
        MqttAsyncClient gateway = connect(broker, "gateway");
        gateway.subscribe("city/#", 1).waitForCompletion();
        gateway.disconnect().waitForCompletion();
        gateway.close();
    }

    private void publish(MqttBroker broker, int count) throws MqttException {
        MqttAsyncClient sensor = connect(broker, "sensor");
        List<IMqttToken> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] payload = ("reading " + i).getBytes(StandardCharsets.UTF_8);
            tokens.add(sensor.publish("city/lindholm/traffic/loop-1", payload, 1, false));
            if (tokens.size() == 50) {
                awaitAll(tokens);
            }
        }
        awaitAll(tokens);
        sensor.disconnect().waitForCompletion();
        sensor.close();
    }

    private static void awaitAll(List<IMqttToken> tokens) throws MqttException {
        for (IMqttToken token : tokens) {
            token.waitForCompletion();
        }
        tokens.clear();
    }

    private MqttAsyncClient connect(MqttBroker broker, String clientId) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.url(), clientId, new MemoryPersistence());
        client.setCallback(new Recorder());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3600L);
        client.connect(options).waitForCompletion();
        return client;
    }

    private final class Recorder implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(new String(message.getPayload(), StandardCharsets.UTF_8));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String uri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}

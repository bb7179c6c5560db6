package org.citystream.benchmarks.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * Sensors in a process of their own: has the broker keep readings for somebody who is away. Publishes with QoS 1, as fast as
 * the broker acknowledges, the same readings whenever it is run.
 */
public final class LoadMain {
    private static final int SENSORS = 1_000;
    private static final int AHEAD = 500;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long SESSION_SECONDS = 3_600;
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private LoadMain() {}

    /** Arguments: url, client id of the one who is away, count. */
    public static void main(String[] args) throws Exception {
        subscribe(args[0], args[1]);
        int count = Integer.parseInt(args[2]);
        Semaphore room = new Semaphore(AHEAD);
        MqttActionListener whenDone = new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                room.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable e) {
                // Its place stays taken: a run that loses messages must not end well.
                System.err.println("not acknowledged: " + e);
            }
        };
        MqttAsyncClient client = new MqttAsyncClient(args[0], "load", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        for (int i = 0; i < count; i++) {
            room.acquire();
            int sensor = i % SENSORS;
            MqttMessage message = new MqttMessage(reading(sensor, i).getBytes(StandardCharsets.UTF_8), 1, false, null);
            client.publish("city/benchville/traffic/loop-" + sensor, message, null, whenDone);
        }
        room.acquire(AHEAD);
        client.disconnect().waitForCompletion(PATIENCE_MILLIS);
        System.exit(0);
    }

    private static void subscribe(String url, String clientId) throws MqttException {
        MqttAsyncClient away = new MqttAsyncClient(url, clientId, new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_SECONDS);
        away.connect(options).waitForCompletion(PATIENCE_MILLIS);
        away.subscribe(IntakeRun.FILTER, 1).waitForCompletion(PATIENCE_MILLIS);
        away.disconnect().waitForCompletion(PATIENCE_MILLIS);
        away.close();
    }

    private static String reading(int sensor, int sequence) {
        return String.format(
                Locale.ROOT,
                "{\"sensorId\":\"loop-%d\",\"observedAt\":\"%s\",\"periodSeconds\":60,\"bootId\":\"7f3a\",\"sequence\":%d,"
                        + "\"laneId\":1,\"vehicleCount\":%d,\"averageSpeedKmh\":%d.5,\"occupancy\":0.%02d}",
                sensor,
                START.plusMillis(sequence),
                sequence,
                sequence % 40,
                20 + sequence % 60,
                1 + sequence % 90);
    }
}

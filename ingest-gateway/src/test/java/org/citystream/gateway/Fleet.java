package org.citystream.gateway;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.citystream.service.mqtt.ClientThreads;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sensors as they should be: they publish at a steady rate with QoS 1, connect again when the connection is lost, and then
 * send again, in order, what the broker has not acknowledged. Sequences count from 0 over all sensors.
 */
final class Fleet implements AutoCloseable {
    private static final AtomicLong NAMES = new AtomicLong();
    /** Messages published ahead of their acknowledgement. */
    static final int AHEAD = 200;

    private static final int SENSORS = 50;

    private final String url;
    private final String prefix;
    private final LongUnaryOperator sensorOf;
    private final Set<Long> unacknowledged = new ConcurrentSkipListSet<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Thread thread = new Thread(new ClientThreads("mqtt"), this::run, "fleet");
    private volatile boolean publishing = true;
    private volatile boolean closed;
    private volatile int perSecond;
    private volatile long published;
    private @Nullable MqttAsyncClient client;

    private Fleet(String url, String prefix, int perSecond, LongUnaryOperator sensorOf) {
        this.url = url;
        this.prefix = prefix;
        this.perSecond = perSecond;
        this.sensorOf = sensorOf;
    }

    /** Starts publishing, each sensor in turn. */
    static Fleet start(String url, String prefix, int perSecond) {
        return start(url, prefix, perSecond, sequence -> sequence % SENSORS);
    }

    /**
     * Starts publishing.
     *
     * @param sensorOf number of the sensor whose message a sequence is
     */
    static Fleet start(String url, String prefix, int perSecond, LongUnaryOperator sensorOf) {
        Fleet fleet = new Fleet(url, prefix, perSecond, sensorOf);
        fleet.thread.setDaemon(true);
        fleet.thread.start();
        return fleet;
    }

    private void run() {
        long begun = System.nanoTime();
        long before = 0;
        int rate = perSecond;
        while (!closed) {
            if (rate != perSecond) {
                // What it has not come to at the old rate it does not make good at the new one.
                begun = System.nanoTime();
                before = published;
                rate = perSecond;
            }
            try {
                MqttAsyncClient connected = connected();
                long due = before + (System.nanoTime() - begun) * rate / TimeUnit.SECONDS.toNanos(1);
                while (publishing && published < due && unacknowledged.size() < AHEAD && connected.isConnected()) {
                    long sequence = published++;
                    unacknowledged.add(sequence);
                    publish(connected, sequence);
                }
            } catch (MqttException e) {
                // Lost, or not there yet: the next round connects again.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private MqttAsyncClient connected() throws MqttException {
        MqttAsyncClient current = client;
        if (current != null && current.isConnected()) {
            return current;
        }
        if (current != null) {
            current.close(true);
        }
        MqttAsyncClient next =
                new MqttAsyncClient(url, "fleet-" + prefix + "-" + NAMES.incrementAndGet(), new MemoryPersistence());
        client = next;
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setConnectionTimeout(5);
        options.setKeepAliveInterval(5);
        next.connect(options).waitForCompletion(5_000);
        for (long sequence : unacknowledged) {
            publish(next, sequence);
        }
        return next;
    }

    private void publish(MqttAsyncClient over, long sequence) throws MqttException {
        String sensor = prefix + "-" + sensorOf.applyAsLong(sequence);
        byte[] payload = City.reading(sensor, Instant.now(), sequence).getBytes(StandardCharsets.UTF_8);
        over.publish(
                "city/lindholm/traffic/" + sensor,
                new MqttMessage(payload, 1, false, null),
                null,
                new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        if (unacknowledged.remove(sequence)) {
                            acknowledged.incrementAndGet();
                        }
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable e) {
                        // It stays unacknowledged and is sent again over the next connection.
                    }
                });
    }

    /** From now on so many messages a second. */
    void rate(int newPerSecond) {
        perSecond = newPerSecond;
    }

    /** Messages the broker has acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    void awaitAcknowledged(long count) {
        await().atMost(Probe.PATIENCE).until(() -> acknowledged.get() >= count);
    }

    /** Publishes nothing new and waits until all there is has been acknowledged; how many that are. */
    long settle() {
        publishing = false;
        await().atMost(Duration.ofMinutes(2)).until(unacknowledged::isEmpty);
        return acknowledged.get();
    }

    @Override
    public void close() throws MqttException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (client != null) {
            client.disconnectForcibly(0, 100, false);
            client.close(true);
        }
    }
}

package org.citystream.simulator.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.citystream.service.mqtt.ClientThreads;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.TimerPingSender;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from CONNECT to its end. It is never revived: Paho's own reconnecting can stop for ever and repeats
 * messages under reused packet ids, so that {@link MqttLine} opens another one and repeats what it still owes.
 */
final class MqttSession implements MqttCallback, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);
    private static final int ANSWER_MILLIS = 10_000;
    private static final int AT_A_TIME = 64;

    /** One for all: Paho would start a thread for the pings of each connection, and there may be thousands. */
    private static final ScheduledExecutorService PINGS = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mqtt-pings");
        thread.setDaemon(true);
        return thread;
    });

    private static final ThreadGroup CLIENT_THREADS = new ClientThreads("mqtt");

    /** Paho takes a third of a second to open a connection and to clear one away, and thousands may be lost at once. */
    private static final ExecutorService SLOW_WORK = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        Thread thread = new Thread(CLIENT_THREADS, task, "mqtt-connections");
        thread.setDaemon(true);
        return thread;
    });

    /** Told what became of a message; called on Paho's threads and must return at once. */
    interface Outcome {
        /**
         * The broker has it (at QoS 0: it has left this process).
         *
         * @param reasonCode of the acknowledgement: 0, or 16 when nobody subscribes
         */
        void acknowledged(int reasonCode);
    }

    private final MqttAsyncClient client;
    private final Semaphore room;
    private volatile boolean broken;

    private MqttSession(MqttAsyncClient client, int inFlight) {
        this.client = client;
        this.room = new Semaphore(inFlight);
    }

    /** Opens one in the background; fails with an {@link MqttException}. */
    static CompletableFuture<MqttSession> opening(MqttSettings settings, String clientId) {
        CompletableFuture<MqttSession> opening = new CompletableFuture<>();
        SLOW_WORK.execute(() -> {
            try {
                MqttSession opened = open(settings, clientId);
                if (!opening.complete(opened)) {
                    opened.close();
                }
            } catch (MqttException | RuntimeException e) {
                opening.completeExceptionally(e);
            }
        });
        return opening;
    }

    static MqttSession open(MqttSettings settings, String clientId) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(
                settings.url(), clientId, new MemoryPersistence(), new TimerPingSender(PINGS), null);
        try {
            IMqttToken connected = client.connect(options(settings));
            connected.waitForCompletion(ANSWER_MILLIS);
            Integer maximum = connected.getResponseProperties().getReceiveMaximum();
            int allowed = maximum == null ? settings.inFlight() : Math.min(below(maximum), settings.inFlight());
            MqttSession session = new MqttSession(client, allowed);
            client.setCallback(session);
            session.broken = !client.isConnected();
            return session;
        } catch (MqttException e) {
            release(client);
            throw e;
        }
    }

    /**
     * Paho frees its own window a moment after it has told the outcome, and what it refuses until then it has already given a
     * topic alias that the broker never hears of. One less, and it has nothing to refuse.
     */
    private static int below(int receiveMaximum) {
        return Math.max(1, receiveMaximum - 1);
    }

    private static MqttConnectionOptions options(MqttSettings settings) {
        MqttConnectionOptions options = settings.connection();
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setAutomaticReconnect(false);
        return options;
    }

    boolean isBroken() {
        return broken;
    }

    /** Waits for room in the broker's receive window; false when there is none yet. */
    boolean awaitRoom(long millis) throws InterruptedException {
        return room.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    /** Sends; {@link #awaitRoom} must have given room. On failure the session is broken and the outcome is never told. */
    void send(MqttLine.Dispatch dispatch, Outcome outcome) {
        try {
            while (!trySend(dispatch, outcome)) {
                Thread.onSpinWait();
            }
        } catch (MqttException e) {
            breakOff("cannot send", e);
        }
    }

    /**
     * Paho notes in a message's properties which alias its topic has on this connection. Sent with them on another, it would
     * take another topic's alias away, and that topic's messages would arrive under this one: each attempt has its own.
     */
    private boolean trySend(MqttLine.Dispatch dispatch, Outcome outcome) throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(dispatch.properties());
        MqttMessage message = new MqttMessage(dispatch.payload(), dispatch.qos(), dispatch.retained(), properties);
        try {
            client.publish(dispatch.topic(), message, null, listener(outcome));
            return true;
        } catch (MqttException e) {
            if (e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                return false;
            }
            throw e;
        }
    }

    private MqttActionListener listener(Outcome outcome) {
        return new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                room.release();
                int[] codes = token.getReasonCodes();
                outcome.acknowledged(codes == null || codes.length == 0 ? 0 : codes[0]);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                room.release();
                breakOff("not acknowledged", cause);
            }
        };
    }

    private void breakOff(String what, @Nullable Throwable cause) {
        if (!broken) {
            broken = true;
            LOG.debug("{}: {}", client.getClientId(), what, cause);
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        breakOff("connection lost", response.getException());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        breakOff("protocol error", exception);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    @Override
    public void close() {
        broken = true;
        release(client);
    }

    /** For a session that is lost: returns at once, and nothing that it still held is told. */
    void abandon() {
        broken = true;
        SLOW_WORK.execute(() -> release(client));
    }

    private static void release(MqttAsyncClient client) {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(2_000);
            } else {
                client.disconnectForcibly(0, 200, false);
            }
        } catch (MqttException e) {
            LOG.debug("{} did not disconnect", client.getClientId(), e);
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("{} did not close", client.getClientId(), e);
        }
    }
}

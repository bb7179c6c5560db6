package org.citystream.simulator.publish;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line to the broker that loses nothing: what is not acknowledged is sent again, in order, on the next connection.
 * All methods belong to one thread, which must call {@link #tend} while it waits; outcomes are told on other threads.
 */
final class MqttLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLine.class);
    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int FIRST_ERROR_CODE = 0x80;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final long RETRY_MILLIS = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * A message.
     *
     * @param repeated done each time before it is sent again
     * @param acknowledged done once the broker has it
     */
    record Dispatch(
            String topic,
            byte[] payload,
            int qos,
            boolean retained,
            List<UserProperty> properties,
            Runnable repeated,
            Runnable acknowledged) {}

    /** A message that the broker has not confirmed. */
    private static final class Owed {
        private final Dispatch dispatch;
        /** Whether it may have reached the broker already. Known to the thread that sends only. */
        private boolean handedOver;

        private Owed(Dispatch dispatch) {
            this.dispatch = dispatch;
        }
    }

    private final MqttSettings settings;
    private final String clientId;
    private final boolean needsSubscriber;
    private final Consumer<String> trouble;
    private final NavigableMap<Long, Owed> owed = new ConcurrentSkipListMap<>();
    /** Messages to be sent again over the same connection. */
    private final Set<Long> again = new ConcurrentSkipListSet<>();
    /** Messages that wait for somebody to subscribe. */
    private final Set<Long> unheard = ConcurrentHashMap.newKeySet();
    /** Messages that the broker does not take, each with what it says; they are offered again all the same. */
    private final NavigableMap<Long, String> refused = new ConcurrentSkipListMap<>();

    private volatile @Nullable MqttSession session;
    private @Nullable CompletableFuture<MqttSession> opening;
    private long tickets;
    private long connectAfterNanos = System.nanoTime();
    private long retryAfterNanos = System.nanoTime();
    private int failures;

    /**
     * @param needsSubscriber whether a message nobody subscribes to is sent again until somebody does
     * @param trouble told of each lost connection and refused message
     */
    MqttLine(MqttSettings settings, String clientId, boolean needsSubscriber, Consumer<String> trouble) {
        this.settings = settings;
        this.clientId = clientId;
        this.needsSubscriber = needsSubscriber;
        this.trouble = trouble;
    }

    /** Takes the message over; returns when it is on its way or, while there is no connection, noted for the next. */
    void send(Dispatch dispatch) throws InterruptedException {
        long ticket = tickets++;
        Owed message = new Owed(dispatch);
        owed.put(ticket, message);
        MqttSession current = session;
        if (current == null || current.isBroken()) {
            tend();
        } else {
            transmit(current, ticket, message);
        }
    }

    /** Whether there is a connection. */
    boolean isConnected() {
        MqttSession current = session;
        return current != null && !current.isBroken();
    }

    /** Messages that wait for somebody to subscribe. */
    int waiting() {
        return unheard.size();
    }

    /** What the broker does not take, if there is anything, and why. */
    Optional<String> refusal() {
        Map.Entry<Long, String> oldest = refused.firstEntry();
        return oldest == null ? Optional.empty() : Optional.of(oldest.getValue());
    }

    /** Keeps the line alive: sees to it that a connection opens if there is none, and sends again what has to be. */
    void tend() throws InterruptedException {
        MqttSession current = session;
        if (current == null || current.isBroken()) {
            reconnect();
        } else if (!again.isEmpty() && System.nanoTime() - retryAfterNanos >= 0) {
            retryAfterNanos = System.nanoTime() + RETRY_MILLIS * 1_000_000;
            for (Long ticket : List.copyOf(again)) {
                Owed message = owed.get(ticket);
                again.remove(ticket);
                if (message != null) {
                    transmit(current, ticket, message);
                }
            }
        }
    }

    private void reconnect() throws InterruptedException {
        MqttSession lost = session;
        if (lost != null) {
            lost.abandon();
            session = null;
            trouble.accept("connection to " + settings.url() + " lost");
        }
        CompletableFuture<MqttSession> current = opening;
        if (current == null && System.nanoTime() - connectAfterNanos >= 0) {
            opening = MqttSession.opening(settings, clientId);
        } else if (current != null && current.isDone()) {
            opening = null;
            goOn(current);
        }
    }

    private void goOn(CompletableFuture<MqttSession> opened) throws InterruptedException {
        try {
            MqttSession fresh = opened.get();
            session = fresh;
            failures = 0;
            again.clear();
            for (Map.Entry<Long, Owed> entry : owed.entrySet()) {
                transmit(fresh, entry.getKey(), entry.getValue());
            }
        } catch (ExecutionException e) {
            failures++;
            long pause = Math.min(LONGEST_PAUSE.toMillis(), 100L << Math.min(failures, 10));
            connectAfterNanos = System.nanoTime() + pause * 1_000_000;
            if (failures == 1 || failures % 10 == 0) {
                LOG.warn(
                        "the MQTT broker {} does not answer ({}); trying again",
                        settings.url(),
                        String.valueOf(e.getCause()));
            }
        }
    }

    private void transmit(MqttSession current, long ticket, Owed message) throws InterruptedException {
        while (!current.awaitRoom(50)) {
            if (current.isBroken()) {
                return;
            }
        }
        if (message.handedOver) {
            message.dispatch.repeated().run();
        }
        message.handedOver = true;
        current.send(message.dispatch, reasonCode -> settle(ticket, reasonCode));
    }

    private void settle(long ticket, int reasonCode) {
        boolean unsubscribed = needsSubscriber && reasonCode == NO_MATCHING_SUBSCRIBERS;
        if (unsubscribed || reasonCode >= FIRST_ERROR_CODE) {
            notTaken(ticket, unsubscribed, reasonCode);
            return;
        }
        unheard.remove(ticket);
        refused.remove(ticket);
        Owed settled = owed.remove(ticket);
        if (settled != null) {
            settled.dispatch.acknowledged().run();
        }
    }

    private void notTaken(long ticket, boolean unsubscribed, int reasonCode) {
        Owed message = owed.get(ticket);
        if (message == null) {
            return;
        }
        if (unsubscribed) {
            unheard.add(ticket);
            refused.remove(ticket);
        } else {
            String refusal = "the broker refuses messages to " + message.dispatch.topic() + " from client " + clientId
                    + " (reason code " + reasonCode + (reasonCode == NOT_AUTHORIZED ? ", not authorized)" : ")");
            refused.put(ticket, refusal);
            unheard.remove(ticket);
            trouble.accept(refusal);
        }
        again.add(ticket);
    }

    @Override
    public void close() {
        CompletableFuture<MqttSession> late = opening;
        if (late != null && !late.cancel(false)) {
            late.thenAccept(MqttSession::close);
        }
        MqttSession last = session;
        if (last != null) {
            last.close();
            session = null;
        }
    }
}

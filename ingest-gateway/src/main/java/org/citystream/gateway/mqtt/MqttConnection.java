package org.citystream.gateway.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, from CONNECT to its loss, over a Paho client of its own. A Paho client that has lost a connection may
 * never recover, and sends acknowledgements of the old connection over the new one; one that is thrown away can do
 * neither. The session outlives connections: the broker keeps it under the client id.
 */
final class MqttConnection implements MqttCallback, Delivery.Origin {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final int AT_MOST_ONCE = 0;
    private static final int AT_LEAST_ONCE = 1;
    /** Below which brokers tell of themselves. */
    private static final String OF_THE_BROKER = "$SYS/";

    private static final int FIRST_ERROR_CODE = 0x80;
    private static final int LAST_ERROR_CODE = 0xff;

    /** Whether this connection takes over what the broker kept, and where the messages go. */
    record Plan(String clientId, boolean cleanStart, List<String> filters, Predicate<Delivery> handOff) {}

    private final MqttSettings settings;
    private final Plan plan;
    private final InstantSource clock;
    private final LongAdder acknowledged;
    private final LongAdder staleAcknowledgements;
    private final AckQueue ackQueue;
    private final SubscriptionMemory memory;
    private final MqttAsyncClient client;
    private final AtomicReference<@Nullable String> lostBecause = new AtomicReference<>();
    private volatile boolean taking = true;
    private volatile @Nullable IMqttToken sounding;

    MqttConnection(
            MqttSettings settings,
            Plan plan,
            InstantSource clock,
            LongAdder acknowledged,
            LongAdder staleAcknowledgements)
            throws MqttException {
        this.settings = settings;
        this.plan = plan;
        this.clock = clock;
        this.acknowledged = acknowledged;
        this.staleAcknowledgements = staleAcknowledgements;
        this.memory = new SubscriptionMemory(settings.subscribedTopics(), plan.filters());
        this.ackQueue = new AckQueue(settings.ringCapacity(), this::sendAcknowledgement);
        this.client = new MqttAsyncClient(settings.url(), plan.clientId(), new MemoryPersistence());
        client.setManualAcks(true);
        client.setCallback(this);
    }

    /**
     * Connects and subscribes. Nothing is acknowledged before that is done: a broker answers in the order in which it is
     * asked, and one that writes to disk for each acknowledgement takes longer for those of a backlog than anybody waits
     * for the answer to a SUBSCRIBE behind them (Mosquitto 2.0.11 that saves at each change).
     *
     * @return whether the broker still had the session
     */
    boolean open() throws MqttException {
        IMqttToken connected = client.connect(options());
        connected.waitForCompletion(ANSWER.toMillis());
        boolean sessionPresent = connected.getSessionPresent();
        subscribe();
        if (!plan.cleanStart()) {
            remember();
        }
        ackQueue.release();
        return sessionPresent;
    }

    /** Has the broker keep today's filters, and tell yesterday's. */
    private void remember() throws MqttException {
        for (String filter : plan.filters()) {
            keep(memory.topicOf(filter), filter.getBytes(StandardCharsets.UTF_8));
        }
        MqttSubscription reminders = new MqttSubscription(memory.filter(), AT_LEAST_ONCE);
        IMqttToken token = client.subscribe(new MqttSubscription[] {reminders});
        token.waitForCompletion(ANSWER.toMillis());
        int[] codes = token.getReasonCodes();
        if (codes != null && codes[0] >= FIRST_ERROR_CODE) {
            LOG.warn(
                    "the broker refuses the subscription to {} (reason code {}); topics that are no longer configured"
                            + " stay subscribed. Allow it for client {}",
                    memory.filter(),
                    codes[0],
                    plan.clientId());
        }
    }

    /** One after the other: brokers take as few as ten at once (HiveMQ), and Paho fails at the next. */
    private void keep(String topic, byte[] payload) throws MqttException {
        MqttMessage message = new MqttMessage(payload);
        message.setQos(AT_LEAST_ONCE);
        message.setRetained(true);
        try {
            client.publish(topic, message).waitForCompletion(ANSWER.toMillis());
        } catch (MqttException e) {
            // A broker that does not let us is told of by the subscription; the session works without.
            if (e.getReasonCode() < FIRST_ERROR_CODE || e.getReasonCode() > LAST_ERROR_CODE) {
                throw e;
            }
        }
    }

    /** Unsubscribes what earlier configurations left in the session. Waits for the broker; not for Paho's threads. */
    void unsubscribeGone() throws MqttException {
        for (String filter = memory.nextGone(); filter != null; filter = memory.nextGone()) {
            client.unsubscribe(filter).waitForCompletion(ANSWER.toMillis());
            keep(memory.topicOf(filter), new byte[0]);
            LOG.info("no longer subscribed to {}", filter);
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(plan.cleanStart());
        options.setSessionExpiryInterval(
                plan.cleanStart() ? 0L : settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setMaximumPacketSize((long) settings.maximumPacketBytes());
        // Paho looks incoming aliases up the wrong way round.
        options.setTopicAliasMaximum(0);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) ANSWER.toSeconds());
        options.setAutomaticReconnect(false);
        if (settings.sockets() != null) {
            options.setSocketFactory(settings.sockets());
        }
        if (settings.user() != null) {
            options.setUserName(settings.user());
        }
        if (settings.password() != null) {
            options.setPassword(settings.password());
        }
        return options;
    }

    /** On every connection: it is needed when the session is new, and changes an old one to today's filters. */
    private void subscribe() throws MqttException {
        MqttSubscription[] subscriptions =
                plan.filters().stream().map(MqttConnection::subscription).toArray(MqttSubscription[]::new);
        IMqttToken token = client.subscribe(subscriptions);
        token.waitForCompletion(ANSWER.toMillis());
        int[] codes = token.getReasonCodes();
        for (int i = 0; codes != null && i < codes.length; i++) {
            if (codes[i] >= FIRST_ERROR_CODE) {
                refused(plan.filters().get(i), codes[i]);
            }
        }
    }

    private void refused(String filter, int code) throws MqttException {
        if (filter.startsWith(OF_THE_BROKER)) {
            LOG.warn(
                    "the broker does not let client {} hear {} (reason code {}): readings come all the same, but nobody"
                            + " is told when it drops some",
                    plan.clientId(),
                    filter,
                    code);
            return;
        }
        LOG.error(
                "the broker refuses the subscription to {} (reason code {}); allow it for client {}",
                filter,
                code,
                plan.clientId());
        throw new MqttException(code);
    }

    private static MqttSubscription subscription(String filter) {
        // What a broker tells of itself it tells again: it must not wait in the queue that it may be full of.
        int qualityOfService = filter.startsWith(OF_THE_BROKER) ? AT_MOST_ONCE : AT_LEAST_ONCE;
        MqttSubscription subscription = new MqttSubscription(filter, qualityOfService);
        boolean wantsRetained = filter.indexOf('+') < 0 && filter.indexOf('#') < 0;
        // A retained reading comes once, with the new session; a retained clock comes with every connection.
        subscription.setRetainHandling(wantsRetained ? 0 : 1);
        subscription.setRetainAsPublished(true);
        return subscription;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            take(topic, message);
        } catch (RuntimeException e) {
            // Paho swallows what is thrown here.
            lost("a message could not be taken in: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost("interrupted");
        }
    }

    /**
     * Runs on Paho's thread, whose delay past the keep-alive kills the connection: hand over and return. Only a broker that
     * sends more ahead than was agreed is held up, for a part of the keep-alive.
     */
    private void take(String topic, MqttMessage message) throws InterruptedException {
        if (!taking) {
            return;
        }
        Instant now = clock.instant();
        int packetId = message.getQos() == 0 ? 0 : message.getId();
        OptionalLong position =
                ackQueue.append(packetId, Uptime.millis(), settings.keepAlive().toMillis() / 2);
        if (position.isPresent() && memory.take(topic, message.getPayload())) {
            complete(position.getAsLong());
            return;
        }
        boolean handedOver = position.isPresent()
                && plan.handOff()
                        .test(new Delivery(
                                topic, message.getPayload(), userProperties(message), now, this, position.getAsLong()));
        if (!handedOver) {
            lost("the broker sent more messages ahead than were agreed");
        }
    }

    private static Map<String, String> userProperties(MqttMessage message) {
        MqttProperties properties = message.getProperties();
        if (properties == null || properties.getUserProperties().isEmpty()) {
            return Map.of();
        }
        Map<String, String> byName = new HashMap<>();
        for (UserProperty property : properties.getUserProperties()) {
            byName.put(property.getKey(), property.getValue());
        }
        return byName;
    }

    private void sendAcknowledgement(int packetId) {
        try {
            client.messageArrivedComplete(packetId, AT_LEAST_ONCE);
            acknowledged.increment();
        } catch (MqttException | RuntimeException e) {
            lost("an acknowledgement could not be sent: " + e);
        }
    }

    @Override
    public void complete(long position) {
        if (!ackQueue.complete(position)) {
            staleAcknowledgements.increment();
        }
    }

    @Override
    public boolean isClosed() {
        return ackQueue.isClosed();
    }

    int inFlight() {
        return ackQueue.inFlight();
    }

    OptionalLong oldestArrivalMillis() {
        return ackQueue.oldestArrivalMillis();
    }

    /** Why this connection is of no more use; null while it is. */
    @Nullable String lostBecause() {
        String reason = lostBecause.get();
        return reason == null && !client.isConnected() ? "the connection is gone" : reason;
    }

    /** Gives the connection up: from now on nothing is acknowledged over it. Returns at once, from any thread. */
    void lost(String reason) {
        lostBecause.compareAndSet(null, reason);
        ackQueue.close();
    }

    /** From now on arriving messages are left to the broker; what has been taken in may still be acknowledged. */
    void stopTaking() {
        taking = false;
    }

    /** Sends a message to ourselves through the broker's queue for this session. */
    void sound(String payload) throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setMessageExpiryInterval(300L);
        MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.US_ASCII));
        message.setQos(AT_LEAST_ONCE);
        message.setProperties(properties);
        sounding = client.publish(settings.soundingTopic(), message);
    }

    /** The error code by which the broker refused the last sounding. */
    OptionalInt soundingRefused() {
        IMqttToken token = sounding;
        if (token == null || !token.isComplete()) {
            return OptionalInt.empty();
        }
        int[] codes = token.getReasonCodes();
        return codes != null && codes.length > 0 && codes[0] >= FIRST_ERROR_CODE
                ? OptionalInt.of(codes[0])
                : OptionalInt.empty();
    }

    /** Sends what is acknowledged, says goodbye and keeps the session. */
    void disconnect() {
        try {
            client.disconnect(ANSWER.toMillis()).waitForCompletion(ANSWER.toMillis());
        } catch (MqttException | RuntimeException e) {
            LOG.debug("disconnecting {}: {}", plan.clientId(), e.toString());
        }
        drop();
    }

    /**
     * Cuts the connection without a word. A client whose callback is stuck holds up whoever closes it, so that is left to
     * a thread of its own.
     */
    void drop() {
        lost("dropped");
        Thread closing = new Thread(this::closeClient, "mqtt-close-" + plan.clientId());
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeClient() {
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("dropping {}: {}", plan.clientId(), e.toString());
        }
        try {
            client.close(true);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("closing {}: {}", plan.clientId(), e.toString());
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        String text = response.getReasonString() == null ? "" : " (" + response.getReasonString() + ")";
        if (response.getReturnCode() == MqttReturnCode.RETURN_CODE_SESSION_TAKEN_OVER) {
            lost("another client connected as " + plan.clientId() + "; each gateway needs a client id of its own"
                    + text);
        } else if (response.getException() != null) {
            lost(describe(response.getException()));
        } else {
            lost("the broker disconnected, reason code " + response.getReturnCode() + text);
        }
    }

    /** Paho's message and, where there is one, the cause behind it. */
    static String describe(MqttException e) {
        Throwable cause = e.getCause();
        String why = e.getMessage() == null || e.getMessage().isBlank()
                ? "reason code " + e.getReasonCode()
                : e.getMessage();
        return cause == null ? why : why + " (" + cause + ")";
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        LOG.warn("MQTT error: {}", describe(exception));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}

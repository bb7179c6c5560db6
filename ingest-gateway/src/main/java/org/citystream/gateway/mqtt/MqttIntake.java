package org.citystream.gateway.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.citystream.gateway.mqtt.MqttConnection.Plan;
import org.citystream.service.mqtt.ClientThreads;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to the broker and replaces it when it is lost, given up or stuck. One thread does all that waits
 * for Paho; nothing waits inside Paho's callbacks.
 */
public final class MqttIntake {
    private static final Logger LOG = LoggerFactory.getLogger(MqttIntake.class);
    private static final long WATCH_MILLIS = 250;
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final Duration SOUND_EVERY = Duration.ofSeconds(5);
    /** A connection that lived so long was a good one. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /** Hears of the life of connections, on the intake's own thread. */
    public interface Listener {
        /** Before each attempt to connect. */
        void connecting();

        /**
         * Connected and subscribed.
         *
         * @param sessionPresent false: what was published since the session ended has not been kept for us
         */
        void connected(boolean sessionPresent);

        /** The connection is gone; the next attempt follows. */
        void lost(String reason);

        /** What the next sounding is to carry. */
        String sounding(Instant sentAt);

        /** The broker does not let us sound its queue. */
        void soundingRefused();
    }

    private final MqttSettings settings;
    private final InstantSource clock;
    private final Predicate<Delivery> handOff;
    private final Listener listener;
    private final FullJitter backoff;
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder staleAcknowledgements = new LongAdder();
    private final Thread thread = new Thread(new ClientThreads("mqtt"), this::run, "mqtt-intake");
    private final Object change = new Object();
    private volatile @Nullable MqttConnection connection;
    private volatile @Nullable MqttConnection probe;
    private volatile @Nullable String probeFilter;
    private volatile @Nullable String problem = "not connected yet";
    private volatile boolean stopping;

    /**
     * @param handOff takes each message in PUBLISH order and at once, or returns false when it cannot
     */
    public MqttIntake(MqttSettings settings, InstantSource clock, Predicate<Delivery> handOff, Listener listener) {
        this.settings = settings;
        this.clock = clock;
        this.handOff = handOff;
        this.listener = listener;
        this.backoff = new FullJitter(
                FIRST_DELAY, LONGEST_DELAY, () -> ThreadLocalRandom.current().nextLong());
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            String reason = liveAndDie();
            if (!stopping) {
                Duration delay = backoff.next();
                problem = "not connected to " + settings.url() + ": " + reason;
                LOG.warn("MQTT connection ended: {}; next attempt in {} ms", reason, delay.toMillis());
                listener.lost(reason);
                pause(delay.toMillis());
            }
        }
    }

    /** One connection from first to last. */
    private String liveAndDie() {
        MqttConnection current = null;
        try {
            listener.connecting();
            current = new MqttConnection(settings, mainPlan(), clock, acknowledged, staleAcknowledgements);
            connection = current;
            boolean sessionPresent = current.open();
            LOG.info(
                    "connected to {} as {}, {}",
                    settings.url(),
                    settings.clientId(),
                    sessionPresent ? "session resumed" : "new session");
            listener.connected(sessionPresent);
            problem = null;
            return watch(current);
        } catch (MqttException e) {
            return MqttConnection.describe(e);
        } catch (RuntimeException e) {
            LOG.error("connecting failed", e);
            return e.toString();
        } finally {
            if (current != null && !stopping) {
                current.drop();
            }
        }
    }

    private Plan mainPlan() {
        List<String> filters = new ArrayList<>(settings.filters());
        filters.add(settings.soundingTopic());
        return new Plan(settings.clientId(), false, filters, handOff);
    }

    /** Returns the reason to replace the connection. */
    private String watch(MqttConnection current) throws MqttException {
        long since = Uptime.millis();
        long nextSounding = since;
        while (!stopping) {
            long now = Uptime.millis();
            String reason = current.lostBecause();
            if (reason == null && isStuck(current, now)) {
                reason = "no message was acknowledged for " + settings.stallTimeout();
            }
            if (reason != null) {
                return reason;
            }
            if (now >= nextSounding) {
                nextSounding = now + SOUND_EVERY.toMillis();
                current.sound(listener.sounding(clock.instant()));
            }
            current.unsubscribeGone();
            current.soundingRefused().ifPresent(code -> listener.soundingRefused());
            if (now > since + SETTLED.toMillis()) {
                backoff.reset();
            }
            keepProbe();
            pause(WATCH_MILLIS);
        }
        return "stopping";
    }

    private boolean isStuck(MqttConnection current, long now) {
        OptionalLong oldest = current.oldestArrivalMillis();
        return probeFilter == null
                && oldest.isPresent()
                && now - oldest.getAsLong() > settings.stallTimeout().toMillis();
    }

    /**
     * Listens to one more topic over a second connection without a session, past whatever the broker holds back until
     * earlier messages are acknowledged. What comes goes the way of all messages. Null ends it. Returns at once.
     */
    public void probe(@Nullable String filter) {
        probeFilter = filter;
    }

    private void keepProbe() {
        String filter = probeFilter;
        MqttConnection current = probe;
        if (current != null && (filter == null || current.lostBecause() != null)) {
            current.drop();
            probe = null;
        } else if (current == null && filter != null) {
            probe = openProbe(filter);
        }
    }

    private @Nullable MqttConnection openProbe(String filter) {
        Plan plan = new Plan(settings.clientId() + "-probe", true, List.of(filter), handOff);
        MqttConnection opening = null;
        try {
            opening = new MqttConnection(settings, plan, clock, new LongAdder(), new LongAdder());
            opening.open();
            LOG.info("listening to {} beside the session", filter);
            return opening;
        } catch (MqttException e) {
            LOG.warn("cannot listen to {} beside the session: {}", filter, MqttConnection.describe(e));
            if (opening != null) {
                opening.drop();
            }
            return null;
        }
    }

    /** Gives the current connection up, unacknowledged; the broker will deliver again. Returns at once, any thread. */
    public void giveUp(String reason) {
        MqttConnection current = connection;
        if (current != null) {
            current.lost(reason);
        }
        wake();
    }

    /** Leaves further messages to the broker. What has been taken in may still be acknowledged. */
    public void stopTaking() {
        stopping = true;
        MqttConnection current = connection;
        if (current != null) {
            current.stopTaking();
        }
        wake();
    }

    /** Ends the connection and keeps the session; call {@link #stopTaking} first. */
    public void close() throws InterruptedException {
        stopTaking();
        thread.join(Duration.ofSeconds(20).toMillis());
        MqttConnection beside = probe;
        if (beside != null) {
            beside.drop();
        }
        MqttConnection current = connection;
        if (current != null) {
            if (current.lostBecause() == null) {
                current.disconnect();
            } else {
                current.drop();
            }
        }
    }

    /** Why no messages come in. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Messages taken in and not acknowledged. */
    public int inFlight() {
        MqttConnection current = connection;
        return current == null ? 0 : current.inFlight();
    }

    /** How long the oldest of them has been waiting. */
    public Duration oldestUnacknowledgedAge() {
        MqttConnection current = connection;
        OptionalLong oldest = current == null ? OptionalLong.empty() : current.oldestArrivalMillis();
        return oldest.isEmpty() ? Duration.ZERO : Duration.ofMillis(Uptime.millis() - oldest.getAsLong());
    }

    /** Messages acknowledged to the broker. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** Messages that became safe after their connection was gone; they come again. */
    public long staleAcknowledgements() {
        return staleAcknowledgements.sum();
    }

    private void wake() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    private void pause(long millis) {
        synchronized (change) {
            if (stopping) {
                return;
            }
            try {
                change.wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopping = true;
            }
        }
    }
}

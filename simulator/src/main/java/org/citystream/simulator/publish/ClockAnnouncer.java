package org.citystream.simulator.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the deployment's clock on {@code city/clock}, retained, several times a second, on a connection of its own. */
public final class ClockAnnouncer implements AutoCloseable {
    static final String TOPIC = "city/clock";

    private static final Logger LOG = LoggerFactory.getLogger(ClockAnnouncer.class);
    private static final int AT_LEAST_ONCE = 1;
    private static final long PERIOD_MILLIS = 500;

    private final MqttLine line;
    private final Supplier<@Nullable Instant> clock;
    private final double speed;
    private final String source;
    private final List<UserProperty> properties;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "clock");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Instant last;
    private @Nullable Instant confirmed;
    private boolean unconfirmed;
    private volatile String lastTrouble = "";

    /**
     * @param clock what may be announced: no reading sent before it is still to be acknowledged; null: nothing yet
     * @param source {@code simulated} or {@code replay}
     */
    public ClockAnnouncer(MqttSettings settings, Supplier<@Nullable Instant> clock, double speed, String source) {
        this.clock = clock;
        this.speed = speed;
        this.source = source;
        this.line = new MqttLine(settings, settings.clientId() + "-clock", false, this::note);
        this.properties =
                settings.clockKey() == null ? List.of() : List.of(new UserProperty("clock-key", settings.clockKey()));
        if (settings.clockKey() != null) {
            executor.scheduleWithFixedDelay(this::announce, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void announce() {
        try {
            line.tend();
            Instant now = clock.get();
            if (now == null || isUnconfirmed() || !line.isConnected()) {
                return;
            }
            Instant announced = last == null || now.isAfter(last) ? now : last;
            last = announced;
            sent();
            byte[] payload = JsonCodec.write(new ClockState(announced, speed, null, source));
            line.send(new MqttLine.Dispatch(
                    TOPIC, payload, AT_LEAST_ONCE, true, properties, () -> {}, () -> confirm(announced)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the clock was not announced", e);
        }
    }

    private void note(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            LOG.warn("the clock: {}", trouble);
        }
        lastTrouble = trouble;
    }

    private synchronized boolean isUnconfirmed() {
        return unconfirmed;
    }

    private synchronized void sent() {
        unconfirmed = true;
    }

    private synchronized void confirm(Instant announced) {
        unconfirmed = false;
        confirmed = announced;
        notifyAll();
    }

    /**
     * Waits until the clock as it stands at this moment has reached the broker. What is still open at the end of a replay
     * closes by the last announcement, so it must not be cut off.
     *
     * @return false if the broker did not confirm it in time; true at once where no clock is published
     */
    public synchronized boolean flush(Duration patience) throws InterruptedException {
        Instant target = clock.get();
        if (properties.isEmpty() || target == null) {
            return true;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (confirmed == null || confirmed.isBefore(target)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        line.close();
    }
}

package org.citystream.dashboard.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.live.LiveMessage;
import org.citystream.dashboard.live.Mailbox;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.live.EventConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/live}: what happens, as server-sent events. Each watcher has a thread and a mailbox of its own, so
 * that a slow one holds up nobody; one that takes nothing for a while is dropped and may come back.
 */
final class LiveRoute implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoute.class);
    private static final Duration WATCHDOG_INTERVAL = Duration.ofMillis(500);

    private final CityState state;
    private final LiveChannel channel;
    private final LiveLimits limits;
    private final Counter dropped;
    private final Set<LiveWriter> writers = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(LiveRoute::daemon);
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(LiveRoute::daemon);

    LiveRoute(CityState state, LiveChannel channel, LiveLimits limits, MeterRegistry metrics) {
        this.state = state;
        this.channel = channel;
        this.limits = limits;
        this.dropped = metrics.counter("citystream_dashboard_live_clients_dropped");
        metrics.gauge("citystream_dashboard_live_clients", channel, LiveChannel::size);
        watchdog.scheduleWithFixedDelay(
                this::dropStuck, WATCHDOG_INTERVAL.toMillis(), WATCHDOG_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "live-client");
        thread.setDaemon(true);
        return thread;
    }

    /** Refuses a watcher beyond the limit before the stream is opened. */
    void checkRoom() {
        if (channel.size() >= limits.clients()) {
            throw Problem.unavailable("already " + limits.clients() + " live clients; try again later");
        }
    }

    void open(EventConnection connection) {
        Mailbox mailbox = channel.join();
        state.clock().ifPresent(clock -> mailbox.put(new LiveMessage("clock", "clock", json(clock))));
        LiveWriter writer = new LiveWriter(connection, mailbox, limits.heartbeat());
        writers.add(writer);
        threads.execute(() -> {
            try {
                writer.run();
            } finally {
                writers.remove(writer);
                channel.leave(mailbox);
            }
        });
    }

    private static String json(ClockState clock) {
        return new String(JsonCodec.write(clock), StandardCharsets.UTF_8);
    }

    private void dropStuck() {
        for (LiveWriter writer : writers) {
            if (writer.isStuck(limits.patience())) {
                LOG.info("dropped a live client that took nothing for {}", limits.patience());
                dropped.increment();
                writers.remove(writer);
                writer.abandon();
            }
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        channel.close();
        threads.shutdownNow();
    }
}

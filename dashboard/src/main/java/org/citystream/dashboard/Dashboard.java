package org.citystream.dashboard;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citystream.dashboard.api.DashboardApi;
import org.citystream.dashboard.api.LiveLimits;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.live.LiveIntake;
import org.citystream.dashboard.live.SensorCounts;
import org.citystream.dashboard.live.kafka.KafkaFeed;
import org.citystream.dashboard.live.kafka.KafkaReadings;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.service.health.Health;
import org.citystream.service.metrics.Metrics;

/** The dashboard, running: Kafka feeds the live picture, the time-series store holds the past, one server shows both. */
public final class Dashboard implements AutoCloseable {
    private static final long PROBE_SECONDS = 5;

    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "store-probe");
        thread.setDaemon(true);
        return thread;
    });
    private final TimeSeriesReader store;
    private final KafkaFeed feed;
    private final DashboardApi api;

    /** Starts everything; returns when the server listens, which may be before Kafka and the store answer. */
    public Dashboard(DashboardConfig config) {
        PrometheusMeterRegistry metrics = Metrics.registry();
        CityState state = new CityState();
        LiveChannel channel = new LiveChannel();
        this.feed = new KafkaFeed(config.kafka, new LiveIntake(state, channel), metrics);
        this.store = config.timeSeries();

        SensorCounts.watch(state, metrics);

        Health health = new Health();
        health.register("kafka", feed::problem);
        health.register("time-series", store::problem);

        this.api = DashboardApi.start(
                config.httpHost,
                config.httpPort,
                state,
                channel,
                store,
                new KafkaReadings(config.kafka),
                config.alertingUrl,
                new SystemWatch(config.services(), config.flinkUrls, metrics),
                config.viewerToken(),
                config.tiles(),
                LiveLimits.DEFAULT,
                health,
                metrics);
        feed.start();
        probe.scheduleWithFixedDelay(store::probe, 0, PROBE_SECONDS, TimeUnit.SECONDS);
    }

    /** The port it listens on. */
    public int port() {
        return api.port();
    }

    @Override
    public void close() {
        api.close();
        feed.close();
        probe.shutdownNow();
        store.close();
    }
}

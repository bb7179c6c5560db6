package org.citystream.dashboard.page;

import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citystream.dashboard.FakeAlerting;
import org.citystream.dashboard.SampleCity;
import org.citystream.dashboard.SampleStore;
import org.citystream.dashboard.SampleStream;
import org.citystream.dashboard.TestDashboard;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;

/** The sample city with its clock ticking, a dashboard over it, and a browser. */
final class CityOnAScreen implements AutoCloseable {
    private final Chromium chromium = Chromium.start();
    private final KafkaExtension kafka;
    private final SampleStream stream;
    private final FakeAlerting alerting = FakeAlerting.start();
    private final TestDashboard dashboard;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean ticking = true;
    private Instant now = SampleCity.NOW;

    CityOnAScreen(KafkaExtension kafka, QuestDbExtension questDb) throws Exception {
        this.kafka = kafka;
        this.stream = new SampleStream(kafka::produce);
        kafka.empty(
                Topics.SENSORS,
                Topics.EVENTS,
                Topics.SENSOR_HEALTH,
                Topics.SUMMARIES_TRAFFIC,
                Topics.SUMMARIES_AIR,
                Topics.CLOCK);
        SampleStore store = new SampleStore(questDb.url(), questDb.jdbcUrl());
        store.create();
        store.writeSampleCity();
        stream.writeAll();
        SampleCity.events().forEach(alerting::add);
        alerting.add(SampleCity.over().get(SampleCity.over().size() - 1));
        dashboard = TestDashboard.start(kafka.bootstrapServers(), questDb.jdbcUrl(), alerting.url());
        clock.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        if (ticking) {
            stream.tick(now);
            now = now.plusSeconds(1);
        }
    }

    /** Stops or goes on telling the time. */
    void ticking(boolean on) {
        ticking = on;
    }

    /** Something happens: on the stream, and in the alerting service. */
    void happens(CityEvent event) {
        alerting.add(event);
        kafka.produce(Topics.EVENTS, event.subject().id(), event);
    }

    KafkaExtension kafka() {
        return kafka;
    }

    Chromium chromium() {
        return chromium;
    }

    String url() {
        return dashboard.url();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        dashboard.close();
        alerting.close();
        chromium.close();
    }
}

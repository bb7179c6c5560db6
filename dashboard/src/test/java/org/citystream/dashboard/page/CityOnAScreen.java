package org.citystream.dashboard.page;

import java.time.Instant;
import java.util.Objects;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The sample city with its clock ticking, a dashboard over it, and a browser: while the tests of a class run. */
final class CityOnAScreen implements BeforeAllCallback, AfterAllCallback {
    private final KafkaExtension kafka = new KafkaExtension();
    private final QuestDbExtension questDb = new QuestDbExtension();
    private @Nullable Showing showing;
    private volatile boolean ticking = true;
    private Instant now = SampleCity.NOW;

    /** What exists while it is shown. */
    private record Showing(
            Chromium chromium,
            SampleStream stream,
            FakeAlerting alerting,
            TestDashboard dashboard,
            ScheduledExecutorService clock) {}

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        kafka.beforeAll(context);
        questDb.beforeAll(context);
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
        SampleStream stream = new SampleStream(kafka::produce);
        stream.writeAll();
        FakeAlerting alerting = FakeAlerting.start();
        SampleCity.events().forEach(alerting::add);
        alerting.add(SampleCity.over().get(SampleCity.over().size() - 1));
        showing = new Showing(
                Chromium.start(),
                stream,
                alerting,
                TestDashboard.start(kafka.bootstrapServers(), questDb.jdbcUrl(), alerting.url()),
                Executors.newSingleThreadScheduledExecutor());
        showing.clock().scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS);
    }

    private Showing showing() {
        return Objects.requireNonNull(showing, "not started");
    }

    private void tick() {
        if (ticking) {
            showing().stream().tick(now);
            now = now.plusSeconds(1);
        }
    }

    /** Stops or goes on telling the time. */
    void ticking(boolean on) {
        ticking = on;
    }

    /** Something happens: on the stream, and in the alerting service. */
    void happens(CityEvent event) {
        showing().alerting().add(event);
        kafka.produce(Topics.EVENTS, event.subject().id(), event);
    }

    KafkaExtension kafka() {
        return kafka;
    }

    Chromium chromium() {
        return showing().chromium();
    }

    String url() {
        return showing().dashboard().url();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (showing != null) {
            showing.clock().shutdownNow();
            showing.dashboard().close();
            showing.alerting().close();
            showing.chromium().close();
        }
        kafka.afterAll(context);
    }
}

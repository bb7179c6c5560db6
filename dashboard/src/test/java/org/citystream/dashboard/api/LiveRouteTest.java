package org.citystream.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.citystream.dashboard.EventStream;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.live.LiveMessage;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.service.health.Health;
import org.citystream.service.metrics.Metrics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LiveRouteTest {
    private static final LiveLimits TIGHT = new LiveLimits(2, Duration.ofMillis(100), Duration.ofSeconds(4));

    private final LiveChannel channel = new LiveChannel();
    private static final Logger SERVER_LOG = (Logger) LoggerFactory.getLogger("io.javalin.Javalin");
    private static final ListAppender<ILoggingEvent> complaints = new ListAppender<>();

    private final PrometheusMeterRegistry metrics = Metrics.registry();
    private final DashboardApi api = DashboardApi.start(
            "127.0.0.1",
            0,
            new CityState(),
            channel,
            new EmptyStore(),
            (sensor, atMost) -> List.of(),
            URI.create("http://127.0.0.1:1"),
            new SystemWatch(Map.of(), List.of(), metrics),
            null,
            null,
            TIGHT,
            new Health(),
            metrics);

    @BeforeAll
    static void listenToTheServer() {
        complaints.start();
        SERVER_LOG.addAppender(complaints);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** A stream that ended through a request that was no longer there went on failing for ever. */
    @AfterAll
    static void theServerHadNothingToComplainOf() {
        SERVER_LOG.detachAppender(complaints);
        assertThat(complaints.list)
                .filteredOn(logged -> logged.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void aQuietStreamStillBeats() throws Exception {
        try (EventStream client = EventStream.open(url())) {
            client.await(heard -> heard.name().equals(":"));
        }
    }

    @Test
    void aClientThatTakesNothingIsDroppedAndTheOthersGoOn() throws Exception {
        try (Socket stuck = new Socket("127.0.0.1", api.port());
                EventStream reader = EventStream.open(url())) {
            stuck.getOutputStream()
                    .write(("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> channel.size() == 2);

            String large = "\"" + "x".repeat(200_000) + "\"";
            for (int i = 0; i < 100; i++) {
                channel.publish(new LiveMessage("summary", "subject-" + i, large));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> channel.size() == 1);

            channel.publish(new LiveMessage("summary", "last", "\"still here\""));
            reader.await(heard -> heard.data().contains("still here"));

            stuck.setSoTimeout(10_000);
            stuck.getInputStream().transferTo(OutputStream.nullOutputStream()); // ends only with the connection
        }
    }

    @Test
    void aClientThatGoesIsForgotten() throws Exception {
        EventStream client = EventStream.open(url());
        Awaitility.await().until(() -> channel.size() == 1);
        client.close();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> channel.size() == 0);
    }

    @Test
    void oneMoreThanTheLimitIsRefused() throws Exception {
        try (EventStream first = EventStream.open(url());
                EventStream second = EventStream.open(url())) {
            first.await(heard -> true);
            second.await(heard -> true);

            assertThatThrownBy(() -> EventStream.open(url()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("status 503");
            assertThat(channel.size()).isEqualTo(2);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + api.port() + "/api/v1/live";
    }
}

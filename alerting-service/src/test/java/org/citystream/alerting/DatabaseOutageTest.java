package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.embedded.PostgresServer;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL comes late, goes away and comes back; no event is lost and none is told twice. It is away for six seconds by
 * default; {@code -Dproof.outageSeconds=60} for longer.
 */
class DatabaseOutageTest {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("proof.outageSeconds", 6));
    private static final int UNDER_WAY = 10;
    private static final List<String> WORKERS = List.of("event-intake", "dispatcher", "housekeeping");

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @TempDir
    Path directory;

    @Test
    void readingPausesWhileTheDatabaseIsAwayAndGoesOnAfterwards() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        int port = freePort();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Service service = Service.start(kafka.bootstrapServers(), url, directory);
                Receiver receiver = Receiver.start()) {
            assertThat(service.get("/health/live").status()).isEqualTo(200);
            assertThat(service.get("/health/ready").status()).isEqualTo(503);
            assertThat(service.get("/api/v1/alerts").status()).isEqualTo(503);

            String webhook;
            CountDownLatch away = new CountDownLatch(1);
            try (PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"), port)) {
                service.awaitReady();
                webhook = service.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\"}")
                        .json()
                        .path("id")
                        .textValue();
                publish("outage-before");
                awaitReceived(receiver, "outage-before");
                receiver.answer((exchange, received) -> {
                    await(away);
                    exchange.sendResponseHeaders(200, -1);
                });
                IntStream.range(0, UNDER_WAY).forEach(i -> publish("under-way-" + i));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> receiver.received().size() == 1 + UNDER_WAY);
            }
            away.countDown();
            receiver.answer(Receiver.Answer.status(200));

            publish("outage-during");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> service.get("/health/ready").body().contains("PostgreSQL"));
            assertThatNothingRunsHot(service);

            try (PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"), port)) {
                awaitReceived(receiver, "outage-during");
                service.awaitReady();
                // Those that were answered while it was away are known to be: nothing is sent again.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> delivered(service, webhook) == 2 + UNDER_WAY);
                assertThat(receiver.received()).hasSize(2 + UNDER_WAY);
            }
        }
    }

    private static long delivered(Service service, String webhook) {
        return StreamSupport.stream(
                        service.get("/api/v1/webhooks/" + webhook + "/deliveries")
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(delivery -> delivery.path("state").textValue().equals("delivered"))
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertThatNothingRunsHot(Service service) {
        Logger ours = (Logger) LoggerFactory.getLogger("org.citystream");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ours.addAppender(log);
        Duration before = cpuTime();
        Awaitility.await()
                .atMost(OUTAGE.plusSeconds(30))
                .during(OUTAGE)
                .until(() -> service.get("/health/ready").status() == 503);
        Duration used = cpuTime().minus(before);
        ours.detachAppender(log);
        System.out.printf(
                "PostgreSQL away for %d s: %d ms of CPU time, %d lines of log%n",
                OUTAGE.toSeconds(), used.toMillis(), log.list.size());
        assertThat(used).isLessThan(OUTAGE.dividedBy(5));
        // The first attempts come close together; then there are ten seconds between them.
        assertThat(log.list.size()).isLessThan(12 + (int) OUTAGE.toSeconds() / 2);
    }

    private static Duration cpuTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> WORKERS.contains(thread.getThreadName()))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
        return Duration.ofNanos(nanos);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void publish(String segment) {
        kafka.produce(Topics.EVENTS, segment, Events.on(segment).opened());
    }

    private static void awaitReceived(Receiver receiver, String segment) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> receiver.received().stream().anyMatch(r -> r.body().contains(segment)));
    }
}

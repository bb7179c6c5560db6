package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.citystream.alerting.notify.webhook.Receiver;
import org.citystream.embedded.PostgresProcess;
import org.citystream.embedded.PostgresServer;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.Mosquitto;
import org.citystream.testsupport.SmallDisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The disk of PostgreSQL fills up while events come in: each is told, once, when there is room again. */
class DatabaseDiskFullTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DISK_MB = 200;
    private static final int EVENTS = 300;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @TempDir
    Path directory;

    @Test
    void eventsWaitUntilThereIsRoom() throws Exception {
        kafka.empty(Topics.RULES, Topics.CLOCK, Topics.EVENTS);
        int port = Mosquitto.freePort();
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), DISK_MB)) {
            Path data = disk.path().resolve("postgres");
            try (PostgresServer postgres = PostgresServer.start(data, port);
                    Service service = Service.start(kafka.bootstrapServers(), postgres.jdbcUrl(), directory);
                    Receiver receiver = Receiver.start()) {
                service.awaitReady();
                service.post("/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\"}");

                disk.fill();
                segments()
                        .forEach(segment -> kafka.produce(
                                Topics.EVENTS, segment, Events.on(segment).opened()));
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    disk.fill();
                    return service.get("/health/ready").status() == 503;
                });

                disk.makeRoom();
                try (PostgresServer again = startedAgainIfItDied(data, port)) {
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .untilAsserted(
                                    () -> assertThat(told(receiver)).containsExactlyInAnyOrderElementsOf(segments()));
                    service.awaitReady();
                }
            }
        }
    }

    private static List<String> segments() {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> "full-%04d".formatted(i))
                .toList();
    }

    /** Of each message the segment, repetitions of one message left out. */
    private static List<String> told(Receiver receiver) {
        return receiver.received().stream()
                .filter(message -> message.body().contains("full-"))
                .map(message ->
                        message.header("webhook-id") + " " + message.body().replaceAll("(?s).*?(full-\\d{4}).*", "$1"))
                .distinct()
                .map(idAndSegment -> idAndSegment.substring(idAndSegment.indexOf(' ') + 1))
                .toList();
    }

    private static @Nullable PostgresServer startedAgainIfItDied(Path data, int port) throws IOException {
        boolean alive = PostgresProcess.of(data).filter(ProcessHandle::isAlive).isPresent();
        System.out.println("PostgreSQL " + (alive ? "lives" : "died") + " with a full disk");
        return alive ? null : PostgresServer.start(data, port);
    }
}

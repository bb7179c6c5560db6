package org.citystream.alerting.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.lifecycle.AlertListener;
import org.citystream.alerting.lifecycle.AlertStore;
import org.citystream.alerting.lifecycle.AlertTransaction;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.lifecycle.PartitionBatch;
import org.citystream.alerting.notify.Notifier;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.route.Routes;
import org.citystream.alerting.store.postgres.EmptyDatabase;
import org.citystream.alerting.store.postgres.PostgresAlerts;
import org.citystream.alerting.store.postgres.PostgresStore;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was polled goes into one transaction, but for partitions that are somebody else's by then. */
class EventIntakeTest {
    private static final String TOPIC = Topics.EVENTS.name();
    private static final int LOST = 2;
    private static final int EACH = 3;

    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final PostgresStore store =
            new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD);
    private final PostgresAlerts alerts = new PostgresAlerts(store);
    private final List<String> refused = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void prepare() {
        EmptyDatabase.prepare(postgres);
    }

    @BeforeEach
    void empty() {
        kafka.empty(Topics.EVENTS);
        EmptyDatabase.empty(postgres);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            for (int partition = 0; partition < Topics.EVENTS.partitions(); partition++) {
                String segment = partition + "-" + i;
                records.add(new ProducerRecord<>(
                        TOPIC,
                        partition,
                        segment,
                        JsonCodec.write(Events.on(segment).opened())));
            }
        }
        records.forEach(kafka::produce);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPartitionThatIsLostBetweenPollAndWriteIsTakenUpWhereItsNewOwnerHasLeftIt() {
        AtomicBoolean taken = new AtomicBoolean();
        try (EventIntake intake = intake(() -> {
            if (taken.compareAndSet(false, true)) {
                alerts.inTransaction(
                        other -> other.moveOffsets(List.of(new PartitionBatch(TOPIC, LOST, -1, 1, List.of()))));
            }
        })) {
            intake.start();
            awaitReadUp();
        }

        List<String> expected = new ArrayList<>();
        for (int partition = 0; partition < Topics.EVENTS.partitions(); partition++) {
            for (int i = partition == LOST ? 1 : 0; i < EACH; i++) {
                expected.add(partition + "-" + i);
            }
        }
        assertThat(subjects())
                .as("the first of it is the other's to write")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aRecordThatCannotBeWrittenIsPassedOverAndTakesNoOthersWithIt() {
        String poisoned = new String(JsonCodec.write(Events.on("poisoned").opened()), StandardCharsets.UTF_8)
                .replace("2026-11-23T08:00:00Z", "+999999-11-23T08:00:00Z");
        kafka.produce(new ProducerRecord<>(TOPIC, 0, "poisoned", poisoned.getBytes(StandardCharsets.UTF_8)));
        kafka.produce(new ProducerRecord<>(TOPIC, 1, "unreadable", "{".getBytes(StandardCharsets.UTF_8)));
        try (EventIntake intake = intake(() -> {})) {
            intake.start();
            Awaitility.await()
                    .atMost(KafkaExtension.PATIENCE)
                    .until(() -> offsets().equals(List.of(EACH + 1L, EACH + 1L, (long) EACH, (long) EACH)));
        }

        assertThat(subjects()).hasSize(EACH * Topics.EVENTS.partitions()).doesNotContain("poisoned");
        assertThat(refused).as("each is told once").hasSize(2);
    }

    @Test
    void recordsThatNobodyHasThoughtOfStopNothing() {
        List<String> odd = new ArrayList<>();
        odd.add(json(Events.on("no-team").opened()).replace("\"traffic-control\"", "null"));
        Events huge = Events.on("huge");
        odd.add(json(huge.opened()).replace("0.45", "1e400"));
        odd.add(json(huge.updated(0.47)).replace("0.47", "1e400"));
        odd.add(json(Events.on("half-a-character").opened()).replace("Vehicles crawl", "\\ud83d"));
        odd.add(json(Events.on("too-long-for-an-index").opened())
                .replace("\"too-long-for-an-index\"", '"' + randomText(20_000) + '"'));
        odd.add(json(Events.on("after-them").opened()));
        odd.forEach(record ->
                kafka.produce(new ProducerRecord<>(TOPIC, 0, "odd", record.getBytes(StandardCharsets.UTF_8))));

        try (EventIntake intake = intake(() -> {})) {
            intake.start();
            Awaitility.await()
                    .atMost(KafkaExtension.PATIENCE)
                    .until(() ->
                            offsets().equals(List.of(EACH + (long) odd.size(), (long) EACH, (long) EACH, (long) EACH)));
            Awaitility.await().until(() -> intake.problem().isEmpty());
        }

        assertThat(subjects())
                .hasSize(EACH * Topics.EVENTS.partitions() + 4)
                .contains("no-team", "huge", "half-a-character", "after-them");
        assertThat(refused).hasSize(1);
    }

    private static String json(CityEvent event) {
        return new String(JsonCodec.write(event), StandardCharsets.UTF_8);
    }

    private static String randomText(int length) {
        return new Random(1)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void anErrorIsSaidAndTheIntakeStartsOver() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (EventIntake intake = intake(() -> {
            if (broken.get()) {
                throw new StackOverflowError("played");
            }
        })) {
            intake.start();
            Awaitility.await()
                    .atMost(KafkaExtension.PATIENCE)
                    .until(() -> intake.problem().orElse("").contains("played"));
            broken.set(false);
            awaitReadUp();
            Awaitility.await().until(() -> intake.problem().isEmpty());
        }

        assertThat(subjects()).hasSize(EACH * Topics.EVENTS.partitions());
    }

    @Test
    void whoeverFailsToHearOfAChangeDoesNotHaveItRefused() {
        try (EventIntake intake = intake(() -> {}, (alert, change) -> {
            throw new IllegalStateException("played");
        })) {
            intake.start();
            awaitReadUp();
        }

        assertThat(refused).isEmpty();
        assertThat(subjects()).hasSize(EACH * Topics.EVENTS.partitions());
    }

    private static void awaitReadUp() {
        Awaitility.await()
                .atMost(KafkaExtension.PATIENCE)
                .until(() -> offsets().stream().filter(offset -> offset == EACH).count() == Topics.EVENTS.partitions());
    }

    private static List<Long> offsets() {
        return postgres.query("SELECT next_offset FROM alerting.consumer_offsets ORDER BY partition").stream()
                .map(row -> Long.parseLong(String.valueOf(row.get("next_offset"))))
                .toList();
    }

    private static List<Object> subjects() {
        return postgres.query("SELECT subject_id FROM alerting.alerts").stream()
                .map(row -> row.get("subject_id"))
                .toList();
    }

    /** @param beforeWriting between what was polled and the transaction that writes it */
    private EventIntake intake(Runnable beforeWriting) {
        return intake(beforeWriting, (alert, change) -> {});
    }

    private EventIntake intake(Runnable beforeWriting, AlertListener listener) {
        AlertStore watched = new AlertStore() {
            @Override
            public <T> T inTransaction(Function<AlertTransaction, T> work) {
                beforeWriting.run();
                return alerts.inTransaction(work);
            }

            @Override
            public OptionalLong offset(String topic, int partition) {
                return alerts.offset(topic, partition);
            }
        };
        AlertWriter writer = new AlertWriter(
                watched,
                new Notifier(
                        () -> Routes.DEFAULT,
                        subject -> Place.UNKNOWN,
                        new WebhookMessages(
                                new AlertLinks("http://city.example", "http://alerts.example"),
                                subject -> Place.UNKNOWN),
                        () -> Events.EIGHT),
                listener,
                reason -> {},
                InstantSource.system(),
                Duration.ofSeconds(30));
        return new EventIntake(
                new KafkaSettings(kafka.bootstrapServers()),
                null,
                watched,
                writer,
                refused::add,
                InstantSource.system());
    }
}

package org.citystream.alerting.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.lifecycle.AlertStore;
import org.citystream.alerting.lifecycle.AlertTransaction;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.lifecycle.InvalidDataException;
import org.citystream.alerting.lifecycle.PartitionBatch;
import org.citystream.alerting.notify.Attempt;
import org.citystream.alerting.notify.Delivery;
import org.citystream.alerting.notify.Endpoint;
import org.citystream.alerting.notify.Endpoints.LoggedDelivery;
import org.citystream.alerting.notify.Failures;
import org.citystream.alerting.notify.Format;
import org.citystream.alerting.notify.Notifier;
import org.citystream.alerting.notify.Outcome;
import org.citystream.alerting.notify.RetrySchedule;
import org.citystream.alerting.notify.webhook.WebhookMessages;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.route.Routes;
import org.citystream.model.event.CityEvent;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.PostgresExtension;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresOutboxTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private final PostgresStore store =
            new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD);

    private final Instant now = Instant.parse("2026-11-23T08:15:30Z");
    private final PostgresOutbox outbox = new PostgresOutbox(store, new Presence(store));
    private final PostgresEndpoints endpoints = new PostgresEndpoints(store, () -> Routes.DEFAULT_RECEIVER);
    private final PostgresAlerts alerts = new PostgresAlerts(store);
    private final RetrySchedule schedule = new RetrySchedule(RetrySchedule.STANDARD, () -> 0.5);
    private final AlertWriter writer = writer(alerts);
    private long offset = -1;

    private AlertWriter writer(AlertStore alertStore) {
        return new AlertWriter(
                alertStore,
                new Notifier(
                        () -> Routes.DEFAULT,
                        subject -> Place.UNKNOWN,
                        new WebhookMessages(
                                new AlertLinks("http://city.example", "http://alerts.example"),
                                subject -> Place.UNKNOWN),
                        () -> now),
                (alert, change) -> {},
                reason -> {},
                InstantSource.fixed(now),
                Duration.ofSeconds(30));
    }

    @BeforeAll
    static void prepare() {
        EmptyDatabase.prepare(postgres);
    }

    @BeforeEach
    void empty() {
        EmptyDatabase.empty(postgres);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void ofEachAlertOnlyTheEarliestMessageCanBeClaimed() {
        Endpoint endpoint = endpoint("wh_1");
        Events ring = Events.on("ring-3");
        receive(
                ring.opened(),
                ring.escalated(),
                ring.closed(),
                Events.on("ring-4").opened());

        List<Delivery> first = claim(endpoint);
        assertThat(first).extracting(Delivery::type).containsExactlyInAnyOrder("alert.opened", "alert.opened");
        assertThat(claim(endpoint)).isEmpty();

        first.forEach(delivery -> complete(delivery, 200));
        assertThat(claim(endpoint)).extracting(Delivery::type).containsExactly("alert.escalated");
    }

    @Test
    void aFailedMessageHoldsBackThoseBehindItUntilItIsDelivered() {
        Endpoint endpoint = endpoint("wh_1");
        Events ring = Events.on("ring-3");
        receive(ring.opened(), ring.closed());

        complete(claim(endpoint).get(0), 500);
        assertThat(claim(endpoint)).isEmpty();

        Delivery second = outbox.claim(endpoint, 10, now.plusSeconds(6), LEASE).get(0);
        assertThat(second.type()).isEqualTo("alert.opened");
        assertThat(second.attempt()).isEqualTo(2);
    }

    @Test
    void aLeaseThatRanOutIsVoid() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        Delivery slow = claim(endpoint).get(0);

        Delivery taken = outbox.claim(endpoint, 10, now.plus(LEASE), LEASE).get(0);
        assertThat(taken.webhookId()).isEqualTo(slow.webhookId());
        complete(slow, 500);
        complete(taken, 200);

        LoggedDelivery logged = endpoints.delivery(slow.webhookId()).orElseThrow();
        assertThat(logged.state().wireName()).isEqualTo("delivered");
        assertThat(logged.attempts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {PostgresOutbox.CLAIM, PostgresOutbox.ENDPOINTS_WITH_DUE})
    void whatIsDueIsFoundWithoutReadingAllThatWaits(String sql) {
        endpoint("wh_1");
        postgres.execute("INSERT INTO alerting.messages (alert_id, sequence, type, types, body, recorded_at)"
                + " SELECT 'a' || i, 1, 'alert.opened', '{alert.opened}', '{}', '2026-11-23T08:00:00Z'"
                + " FROM generate_series(1, 4000) i");
        postgres.execute("INSERT INTO alerting.deliveries"
                + " (webhook_id, endpoint_id, alert_id, sequence, state, next_attempt_at, created_at)"
                + " SELECT 'msg_' || alert_id, 'wh_1', alert_id, 1, 'pending', recorded_at, recorded_at"
                + " FROM alerting.messages");

        assertThat(hitBlocks(sql)).isBetween(1, 400);
    }

    /** Pages that a statement reads. */
    private int hitBlocks(String sql) {
        String plan = store.query(handle -> {
            Query query = handle.createQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, FORMAT JSON) " + sql);
            query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            return query.bind("endpoint", "wh_1")
                    .bind("now", now)
                    .bind("until", now.plus(LEASE))
                    .bind("instance", 1L)
                    .bind("limit", 8)
                    .bind("look", 8 + PostgresOutbox.LOOK)
                    .mapTo(String.class)
                    .one();
        });

        return JsonCodec.read(plan.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                .path(0)
                .path("Plan")
                .path("Shared Hit Blocks")
                .intValue();
    }

    @Test
    void outcomesAreJudgedInTheOrderInWhichTheyCame() {
        Endpoint endpoint = endpoint("wh_1");
        for (int i = 0; i < 5; i++) {
            receive(Events.on("ring-" + i).opened());
        }
        List<Delivery> claimed = claim(endpoint);

        outbox.complete(List.of(
                outcome(claimed.get(0), 500),
                outcome(claimed.get(1), 200),
                outcome(claimed.get(2), 200),
                outcome(claimed.get(3), 500),
                outcome(claimed.get(4), 500)));

        assertThat(endpoints.find("wh_1").orElseThrow().failures().consecutive())
                .isEqualTo(2);
        assertThat(postgres.query("SELECT 1 AS x FROM alerting.deliveries WHERE state = 'delivered'"))
                .hasSize(2);
    }

    @Test
    void amongOutcomesOneThatSomebodyElseHasClaimedIsLeftOut() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened(), Events.on("ring-4").opened());
        List<Delivery> claimed = claim(endpoint);
        outbox.release(claimed.get(0));
        assertThat(claim(endpoint))
                .extracting(Delivery::webhookId)
                .containsExactly(claimed.get(0).webhookId());

        outbox.complete(List.of(outcome(claimed.get(0), 500), outcome(claimed.get(1), 200)));

        assertThat(endpoints.find("wh_1").orElseThrow().failures()).isEqualTo(Failures.NONE);
        assertThat(postgres.query("SELECT 1 AS x FROM alerting.delivery_attempts"))
                .hasSize(1);
    }

    @Test
    void anOutcomeCountsOnceAndAlsoIfTheLeaseWasTakenBackMeanwhile() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        Delivery delivery = claim(endpoint).get(0);
        outbox.release(delivery);

        complete(delivery, 500);
        complete(delivery, 500);

        assertThat(claim(endpoint))
                .as("it is not due, since its failure is known")
                .isEmpty();
        assertThat(endpoints.find("wh_1").orElseThrow().failures().consecutive())
                .isEqualTo(1);
        assertThat(postgres.query("SELECT 1 AS x FROM alerting.delivery_attempts"))
                .hasSize(1);
    }

    @Test
    void aBacklogBehindOneFailedMessageKeepsNobodyElseWaiting() {
        Endpoint endpoint = endpoint("wh_1");
        waiting("stuck", 10_000);
        postgres.execute("UPDATE alerting.deliveries SET next_attempt_at = '2026-11-24T08:00:00Z' WHERE sequence = 1");
        waiting("other", 2);
        // Behind all of them.
        postgres.execute(
                "UPDATE alerting.deliveries SET next_attempt_at = '2026-11-23T08:10:00Z' WHERE alert_id = 'other'");

        List<Delivery> claimed = claimUntilSomethingIsFound(endpoint);

        assertThat(claimed).extracting(Delivery::webhookId).containsExactly("msg_other_1");
        assertThat(hitBlocks(PostgresOutbox.CLAIM)).isLessThan(400);
        assertThat(postgres.query(
                        "SELECT 1 AS x FROM alerting.deliveries WHERE next_attempt_at <= '2026-11-23T09:00:00Z'"))
                .as("of 10,000 that wait behind it hardly any is looked at again")
                .hasSizeLessThan(100);
    }

    @Test
    void whatWasParkedIsDueOnceTheMessageBeforeItIsOver() {
        Endpoint endpoint = endpoint("wh_1");
        waiting("ring", 3);

        for (int i = 1; i <= 3; i++) {
            Delivery next = claim(endpoint).get(0);
            assertThat(next.webhookId()).isEqualTo("msg_ring_" + i);
            assertThat(claim(endpoint)).isEmpty();
            complete(next, 200);
        }
        assertThat(claim(endpoint)).isEmpty();
    }

    @Test
    void whatWasParkedBehindAForgottenMessageIsDue() {
        Endpoint endpoint = endpoint("wh_1");
        waiting("ring", 2);
        outbox.release(claim(endpoint).get(0));
        postgres.execute("UPDATE alerting.messages SET recorded_at = '2026-10-01T08:00:00Z' WHERE sequence = 1");

        outbox.forget(now.minus(Duration.ofDays(30)));

        assertThat(claim(endpoint)).extracting(Delivery::webhookId).containsExactly("msg_ring_2");
    }

    @Test
    void parkingAndCompletingSideBySideForgetNobody() throws Exception {
        Endpoint endpoint = endpoint("wh_1");
        for (int lane = 0; lane < 20; lane++) {
            waiting("lane-" + lane, 15);
        }
        CompletableFuture<?>[] workers = new CompletableFuture<?>[3];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = CompletableFuture.runAsync(() -> {
                for (int idle = 0; idle < 20; idle++) {
                    for (List<Delivery> some = claim(endpoint, 5); !some.isEmpty(); some = claim(endpoint, 5)) {
                        outbox.complete(some.stream()
                                .map(delivery -> outcome(delivery, 200))
                                .toList());
                        idle = 0;
                    }
                }
            });
        }

        CompletableFuture.allOf(workers).get(60, TimeUnit.SECONDS);

        assertThat(postgres.query("SELECT webhook_id FROM alerting.deliveries WHERE state <> 'delivered'"))
                .isEmpty();
    }

    @Test
    void twoInstancesThatRecordCrosswiseDoNotLockEachOtherOut() throws Exception {
        Endpoint one = endpoint("wh_1");
        Endpoint two = endpoint("wh_2");
        for (int i = 0; i < 40; i++) {
            receive(Events.on("ring-" + i).opened());
        }
        List<Delivery> ofOne = claim(one, 40);
        List<Delivery> ofTwo = claim(two, 40);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20; i++) {
                outbox.complete(List.of(outcome(ofOne.get(i), 500), outcome(ofTwo.get(i), 500)));
            }
        });
        for (int i = 20; i < 40; i++) {
            outbox.complete(List.of(outcome(ofTwo.get(i), 500), outcome(ofOne.get(i), 500)));
        }

        first.get(30, TimeUnit.SECONDS);

        assertThat(endpoints.find("wh_1").orElseThrow().failures().consecutive())
                .isEqualTo(40);
    }

    @Test
    void whatIsSentAgainByHandDoesNotWaitForTheBlock() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        Delivery refused = claim(endpoint).get(0);
        Attempt throttled = new Attempt(now, Duration.ofMillis(5), 429, "HTTP 429", null, Duration.ofHours(24));
        Runnable block = () -> complete(claim(endpoint).get(0), throttled);
        complete(refused, throttled);
        assertThat(outbox.endpointsWithDueDeliveries(now)).isEmpty();

        endpoints.redeliver(refused.webhookId(), now);
        assertThat(outbox.endpointsWithDueDeliveries(now)).hasSize(1);
        block.run();
        endpoints.redeliverSince(endpoint, now.minusSeconds(60), false, now);
        assertThat(outbox.endpointsWithDueDeliveries(now)).hasSize(1);
        block.run();
        endpoints.enqueueTest(endpoint, "{}", now);
        assertThat(outbox.endpointsWithDueDeliveries(now)).hasSize(1);
    }

    @Test
    void anotherUrlForgetsTheFailuresOfTheOld() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        complete(claim(endpoint).get(0), new Attempt(now, Duration.ZERO, 503, "HTTP 503", null, Duration.ofHours(9)));

        endpoints.change("wh_1", old -> withUrl(old, old.url()));
        assertThat(endpoints.find("wh_1").orElseThrow().failures()).isNotEqualTo(Failures.NONE);
        endpoints.change("wh_1", old -> withUrl(old, "http://127.0.0.2/"));
        assertThat(endpoints.find("wh_1").orElseThrow().failures()).isEqualTo(Failures.NONE);
    }

    private static Endpoint withUrl(Endpoint old, String url) {
        return new Endpoint(
                old.id(),
                url,
                old.format(),
                old.types(),
                old.receivers(),
                old.description(),
                old.secrets(),
                old.enabled(),
                old.disabledReason(),
                old.createdAt(),
                old.failures());
    }

    @Test
    void whoeverChangesAnEndpointTakesNothingBackThatOthersHaveDone() throws Exception {
        endpoint("wh_1");
        CompletableFuture<Optional<Endpoint>> rotated = new CompletableFuture<>();

        endpoints.change("wh_1", old -> {
            rotated.completeAsync(() -> endpoints.change(
                    "wh_1", e -> e.withSecrets(e.secrets().rotatedTo("whsec_new", now, Duration.ofHours(24)))));
            Awaitility.await().until(PostgresOutboxTest::someoneWaits);
            return withUrl(old, "http://127.0.0.2/");
        });

        Endpoint after = rotated.get(10, TimeUnit.SECONDS).orElseThrow();
        assertThat(after.url()).isEqualTo("http://127.0.0.2/");
        assertThat(endpoints.find("wh_1").orElseThrow().secrets().at(now)).containsExactly("whsec_new", "whsec_x");
    }

    @Test
    void oneFailureWeeksAfterAnotherWasGivenUpDisablesNobody() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        Instant time = now;
        List<Delivery> due = claim(endpoint);
        while (!due.isEmpty()) {
            complete(due.get(0), 500, time);
            time = time.plus(Duration.ofHours(25));
            due = outbox.claim(endpoints.find("wh_1").orElseThrow(), 1, time, LEASE);
        }
        endpoints.redeliver(
                endpoints.deliveries("wh_1", null, null, 1).get(0).webhookId(), now.plus(Duration.ofDays(30)));
        Delivery later = outbox.claim(endpoints.find("wh_1").orElseThrow(), 1, now.plus(Duration.ofDays(30)), LEASE)
                .get(0);

        complete(later, 500, now.plus(Duration.ofDays(30)));

        assertThat(endpoints.find("wh_1").orElseThrow().disabledReason()).isNull();
    }

    private void complete(Delivery delivery, int status, Instant at) {
        Attempt attempt = new Attempt(at, Duration.ofMillis(5), status, "HTTP " + status, null, null);
        // A shorter schedule than the five days after which an endpoint is disabled.
        RetrySchedule short3 = new RetrySchedule(RetrySchedule.STANDARD.subList(0, 3), () -> 0.5);
        outbox.complete(List.of(new Outcome(
                delivery,
                attempt,
                short3.after(
                        delivery.attempt(), attempt, at, delivery.endpoint().failures()))));
    }

    @Test
    void whatIsSentAgainWhileItIsUnderWayIsSentOnceMore() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        Delivery underWay = claim(endpoint).get(0);

        endpoints.redeliver(underWay.webhookId(), now);
        complete(underWay, 200);

        assertThat(claim(endpoint)).extracting(Delivery::webhookId).containsExactly(underWay.webhookId());
    }

    @Test
    void anEndpointThatHasLostEverythingGetsItAgainInOrder() {
        Endpoint endpoint = endpoint("wh_1");
        Events ring = Events.on("ring-3");
        receive(ring.opened(), ring.closed());
        List<String> first = deliverAll(endpoint);

        assertThat(endpoints.redeliverSince(endpoint, now.minusSeconds(60), false, now))
                .as("it has it")
                .isZero();
        assertThat(endpoints.redeliverSince(endpoint, now.minusSeconds(60), true, now))
                .isEqualTo(2);
        assertThat(deliverAll(endpoint)).isEqualTo(first).hasSize(2);
    }

    private List<String> deliverAll(Endpoint endpoint) {
        List<String> ids = new ArrayList<>();
        for (List<Delivery> some = claim(endpoint); !some.isEmpty(); some = claim(endpoint)) {
            some.forEach(delivery -> {
                ids.add(delivery.webhookId());
                complete(delivery, 200);
            });
        }
        return ids;
    }

    @Test
    void theBacklogIsCounted() {
        assertThat(outbox.backlog().waiting()).isZero();
        endpoint("wh_1");
        receive(Events.on("ring-3").opened(), Events.on("ring-4").opened());

        assertThat(outbox.backlog().waiting()).isEqualTo(2);
        assertThat(outbox.backlog().oldest()).isEqualTo(now);
    }

    /** Messages of one alert, all due since eight. */
    private static void waiting(String alert, int count) {
        postgres.execute("INSERT INTO alerting.messages (alert_id, sequence, type, types, body, recorded_at)"
                + " SELECT '" + alert + "', i, 'alert.updated', '{alert.updated}', '{}', '2026-11-23T08:00:00Z'"
                + " FROM generate_series(1, " + count + ") i");
        postgres.execute("INSERT INTO alerting.deliveries"
                + " (webhook_id, endpoint_id, alert_id, sequence, state, next_attempt_at, created_at)"
                + " SELECT 'msg_' || alert_id || '_' || sequence, 'wh_1', alert_id, sequence, 'pending', recorded_at,"
                + " recorded_at FROM alerting.messages WHERE alert_id = '" + alert + "'");
    }

    /** At most so many looks as get through the whole backlog. */
    private List<Delivery> claimUntilSomethingIsFound(Endpoint endpoint) {
        for (int look = 0; look < 10_000 / PostgresOutbox.PARKING; look++) {
            List<Delivery> claimed = claim(endpoint);
            if (!claimed.isEmpty()) {
                return claimed;
            }
        }
        return List.of();
    }

    @Test
    void aNewcomerMissesNothingThatIsBeingToldAtTheTime() throws Exception {
        CompletableFuture<Endpoint> added = new CompletableFuture<>();
        AlertStore slow = new AlertStore() {
            @Override
            public <T> T inTransaction(Function<AlertTransaction, T> work) {
                return alerts.inTransaction(transaction -> {
                    T result = work.apply(transaction);
                    added.completeAsync(() -> endpoint("wh_new"));
                    Awaitility.await().until(() -> added.isDone() || someoneWaits());
                    return result;
                });
            }

            @Override
            public OptionalLong offset(String topic, int partition) {
                return alerts.offset(topic, partition);
            }
        };
        writer(slow).receive(List.of(batch(0, -1, 1, Events.on("ring-3").opened())));

        assertThat(claim(added.get(10, TimeUnit.SECONDS)))
                .extracting(Delivery::type)
                .containsExactly("alert.opened");
    }

    private static boolean someoneWaits() {
        return !postgres.query("SELECT 1 AS x FROM pg_locks WHERE NOT granted").isEmpty();
    }

    @Test
    void whatIsGivenBackWasNotAnAttempt() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        outbox.release(claim(endpoint).get(0));

        assertThat(claim(endpoint))
                .singleElement()
                .satisfies(d -> assertThat(d.attempt()).isEqualTo(1));
    }

    @Test
    void anEndpointThatAsksForPeaceGetsNothingMeanwhile() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened(), Events.on("ring-4").opened());
        Delivery refused = claim(endpoint, 1).get(0);
        Attempt attempt = new Attempt(now, Duration.ofMillis(5), 429, "HTTP 429", null, Duration.ofMinutes(10));
        complete(refused, attempt);

        assertThat(outbox.endpointsWithDueDeliveries(now.plusSeconds(599))).isEmpty();
        assertThat(outbox.endpointsWithDueDeliveries(now.plusSeconds(600))).hasSize(1);
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAndGetsWhatItMissedWhenItIsBack() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        complete(claim(endpoint).get(0), 410);
        Endpoint disabled = endpoints.find("wh_1").orElseThrow();
        assertThat(disabled.enabled()).isFalse();
        assertThat(disabled.disabledReason()).contains("410");
        receive(Events.on("ring-4").opened());
        assertThat(outbox.endpointsWithDueDeliveries(now.plus(Duration.ofDays(1))))
                .isEmpty();

        endpoints.change("wh_1", PostgresOutboxTest::enabled);
        int redelivered = endpoints.redeliverSince(endpoint, now.minusSeconds(60), false, now);

        assertThat(redelivered).isEqualTo(2);
        assertThat(claim(endpoint)).hasSize(2);
    }

    @Test
    void aNewcomerIsToldWhatIsOpen() {
        Events ring = Events.on("ring-3");
        receive(ring.opened(), ring.escalated());
        Events over = Events.on("ring-4");
        receive(over.opened(), over.closed());
        receive(Events.on("ring-5").shadow().opened());

        Endpoint endpoint = endpoint("wh_new");

        assertThat(claim(endpoint)).extracting(Delivery::type).containsExactly("alert.escalated");
    }

    @Test
    void anEndpointGetsOnlyTheTypesItWants() {
        Endpoint endpoint = endpoint("wh_1", List.of("alert.resolved"));
        Events ring = Events.on("ring-3");
        receive(ring.opened(), ring.escalated(), ring.closed());

        assertThat(claim(endpoint)).extracting(Delivery::type).containsExactly("alert.resolved");
    }

    @Test
    void aZombieWritesNothing() {
        endpoint("wh_1");
        PartitionBatch first = batch(0, -1, 10, Events.on("ring-3").opened());
        PartitionBatch zombie = batch(0, -1, 12, Events.on("ring-4").opened());
        PartitionBatch late = batch(0, 7, 12, Events.on("ring-5").opened());

        assertThat(writer.receive(List.of(first))).containsExactly(first);
        assertThat(writer.receive(List.of(zombie))).isEmpty();
        assertThat(writer.receive(List.of(late))).isEmpty();
        assertThat(alerts.offset("city.events.v1", 0)).hasValue(10);
        assertThat(subjects()).containsExactly("ring-3");
    }

    @Test
    void ofAPartitionLostInTheMiddleOfAPollNothingIsWritten() throws Exception {
        writer.receive(List.of(batch(0, -1, 5), batch(1, -1, 5), batch(2, -1, 5)));
        PartitionBatch kept = batch(0, 5, 6, Events.on("kept").opened());
        PartitionBatch lost = batch(1, 5, 8, Events.on("lost").opened());
        PartitionBatch alsoKept = batch(2, 5, 6, Events.on("also-kept").opened());
        CompletableFuture<List<PartitionBatch>> polled = new CompletableFuture<>();

        // The new owner has taken the partition on and not committed yet when the old one's poll comes to it.
        alerts.inTransaction(transaction -> {
            assertThat(transaction.moveOffsets(List.of(batch(1, 5, 7)))).hasSize(1);
            polled.completeAsync(() -> writer.receive(List.of(kept, lost, alsoKept)));
            Awaitility.await().until(PostgresOutboxTest::someoneWaits);
            return List.of();
        });

        assertThat(polled.get(10, TimeUnit.SECONDS)).containsExactlyInAnyOrder(kept, alsoKept);
        assertThat(subjects()).containsExactlyInAnyOrder("kept", "also-kept");
        assertThat(offsets()).containsExactly(6, 7, 6);
    }

    @Test
    void aNewOwnerThatGivesUpLeavesThePartitionToItsOldOne() throws Exception {
        writer.receive(List.of(batch(0, -1, 5), batch(1, -1, 5)));
        PartitionBatch one = batch(0, 5, 6, Events.on("ring-3").opened());
        PartitionBatch two = batch(1, 5, 8, Events.on("ring-4").opened());
        CompletableFuture<List<PartitionBatch>> polled = new CompletableFuture<>();

        assertThatThrownBy(() -> alerts.inTransaction(transaction -> {
                    transaction.moveOffsets(List.of(batch(1, 5, 7)));
                    polled.completeAsync(() -> writer.receive(List.of(one, two)));
                    Awaitility.await().until(PostgresOutboxTest::someoneWaits);
                    throw new IllegalStateException("gives up");
                }))
                .hasMessage("gives up");

        assertThat(polled.get(10, TimeUnit.SECONDS)).containsExactlyInAnyOrder(one, two);
        assertThat(offsets()).containsExactly(6, 8);
    }

    @Test
    void whatThePollsLastPartitionCannotWriteTakesBackAllOfIt() {
        writer.receive(List.of(batch(0, -1, 5), batch(1, -1, 5)));
        PartitionBatch good = batch(0, 5, 6, Events.on("good").opened());
        PartitionBatch poisoned =
                batch(1, 5, 6, Events.on("not \u0000 for PostgreSQL").opened());

        assertThatThrownBy(() -> writer.receive(List.of(good, poisoned))).isInstanceOf(InvalidDataException.class);

        assertThat(offsets()).containsExactly(5, 5);
        assertThat(subjects()).isEmpty();
    }

    @Test
    void whatHappensToAnAlertWithinOnePollIsOneRowAndItsWholeHistory() {
        Events ring = Events.on("ring-3");
        Events other = Events.on("ring-4");
        receive(ring.opened(), other.opened(), ring.escalated(), ring.closed());

        assertThat(postgres.query("SELECT state, sequence FROM alerting.alerts ORDER BY subject_id"))
                .extracting(row -> row.get("state") + " " + row.get("sequence"))
                .containsExactly("resolved 3", "firing 1");
        assertThat(postgres.query("SELECT type FROM alerting.alert_history h JOIN alerting.alerts a USING (alert_id)"
                        + " WHERE a.subject_id = 'ring-3' ORDER BY h.sequence"))
                .extracting(row -> row.get("type"))
                .containsExactly("alert.opened", "alert.escalated", "alert.resolved");
    }

    private static List<Object> subjects() {
        return postgres.query("SELECT subject_id FROM alerting.alerts").stream()
                .map(row -> row.get("subject_id"))
                .toList();
    }

    private static List<Integer> offsets() {
        return postgres.query("SELECT next_offset FROM alerting.consumer_offsets ORDER BY partition").stream()
                .map(row -> Integer.parseInt(String.valueOf(row.get("next_offset"))))
                .toList();
    }

    @Test
    void anEventSurvivesTheDatabaseWithItsContent() {
        CityEvent event = Events.on("ring-3").updated(1e2);
        receive(event);
        receive(Events.on("ring-3").updated(100.0));

        assertThat(postgres.query("SELECT sequence FROM alerting.alerts").get(0))
                .containsEntry("sequence", 1);
    }

    @Test
    void oldMessagesAreForgotten() {
        Endpoint endpoint = endpoint("wh_1");
        Events ring = Events.on("ring-3");
        receive(ring.opened(), ring.closed());

        assertThat(outbox.forget(now.minus(Duration.ofDays(1)))).isZero();
        assertThat(outbox.forget(now.plusSeconds(1))).isEqualTo(2);
        assertThat(claim(endpoint)).isEmpty();
    }

    @Test
    void aBlockIsNeverShortenedByWhatWasUnderWay() {
        Endpoint endpoint = endpoint("wh_1");
        receive(
                Events.on("ring-3").opened(),
                Events.on("ring-4").opened(),
                Events.on("ring-5").opened());
        List<Delivery> underWay = claim(endpoint);
        Attempt throttled = new Attempt(now, Duration.ofMillis(5), 429, "HTTP 429", null, Duration.ofMinutes(10));
        complete(underWay.get(0), throttled);

        complete(underWay.get(1), 500);
        complete(underWay.get(2), 200);

        assertThat(outbox.endpointsWithDueDeliveries(now.plusSeconds(599))).isEmpty();
        assertThat(outbox.endpointsWithDueDeliveries(now.plusSeconds(600))).hasSize(1);
    }

    @Test
    void theOtherEndpointsHearThatOneIsDisabled() {
        Endpoint gone = endpoint("wh_gone");
        Endpoint left = endpoint("wh_left", List.of("webhook.disabled"));
        Endpoint other = endpoint("wh_other", List.of("alert.opened"));
        receive(Events.on("ring-3").opened(), Events.on("ring-4").opened());
        List<Delivery> underWay = claim(gone);

        underWay.forEach(delivery -> complete(delivery, 410));

        assertThat(endpoints.find("wh_gone").orElseThrow().disabledReason()).contains("410");
        assertThat(outbox.claim(left, 10, now.plusSeconds(1), LEASE))
                .as("once, though two were refused")
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.type()).isEqualTo("webhook.disabled");
                    assertThat(delivery.body())
                            .contains("wh_gone")
                            .contains("410 Gone")
                            .doesNotContain("127.0.0.1");
                });
        assertThat(claim(other)).extracting(Delivery::type).containsOnly("alert.opened");
    }

    @Test
    void whatAnInstanceHadClaimedIsFreeAsSoonAsItIsGone() {
        Endpoint endpoint = endpoint("wh_1");
        receive(Events.on("ring-3").opened());
        PostgresStore otherStore =
                new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD);
        PostgresOutbox other = new PostgresOutbox(otherStore, new Presence(otherStore));
        other.releaseAbandoned();
        Delivery claimed = other.claim(endpoint, 10, now, LEASE).get(0);
        outbox.releaseAbandoned();
        assertThat(claim(endpoint)).as("the other lives").isEmpty();

        otherStore.close();
        Awaitility.await().untilAsserted(() -> {
            outbox.releaseAbandoned();
            assertThat(claim(endpoint))
                    .singleElement()
                    .satisfies(d -> assertThat(d.webhookId()).isEqualTo(claimed.webhookId()));
        });
    }

    private Endpoint endpoint(String id) {
        return endpoint(id, List.of());
    }

    private Endpoint endpoint(String id, List<String> types) {
        Endpoint endpoint =
                Endpoint.registered(id, "http://127.0.0.1/", Format.CITYSTREAM, types, List.of(), null, "whsec_x", now);
        endpoints.add(endpoint, now.minusSeconds(1));
        return endpoint;
    }

    private static Endpoint enabled(Endpoint endpoint) {
        return new Endpoint(
                endpoint.id(),
                endpoint.url(),
                endpoint.format(),
                endpoint.types(),
                endpoint.receivers(),
                endpoint.description(),
                endpoint.secrets(),
                true,
                null,
                endpoint.createdAt(),
                endpoint.failures());
    }

    private List<Delivery> claim(Endpoint endpoint) {
        return claim(endpoint, 10);
    }

    private List<Delivery> claim(Endpoint endpoint, int limit) {
        return outbox.claim(endpoint, limit, now, LEASE);
    }

    private void complete(Delivery delivery, int status) {
        outbox.complete(List.of(outcome(delivery, status)));
    }

    private Outcome outcome(Delivery delivery, int status) {
        Attempt attempt = new Attempt(
                now,
                Duration.ofMillis(5),
                status,
                Optional.of("HTTP " + status).filter(e -> status >= 300).orElse(null),
                null,
                null);
        return outcome(delivery, attempt);
    }

    private void complete(Delivery delivery, Attempt attempt) {
        outbox.complete(List.of(outcome(delivery, attempt)));
    }

    private Outcome outcome(Delivery delivery, Attempt attempt) {
        return new Outcome(delivery, attempt, schedule.after(delivery.attempt(), attempt, now, Failures.NONE));
    }

    private void receive(CityEvent... events) {
        long next = offset + 1 + events.length;
        assertThat(writer.receive(List.of(batch(0, offset, next, events)))).hasSize(1);
        offset = next;
    }

    private static PartitionBatch batch(int partition, long expected, long next, CityEvent... events) {
        return new PartitionBatch("city.events.v1", partition, expected, next, List.of(events));
    }
}

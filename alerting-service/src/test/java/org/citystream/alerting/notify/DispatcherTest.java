package org.citystream.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private final FakeOutbox outbox = new FakeOutbox();
    private final FakeSender sender = new FakeSender();
    private final Dispatcher dispatcher = new Dispatcher(
            outbox,
            sender,
            new RetrySchedule(RetrySchedule.STANDARD, () -> 0.5),
            (delivery, attempt, verdict) -> {},
            Clock.systemUTC());

    @AfterEach
    void stop() {
        dispatcher.close();
    }

    @Test
    void endpointsThatHangKeepNobodyWaiting() {
        for (int dead = 0; dead < 10; dead++) {
            outbox.put("dead-" + dead, 100);
            sender.hang("dead-" + dead);
        }
        outbox.put("healthy", 50);
        dispatcher.start();

        Awaitility.await().until(() -> outbox.completed("healthy") == 50);

        assertThat(sender.underWay("dead-0")).isEqualTo(Dispatcher.SLOTS_PER_ENDPOINT);
    }

    @Test
    void anEndpointThatKeepsFailingIsProbedOneByOne() {
        outbox.put("failing", 20);
        outbox.failures("failing", CircuitBreaker.FAILURES_TO_OPEN);
        sender.hang("failing");
        dispatcher.start();

        Awaitility.await().until(() -> sender.underWay("failing") == 1);
        dispatcher.wake();
        Awaitility.await().during(Duration.ofMillis(700)).until(() -> sender.underWay("failing") == 1);
    }

    @Test
    void whatIsCutOffByAStopIsGivenBackUntried() {
        outbox.put("hanging", 3);
        sender.hang("hanging");
        dispatcher.start();
        Awaitility.await().until(() -> sender.underWay("hanging") == 3);

        dispatcher.close();

        assertThat(outbox.released).hasSize(3);
        assertThat(outbox.completed("hanging")).isZero();
    }

    @Test
    void whatCannotBeRecordedYetIsKeptAndNotSentAgain() {
        outbox.put("healthy", 20);
        outbox.unreachable = true;
        dispatcher.start();
        Awaitility.await().until(() -> dispatcher.problem().orElse("").contains("played"));
        assertThat(outbox.completed("healthy")).isZero();

        outbox.unreachable = false;

        Awaitility.await().until(() -> outbox.completed("healthy") == 20);
        Awaitility.await().until(() -> dispatcher.problem().isEmpty());
        assertThat(sender.sent).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void anErrorDoesNotEndIt() {
        outbox.broken = true;
        dispatcher.start();
        Awaitility.await().until(() -> dispatcher.problem().orElse("").contains("StackOverflowError"));
        outbox.put("healthy", 5);

        outbox.broken = false;

        Awaitility.await().until(() -> outbox.completed("healthy") == 5);
    }

    /** An outbox in memory that hands out each delivery once. */
    private static final class FakeOutbox implements Outbox {
        private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
        private final Map<String, List<Delivery>> waiting = new ConcurrentHashMap<>();
        private final List<Delivery> completed = new CopyOnWriteArrayList<>();
        private final List<Delivery> released = new CopyOnWriteArrayList<>();
        private volatile boolean unreachable;
        private volatile boolean broken;

        void put(String endpointId, int count) {
            Endpoint endpoint = endpoint(endpointId, 0);
            endpoints.put(endpointId, endpoint);
            List<Delivery> deliveries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                deliveries.add(new Delivery(endpointId + "-" + i, endpoint, "alert.opened", "{}", 1, 1));
            }
            waiting.put(endpointId, deliveries);
        }

        void failures(String endpointId, int failures) {
            endpoints.put(endpointId, endpoint(endpointId, failures));
        }

        private static Endpoint endpoint(String id, int failures) {
            return new Endpoint(
                    id,
                    "http://" + id,
                    Format.CITYSTREAM,
                    List.of(),
                    List.of(),
                    null,
                    Secrets.of("whsec_"),
                    true,
                    null,
                    Instant.EPOCH,
                    new Failures(failures, null, null));
        }

        long completed(String endpointId) {
            return completed.stream()
                    .filter(delivery -> delivery.endpoint().id().equals(endpointId))
                    .count();
        }

        @Override
        public synchronized List<Endpoint> endpointsWithDueDeliveries(Instant now) {
            if (broken) {
                throw new StackOverflowError("played");
            }
            return endpoints.values().stream()
                    .filter(endpoint ->
                            !waiting.getOrDefault(endpoint.id(), List.of()).isEmpty())
                    .toList();
        }

        @Override
        public synchronized List<Delivery> claim(Endpoint endpoint, int limit, Instant now, Duration lease) {
            List<Delivery> left = waiting.getOrDefault(endpoint.id(), List.of());
            List<Delivery> claimed = List.copyOf(left.subList(0, Math.min(limit, left.size())));
            left.subList(0, claimed.size()).clear();
            return claimed;
        }

        @Override
        public void complete(List<Outcome> outcomes) {
            if (unreachable) {
                throw new IllegalStateException("played");
            }
            outcomes.forEach(outcome -> completed.add(outcome.delivery()));
        }

        @Override
        public void release(Delivery delivery) {
            released.add(delivery);
        }
    }

    /** Succeeds at once, except for endpoints that hang until the sender is closed. */
    private static final class FakeSender implements Sender {
        private final ExecutorService answers = Executors.newSingleThreadExecutor();
        private final List<String> hanging = new CopyOnWriteArrayList<>();
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final Map<String, List<Consumer<Attempt>>> underWay = new ConcurrentHashMap<>();

        void hang(String endpointId) {
            hanging.add(endpointId);
        }

        int underWay(String endpointId) {
            return underWay.getOrDefault(endpointId, List.of()).size();
        }

        @Override
        public void send(Delivery delivery, Consumer<Attempt> done) {
            sent.add(delivery.webhookId());
            if (hanging.contains(delivery.endpoint().id())) {
                underWay.computeIfAbsent(delivery.endpoint().id(), id -> new CopyOnWriteArrayList<>())
                        .add(done);
            } else {
                answers.execute(() -> done.accept(new Attempt(Instant.EPOCH, Duration.ZERO, 200, null, null, null)));
            }
        }

        @Override
        public void close() {
            Attempt cutOff = new Attempt(Instant.EPOCH, Duration.ZERO, null, "cut off", null, null);
            underWay.values().forEach(calls -> calls.forEach(done -> done.accept(cutOff)));
            underWay.clear();
            answers.shutdown();
        }
    }
}

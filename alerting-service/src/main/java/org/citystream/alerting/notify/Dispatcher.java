package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox to the endpoints. Each endpoint has slots of its own, so that one that hangs keeps nobody else
 * waiting; while its circuit breaker is not closed it has a single one.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    static final int SLOTS_PER_ENDPOINT = 16;
    static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofMillis(500);
    /** Between looks at the outbox, so that under load a look finds many, and nobody waits who comes alone. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Sender sender;
    private final RetrySchedule schedule;
    private final DeliveryListener listener;
    private final InstantSource clock;
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    /** Taken from {@link #ended}, in its order, and not recorded yet. */
    private final List<Ended> unrecorded = new ArrayList<>();

    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "dispatcher");
    private int turn;
    private volatile boolean closing;
    private volatile String problem = "";

    /** Hears what came of attempts; must return at once. */
    @FunctionalInterface
    public interface DeliveryListener {
        void attempted(Delivery delivery, Attempt attempt, Verdict verdict);
    }

    /** An attempt that is over but not recorded; its slot is taken until it is. */
    private record Ended(Outcome outcome, AtomicInteger busy) {}

    /** @param clock wall clock */
    public Dispatcher(
            Outbox outbox, Sender sender, RetrySchedule schedule, DeliveryListener listener, InstantSource clock) {
        this.outbox = outbox;
        this.sender = sender;
        this.schedule = schedule;
        this.listener = listener;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** There may be something new in the outbox. */
    public void wake() {
        wake.release();
    }

    /** Why nothing is being sent; empty if something is, or would be. */
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private void run() {
        Duration pause = IDLE;
        while (!closing) {
            long lookedNanos = System.nanoTime();
            try {
                recordEnded();
                dispatch();
                pause = IDLE;
                problem = "";
            } catch (RuntimeException | Error e) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                problem = "the outbox cannot be worked on: " + e;
                LOG.warn("{}, trying again in {}", problem, pause);
                // Not woken by what ends or comes meanwhile: it would go round as fast as it fails.
                wake.drainPermits();
            }
            awaitWork(pause);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos() - (System.nanoTime() - lookedNanos));
            wake.drainPermits();
        }
    }

    private void awaitWork(Duration pause) {
        try {
            wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    private void dispatch() {
        List<Endpoint> endpoints = new ArrayList<>(outbox.endpointsWithDueDeliveries(clock.instant()));
        // Those who share a sender, such as the one for e-mail, take turns at being the first.
        Collections.rotate(endpoints, turn++);
        for (Endpoint endpoint : endpoints) {
            AtomicInteger busy = inFlight.computeIfAbsent(endpoint.id(), id -> new AtomicInteger());
            int free = Math.min(slots(endpoint) - busy.get(), sender.free(endpoint));
            if (free <= 0 || closing) {
                continue;
            }
            List<Delivery> claimed = outbox.claim(endpoint, free, clock.instant(), LEASE);
            busy.addAndGet(claimed.size());
            claimed.forEach(delivery -> sender.send(delivery, attempt -> complete(delivery, attempt, busy)));
        }
    }

    private static int slots(Endpoint endpoint) {
        return CircuitBreaker.closed(endpoint.failures()) ? SLOTS_PER_ENDPOINT : 1;
    }

    private void complete(Delivery delivery, Attempt attempt, AtomicInteger busy) {
        Verdict verdict = schedule.after(
                delivery.attempt(),
                attempt,
                clock.instant(),
                delivery.endpoint().failures());
        ended.add(new Ended(new Outcome(delivery, attempt, verdict), busy));
        wake();
    }

    /**
     * All that have ended meanwhile in one transaction: under load a commit serves many. What cannot be recorded now is kept:
     * forgotten, it would be sent again.
     */
    private synchronized void recordEnded() {
        for (Ended next = ended.poll(); next != null; next = ended.poll()) {
            unrecorded.add(next);
        }
        if (unrecorded.isEmpty()) {
            return;
        }
        record(unrecorded.stream().map(Ended::outcome).toList());
        unrecorded.forEach(one -> one.busy().decrementAndGet());
        unrecorded.clear();
    }

    private void record(List<Outcome> outcomes) {
        // Cut off by our own stop: the endpoint is not to blame.
        Predicate<Outcome> cutOff = outcome -> closing && outcome.attempt().status() == null;
        outcomes.stream().filter(cutOff).forEach(outcome -> outbox.release(outcome.delivery()));
        List<Outcome> made = outcomes.stream().filter(cutOff.negate()).toList();
        outbox.complete(made);
        made.forEach(this::tell);
    }

    private void tell(Outcome outcome) {
        try {
            listener.attempted(outcome.delivery(), outcome.attempt(), outcome.verdict());
        } catch (RuntimeException e) {
            LOG.warn("an attempt was recorded, and not all have heard of it: {}", e.toString());
        }
    }

    /** Stops claiming; attempts under way are cut off and given back. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
        try {
            recordEnded();
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} attempts are not recorded, their messages are sent again: {}", unrecorded.size(), e.toString());
        }
    }
}

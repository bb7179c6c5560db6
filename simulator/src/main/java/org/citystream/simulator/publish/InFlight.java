package org.citystream.simulator.publish;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Send times of the readings that are not yet acknowledged. Thread-safe. */
final class InFlight {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Instant, Integer> times = new TreeMap<>();

    void add(Instant sentAt) {
        lock.lock();
        try {
            times.merge(sentAt, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    void remove(Instant sentAt) {
        lock.lock();
        try {
            times.computeIfPresent(sentAt, (time, count) -> count == 1 ? null : count - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<Instant> oldest() {
        lock.lock();
        try {
            return times.isEmpty() ? Optional.empty() : Optional.of(times.firstKey());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is acknowledged; false when the time is over first. */
    boolean awaitChange(long millis) throws InterruptedException {
        lock.lock();
        try {
            return times.isEmpty() || changed.await(millis, TimeUnit.MILLISECONDS);
        } finally {
            lock.unlock();
        }
    }
}

package org.citystream.gateway.mqtt;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one connection that wait for their acknowledgement: a ring in PUBLISH order. Messages complete in any
 * order; what is acknowledged is the completed prefix, in PUBLISH order, as MQTT 5 demands (4.6.0-2). Once closed it
 * acknowledges nothing more: an acknowledgement sent over a later connection would carry a packet id that means another
 * message there. It begins held back, see {@link #release}. Thread-safe; acknowledges under its lock, because two threads
 * doing so at once would change the order.
 */
final class AckQueue {

    /** Sends one acknowledgement; must not block. */
    @FunctionalInterface
    interface Acknowledger {
        void acknowledge(int packetId);
    }

    private static final int NEEDS_NO_ACK = 0;

    private final Acknowledger acknowledger;
    private final int[] packetIds;
    private final boolean[] completed;
    private final long[] arrivedAtMillis;
    private long head;
    private long tail;
    private boolean released;
    private boolean closed;

    AckQueue(int capacity, Acknowledger acknowledger) {
        this.acknowledger = acknowledger;
        this.packetIds = new int[capacity];
        this.completed = new boolean[capacity];
        this.arrivedAtMillis = new long[capacity];
    }

    /**
     * Takes a message in.
     *
     * @param packetId 0 for a message that needs no acknowledgement
     * @param arrivedAt in {@link Uptime#millis}
     * @return its position, for {@link #complete}; empty when full or closed
     */
    synchronized OptionalLong append(int packetId, long arrivedAt) {
        if (closed || tail - head == packetIds.length) {
            return OptionalLong.empty();
        }
        int slot = slot(tail);
        packetIds[slot] = packetId;
        completed[slot] = false;
        arrivedAtMillis[slot] = arrivedAt;
        return OptionalLong.of(tail++);
    }

    /**
     * The same, waiting for room. Brokers send more ahead than was agreed (Mosquitto 2.0.11 does for every acknowledgement,
     * until all it keeps is under way); to refuse it would have it send the same again. One that does so at once is not held
     * back: what it was asked is answered behind its messages.
     *
     * @param patienceMillis how long at most
     */
    synchronized OptionalLong append(int packetId, long arrivedAt, long patienceMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        OptionalLong position = append(packetId, arrivedAt);
        if (position.isEmpty()) {
            release();
            position = append(packetId, arrivedAt);
        }
        while (position.isEmpty() && !closed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return position;
            }
            wait(left);
            position = append(packetId, arrivedAt);
        }
        return position;
    }

    /**
     * The message is safe; saying so twice is harmless.
     *
     * @return false if the queue is closed: nothing is acknowledged, the message will be delivered again
     */
    synchronized boolean complete(long position) {
        if (closed) {
            return false;
        }
        if (position >= head && position < tail) {
            completed[slot(position)] = true;
            acknowledgeCompleted();
        }
        return true;
    }

    /** From now on what is safe is acknowledged, to begin with what is already. */
    synchronized void release() {
        released = true;
        acknowledgeCompleted();
    }

    private void acknowledgeCompleted() {
        while (released && !closed && head < tail && completed[slot(head)]) {
            acknowledgeHead();
        }
        notifyAll();
    }

    private void acknowledgeHead() {
        int packetId = packetIds[slot(head)];
        head++;
        if (packetId != NEEDS_NO_ACK) {
            acknowledger.acknowledge(packetId);
        }
    }

    /** From now on nothing is acknowledged. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Messages taken in and not yet acknowledged. */
    synchronized int inFlight() {
        return closed ? 0 : (int) (tail - head);
    }

    /** Arrival of the oldest unacknowledged message, as {@link #append} was told. */
    synchronized OptionalLong oldestArrivalMillis() {
        return closed || head == tail ? OptionalLong.empty() : OptionalLong.of(arrivedAtMillis[slot(head)]);
    }

    private int slot(long position) {
        return (int) (position % packetIds.length);
    }
}

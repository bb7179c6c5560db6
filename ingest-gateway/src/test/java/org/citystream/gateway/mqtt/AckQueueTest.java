package org.citystream.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AckQueueTest {
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final AckQueue queue = new AckQueue(8, acknowledged::add);

    @BeforeEach
    void release() {
        queue.release();
    }

    private long arrives(int packetId) {
        return queue.append(packetId, 1_000 + packetId).orElseThrow();
    }

    @Test
    void acknowledgesInPublishOrderHoweverMessagesComplete() {
        long first = arrives(11);
        long second = arrives(12);
        long third = arrives(13);

        queue.complete(third);
        queue.complete(second);
        assertThat(acknowledged).isEmpty();
        queue.complete(first);
        assertThat(acknowledged).containsExactly(11, 12, 13);
        assertThat(queue.inFlight()).isZero();
        assertThat(queue.oldestArrivalMillis()).isEmpty();
    }

    @Test
    void oneMessageNotYetSafeHoldsBackOnlyThoseBehindIt() {
        long first = arrives(1);
        arrives(2);
        long third = arrives(3);
        queue.complete(first);
        queue.complete(third);
        assertThat(acknowledged).containsExactly(1);
        assertThat(queue.inFlight()).isEqualTo(2);
        assertThat(queue.oldestArrivalMillis()).hasValue(1_002);
    }

    @Test
    void nothingIsAcknowledgedAfterItsConnectionIsGone() {
        long first = arrives(1);
        long second = arrives(2);
        queue.complete(first);
        queue.close();
        assertThat(queue.complete(second)).isFalse();
        assertThat(acknowledged).containsExactly(1);
        assertThat(queue.append(3, 0)).isEmpty();
        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.inFlight()).as("theirs to wait for no longer").isZero();
        assertThat(queue.oldestArrivalMillis()).isEmpty();
    }

    @Test
    void completingTwiceAcknowledgesOnceAlsoWhenThePositionsSlotIsInUseAgain() {
        long first = arrives(1);
        queue.complete(first);
        IntStream.rangeClosed(2, 9).forEach(this::arrives);
        assertThat(queue.complete(first)).isTrue();
        assertThat(acknowledged).containsExactly(1);
    }

    @Test
    void positionThatNobodyWasGivenIsNobodysAlsoWhenTheRingIsFull() {
        long first = arrives(1);
        IntStream.rangeClosed(2, 8).forEach(this::arrives);
        assertThat(queue.complete(first + 8)).isTrue();
        assertThat(acknowledged).isEmpty();
        assertThat(queue.inFlight()).isEqualTo(8);
    }

    @Test
    void fullRingTakesNothingMoreUntilItsOldestIsSafe() {
        long first = arrives(1);
        IntStream.rangeClosed(2, 8).forEach(this::arrives);
        assertThat(queue.append(9, 0)).isEmpty();
        queue.complete(first);
        assertThat(queue.append(9, 0)).isPresent();
    }

    @Test
    void whoWaitsForRoomGetsItWhenTheOldestIsSafeAndNotWhenTheConnectionIsGone() throws Exception {
        long first = arrives(1);
        IntStream.rangeClosed(2, 8).forEach(this::arrives);
        assertThat(queue.append(9, 0, 1)).as("nothing becomes safe").isEmpty();

        FutureTask<OptionalLong> waiting = new FutureTask<>(() -> queue.append(9, 0, 60_000));
        startsWaiting(waiting);
        queue.complete(first);
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isPresent();
        assertThat(queue.inFlight()).isEqualTo(8);

        FutureTask<OptionalLong> inVain = new FutureTask<>(() -> queue.append(10, 0, 60_000));
        startsWaiting(inVain);
        queue.close();
        assertThat(inVain.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    private static void startsWaiting(FutureTask<OptionalLong> task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void heldBackItAcknowledgesNothingUntilItIsReleasedOrFull() throws Exception {
        AckQueue held = new AckQueue(2, acknowledged::add);
        held.complete(held.append(1, 0).orElseThrow());
        assertThat(acknowledged).isEmpty();
        held.release();
        assertThat(acknowledged).containsExactly(1);

        AckQueue full = new AckQueue(2, acknowledged::add);
        full.complete(full.append(2, 0, 1).orElseThrow());
        full.complete(full.append(3, 0, 1).orElseThrow());
        assertThat(acknowledged).containsExactly(1);
        assertThat(full.append(4, 0, 1)).isPresent();
        assertThat(acknowledged).containsExactly(1, 2, 3);
    }

    @Test
    void messagesWithoutNeedOfAcknowledgementKeepTheirPlace() {
        long qosOne = arrives(1);
        long qosZero = arrives(0);
        long qosOneAgain = arrives(2);
        queue.complete(qosZero);
        queue.complete(qosOneAgain);
        queue.complete(qosOne);
        assertThat(acknowledged).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void twoThreadsCompletingAtRandomStillAcknowledgeInOrder(long seed) throws InterruptedException {
        int messages = 20_000;
        AckQueue large = new AckQueue(messages, acknowledged::add);
        large.release();
        List<Long> positions = new ArrayList<>();
        LongStream.rangeClosed(1, messages)
                .forEach(id -> positions.add(large.append((int) id, id).orElseThrow()));
        Collections.shuffle(positions, new Random(seed));
        CountDownLatch start = new CountDownLatch(1);
        Thread one = completing(large, positions.subList(0, messages / 2), start);
        Thread other = completing(large, positions.subList(messages / 2, messages), start);
        start.countDown();
        one.join();
        other.join();
        assertThat(acknowledged)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, messages).boxed().toList());
    }

    private static Thread completing(AckQueue queue, List<Long> positions, CountDownLatch start) {
        Thread thread = new Thread(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                return;
            }
            positions.forEach(queue::complete);
        });
        thread.start();
        return thread;
    }
}

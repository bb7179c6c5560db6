package org.citystream.testsupport.arrival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A way in which readings reach the partitions of their topic: how late, how often, in what order. Every reading arrives
 * within the horizon, every sensor keeps to one partition, and ticks run in all partitions.
 *
 * @param seed of everything left to chance
 * @param horizon how late a reading may be
 * @param slow share of readings up to a sixteenth of the horizon late
 * @param anyTime share of readings late by anything up to the horizon
 * @param again share of readings sent again, any time up to the horizon; and again, with the same chance
 * @param uploader a sensor that uploads in lots, two thirds of the horizon late; absent: none
 */
public record Delivery(
        long seed,
        Duration horizon,
        int partitions,
        double slow,
        double anyTime,
        double again,
        @Nullable String uploader) {
    private static final int PUNCTUAL_WITHIN_MILLIS = 5_000;
    private static final int COPIES_AT_MOST = 4;
    private static final int TICKS_PER_HORIZON = 180;

    /** Every reading a second late, once, in one partition. */
    public static Delivery punctual(Duration horizon) {
        return new Delivery(0, horizon, 1, 0, 0, 0, null);
    }

    /** From nearly punctual to any order at all. */
    public static Delivery random(Random random, Duration horizon, List<String> sensorIds) {
        double[] shares = {0, 0.05, 0.3, 1};
        double[] copies = {0, 0.1, 0.5};
        return new Delivery(
                random.nextLong(),
                horizon,
                1 + random.nextInt(4),
                shares[random.nextInt(shares.length)],
                shares[random.nextInt(shares.length)],
                copies[random.nextInt(copies.length)],
                random.nextBoolean() ? sensorIds.get(random.nextInt(sensorIds.size())) : null);
    }

    /**
     * The records of each partition, in order.
     *
     * @param from clock of the first ticks
     * @param to clock of the last ticks, behind all readings; epoch ms
     */
    public <R> List<List<Arrival<R>>> of(List<Sent<R>> readings, long from, long to) {
        Random random = new Random(seed);
        List<List<Arrival<R>>> arrivals = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            arrivals.add(new ArrayList<>());
        }
        for (Sent<R> sent : readings) {
            int partition = partition(sent.sensorId());
            List<Arrival<R>> records = arrivals.get(partition);
            long delay = delay(sent, random);
            records.add(new Arrival<>(partition, sent.at() + delay, sent));
            for (int copy = 0; copy < COPIES_AT_MOST && random.nextDouble() < again; copy++) {
                long copyDelay = random.nextBoolean() ? delay : upTo(horizon.toMillis(), random);
                records.add(new Arrival<>(partition, sent.at() + copyDelay, sent));
            }
        }
        for (int partition = 0; partition < partitions; partition++) {
            // Readings stamped alike come in any order, the tick behind them.
            Collections.shuffle(arrivals.get(partition), random);
            tick(arrivals.get(partition), partition, from, to);
            arrivals.get(partition).sort(Comparator.comparingLong(Arrival::clockAt));
        }
        return arrivals;
    }

    /** Sensors keep to a partition, as Kafka's keys do. */
    public int partition(String sensorId) {
        return Math.floorMod(sensorId.hashCode() * 31, partitions);
    }

    private long delay(Sent<?> sent, Random random) {
        if (seed == 0) {
            return 1_000;
        }
        if (sent.sensorId().equals(uploader)) {
            long lot = horizon.toMillis() / 18;
            return horizon.toMillis() * 2 / 3 - Math.floorMod(sent.at(), lot);
        }
        double kind = random.nextDouble();
        if (kind < anyTime) {
            return upTo(horizon.toMillis(), random);
        }
        return upTo(kind < anyTime + slow ? horizon.toMillis() / 16 : PUNCTUAL_WITHIN_MILLIS, random);
    }

    private static long upTo(long millis, Random random) {
        return (long) (random.nextDouble() * (millis + 1));
    }

    private <R> void tick(List<Arrival<R>> records, int partition, long from, long to) {
        long every = horizon.toMillis() / TICKS_PER_HORIZON;
        for (long clock = from; clock < to; clock += every) {
            records.add(new Arrival<>(partition, clock, null));
        }
        records.add(new Arrival<>(partition, to, null));
    }
}

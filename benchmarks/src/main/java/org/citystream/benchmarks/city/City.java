package org.citystream.benchmarks.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Detectors that send regularly, second by second; each says the same in every run and in a city of any size. Not thread-safe. */
public final class City {
    /** When the first second begins. */
    public static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private static final int MINUTE = 60;
    private static final long SEED = 20261123;

    private final List<Segment> segments = new ArrayList<>();
    private final List<List<Segment>> bySecond = new ArrayList<>();
    private final long[] sequences;
    private long now = START.getEpochSecond();

    public City(int size, Density density) {
        sequences = new long[size];
        for (int second = 0; second < MINUTE; second++) {
            bySecond.add(new ArrayList<>());
        }
        for (int number = 0; number < size; number++) {
            Segment segment = Segment.of(number, density);
            segments.add(segment);
            for (int second = segment.phase(); second < MINUTE; second += segment.periodSeconds()) {
                bySecond.get(second).add(segment);
            }
        }
    }

    public List<Segment> segments() {
        return segments;
    }

    /** The second that comes next, epoch s. */
    public long now() {
        return now;
    }

    /** One second passes: hands over what the detectors send at its end. */
    public void second(Consumer<Detection> to) {
        now++;
        for (Segment segment : bySecond.get((int) (now % MINUTE))) {
            for (int lane = 1; lane <= segment.lanes(); lane++) {
                to.accept(detection(segment, lane));
            }
        }
    }

    private Detection detection(Segment segment, int lane) {
        long observedAt = now * 1000;
        long sequence = ++sequences[segment.number()];
        SplittableRandom random = new SplittableRandom(SEED + segment.number() * 1_000_003L + sequence);
        boolean jammed = segment.isJammed(observedAt);
        double speed = segment.freeFlowKmh() * (jammed ? 0.3 : 0.95) * (0.9 + 0.2 * random.nextDouble());
        int vehicles = (jammed ? 6 : 4) + random.nextInt(segment.periodSeconds() / 5);
        double occupancy = (jammed ? 0.35 : 0.08) + 0.05 * random.nextDouble();
        return new Detection(
                segment,
                lane,
                observedAt,
                segment.periodSeconds(),
                sequence,
                vehicles,
                Math.round(speed * 10) / 10.0,
                Math.round(occupancy * 1000) / 1000.0);
    }
}

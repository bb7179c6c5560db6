package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same readings in any order within the horizon, any of them several times, in any batches: the latest summaries and
 * the last episodes are the same, byte for byte.
 */
class ArrivalOrderTest {
    private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");
    private static final int MINUTES = 240;
    private static final Duration HORIZON = Duration.ofHours(3);
    private static final int CASES = Integer.getInteger("citystream.arrival-cases", 100);

    /** A reading, and the clock at its arrival. */
    private record Arrival(long clock, Observation reading) {}

    static List<Long> seeds() {
        return new Random(20261123).longs(CASES).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void resultsDoNotDependOnArrival(long seed) {
        Random random = new Random(seed);
        List<Detector> detectors = detectors(random);
        List<Observation> readings = readings(detectors, random);

        TrafficCity ordered = city(detectors).onHeap();
        run(ordered, arrivals(readings, reading -> 1_000L), Duration.ofSeconds(7));

        TrafficCity shuffled = seed % 4 == 0 ? city(detectors) : city(detectors).onHeap();
        List<Arrival> arrivals = new ArrayList<>(arrivals(readings, delays(random)));
        int duplicates = 0;
        for (Arrival arrival : List.copyOf(arrivals)) {
            if (random.nextInt(10) == 0) {
                long latest = arrival.reading().observedAt() + HORIZON.toMillis();
                long again = Math.min(latest, arrival.clock() + random.nextInt(3_600_000));
                arrivals.add(new Arrival(again, arrival.reading()));
                duplicates++;
            }
        }
        run(shuffled, arrivals, Duration.ofSeconds(1 + random.nextInt(120)));

        assertThat(shuffled.verdict()).isEqualTo(ordered.verdict());
        assertThat(shuffled.intake(Intake.COUNTED)).isEqualTo(readings.size());
        assertThat(shuffled.intake(Intake.DUPLICATE)).isEqualTo(duplicates);
        assertThat(shuffled.intake(Intake.BEHIND_SNAPSHOT)).isZero();
    }

    private static TrafficCity city(List<Detector> detectors) {
        TrafficCity city = TrafficCity.withDefaultRules();
        detectors.forEach(detector -> city.with(detector.registered("Europe/Copenhagen")));
        city.clock(START);
        return city;
    }

    private static List<Detector> detectors(Random random) {
        Detector street = Detector.onStreet("market-street", random.nextBoolean() ? 50.0 : null);
        return List.of(
                street,
                street.named("radar-2"),
                Detector.byTravelTime("bluetooth-9", random.nextBoolean() ? 60.0 : null, 300));
    }

    /** Smooth and jammed stretches of random length, with minutes missing. */
    private static List<Observation> readings(List<Detector> detectors, Random random) {
        List<Observation> readings = new ArrayList<>();
        for (Detector detector : detectors) {
            double speed = 50;
            int periodMinutes = detector.interval() / 60;
            for (int minute = periodMinutes; minute <= MINUTES; minute += periodMinutes) {
                if (random.nextInt(12) == 0) {
                    speed = 8 + random.nextInt(50);
                }
                if (random.nextInt(15) > 0) {
                    Instant end = START.plusSeconds(60L * minute + (random.nextInt(20) == 0 ? 20 : 0));
                    int count = random.nextInt(9);
                    double shown = speed + random.nextDouble() * 6;
                    readings.add(detector.reads(end, detector.interval(), 0, count, shown, random.nextDouble()));
                }
            }
        }
        return readings;
    }

    private interface Delay {
        long millis(Observation reading);
    }

    /** Most come at once, some late, one detector uploads everything two hours late. */
    private static Delay delays(Random random) {
        boolean oneUploadsLate = random.nextBoolean();
        return reading -> {
            if (oneUploadsLate && reading.sensorId().equals("radar-2")) {
                return Duration.ofHours(2).toMillis() - Math.floorMod(reading.observedAt(), 600_000L);
            }
            return switch (random.nextInt(10)) {
                case 0 -> (long) random.nextInt((int) HORIZON.toMillis());
                case 1, 2 -> (long) random.nextInt(600_000);
                default -> (long) random.nextInt(5_000);
            };
        };
    }

    private static List<Arrival> arrivals(List<Observation> readings, Delay delay) {
        return readings.stream()
                .map(reading -> new Arrival(reading.observedAt() + delay.millis(reading), reading))
                .toList();
    }

    /** Arrivals in order of their clock, the clock moving in steps; at the end both stand at the same time. */
    private static void run(TrafficCity city, List<Arrival> arrivals, Duration step) {
        List<Arrival> inOrder = new ArrayList<>(arrivals);
        inOrder.sort(Comparator.comparingLong(Arrival::clock));
        for (Arrival arrival : inOrder) {
            // The engine's clock never runs ahead of an arrival's stamp.
            Instant now = Instant.ofEpochMilli(arrival.clock() / step.toMillis() * step.toMillis());
            if (now.isAfter(city.clock())) {
                city.clock(now);
            }
            city.receives(arrival.reading());
        }
        city.clockSteadilyTo(START.plusSeconds(60L * MINUTES).plus(Duration.ofHours(4)), Duration.ofSeconds(30));
        city.clock(START.plusSeconds(60L * MINUTES).plus(Duration.ofHours(4)));
    }
}

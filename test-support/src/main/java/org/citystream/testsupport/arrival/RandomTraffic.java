package org.citystream.testsupport.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

/**
 * Road segments with loops, lane detectors and travel-time sensors; jams of any length, missing minutes, reboots, readings
 * across minutes and over many of them, and registry entries that change in the middle. Half of the cities are corridors,
 * with queues over several segments that choke the flow behind them.
 */
public final class RandomTraffic {
    private static final String CORRIDOR = "corridor-0";
    private static final double SPACING_M = 600;
    private static final Duration BETWEEN_QUEUES = Duration.ofMinutes(40);
    private static final double LONGEST_QUEUE_SECONDS = 2400;

    private final Random random;
    private final Instant from;
    private final Duration length;
    private final boolean isCorridor;
    private final List<Queue> queues = new ArrayList<>();
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Sent<TrafficReading>> sent = new ArrayList<>();

    /** What a segment has to measure with. */
    private record Site(
            String sensorId,
            String segmentId,
            int position,
            Measurement measurement,
            int lanes,
            int interval,
            @Nullable Double freeFlow) {}

    /** Standing traffic on some neighbouring segments, seconds since the city's start. */
    private record Queue(long fromSecond, long toSecond, int tail, int head) {
        boolean covers(int position, long second) {
            return position >= tail && position <= head && second >= fromSecond && second < toSecond;
        }

        boolean chokes(int position, long second) {
            return position > head && second >= fromSecond && second < toSecond;
        }
    }

    private RandomTraffic(Random random, int segments, boolean isCorridor, Instant from, Duration length) {
        this.random = random;
        this.from = from;
        this.length = length;
        this.isCorridor = isCorridor;
        for (long i = isCorridor ? 1 + length.dividedBy(BETWEEN_QUEUES) : 0; i > 0; i--) {
            long start = (long) (random.nextDouble() * length.toSeconds());
            int tail = random.nextInt(segments);
            int head = Math.min(segments - 1, tail + random.nextInt(3));
            queues.add(new Queue(start, start + (long) (random.nextDouble() * LONGEST_QUEUE_SECONDS), tail, head));
        }
    }

    /** Segments, which are a corridor as often as not. */
    public static City<TrafficReading> city(Random random, int segments, Instant from, Duration length) {
        return city(random, segments, random.nextBoolean(), from, length);
    }

    /** Segments of one corridor. */
    public static City<TrafficReading> corridor(Random random, int segments, Instant from, Duration length) {
        return city(random, segments, true, from, length);
    }

    private static City<TrafficReading> city(
            Random random, int segments, boolean isCorridor, Instant from, Duration length) {
        RandomTraffic traffic = new RandomTraffic(random, segments, isCorridor, from, length);
        for (int segment = 0; segment < segments; segment++) {
            traffic.segment(segment);
        }
        traffic.sent.sort(Comparator.comparingLong(Sent::at));
        Instant to = from.plus(length);
        return new City<>(traffic.sensors, RandomRules.between(from, to, random), List.copyOf(traffic.sent), from, to);
    }

    /** The same reading, saying another time. */
    public static TrafficReading observedAt(TrafficReading r, Instant observedAt) {
        return new TrafficReading(
                r.sensorId(),
                observedAt,
                r.periodSeconds(),
                r.bootId(),
                r.sequence(),
                r.laneId(),
                r.vehicleCount(),
                r.averageSpeedKmh(),
                r.occupancy(),
                r.foreignId(),
                r.cityId(),
                r.receivedAt(),
                r.clockAt(),
                r.flags());
    }

    /** The same reading as the gateway stamps it. */
    public static TrafficReading stampedAt(TrafficReading r, Instant clockAt) {
        return new TrafficReading(
                r.sensorId(),
                r.observedAt(),
                r.periodSeconds(),
                r.bootId(),
                r.sequence(),
                r.laneId(),
                r.vehicleCount(),
                r.averageSpeedKmh(),
                r.occupancy(),
                r.foreignId(),
                r.cityId(),
                clockAt,
                clockAt,
                r.flags());
    }

    private void segment(int position) {
        String segment = "segment-" + position;
        Double freeFlow = random.nextBoolean() ? 50.0 + 10 * random.nextInt(6) : null;
        switch (random.nextInt(5)) {
            case 0 -> sensor(new Site("loop-" + segment, segment, position, Measurement.POINT, 0, 60, freeFlow));
            case 1 -> {
                sensor(new Site("loop-" + segment, segment, position, Measurement.POINT, 0, 60, freeFlow));
                sensor(new Site("radar-" + segment, segment, position, Measurement.POINT, 0, 60, null));
            }
            case 2 -> {
                int lanes = 2 + random.nextInt(2);
                sensor(new Site("gantry-" + segment, segment, position, Measurement.POINT, lanes, 30, freeFlow));
            }
            case 3 ->
                sensor(new Site("bluetooth-" + segment, segment, position, Measurement.TRAVEL_TIME, 0, 300, freeFlow));
            default -> sends(new Site("camera-" + segment, segment, position, Measurement.POINT, 0, 60, null));
        }
    }

    private void sensor(Site site) {
        sensors.add(entry(site, false, 1, Instant.EPOCH));
        if (random.nextInt(6) == 0) {
            Instant change = RandomTimes.wholeMinute(from, from.plus(length), random);
            boolean retired = random.nextInt(3) == 0;
            boolean moved = random.nextInt(3) == 0;
            Double newFreeFlow = random.nextBoolean() ? site.freeFlow() : Double.valueOf(70);
            int newInterval = random.nextBoolean() ? site.interval() : site.interval() * 2;
            Site changed = new Site(
                    site.sensorId(),
                    moved ? site.segmentId() + "-new" : site.segmentId(),
                    site.position(),
                    site.measurement(),
                    site.lanes(),
                    newInterval,
                    newFreeFlow);
            sensors.add(entry(changed, retired, 2, change));
            if (random.nextBoolean()) {
                // As it was before, often with no reading in between.
                Instant back = RandomTimes.wholeMinute(change, from.plus(length), random);
                sensors.add(entry(site, false, 3, back));
            }
        }
        sends(site);
    }

    private Sensor entry(Site site, boolean retired, int version, Instant effectiveFrom) {
        return new Sensor(
                site.sensorId(),
                SensorKind.TRAFFIC,
                "testville",
                null,
                new GeoPoint(56.15, 10.2),
                site.segmentId(),
                site.lanes() == 0 ? null : site.lanes(),
                isCorridor ? CORRIDOR : null,
                isCorridor ? Double.valueOf(site.position() * SPACING_M) : null,
                null,
                site.lanes() > 0 ? Facility.FREEWAY : Facility.URBAN_STREET,
                site.measurement(),
                site.freeFlow(),
                null,
                null,
                site.interval(),
                null,
                "Europe/Copenhagen",
                null,
                retired,
                null,
                Map.of(),
                version,
                effectiveFrom);
    }

    /** Smooth and jammed stretches of random length; now and then a minute is missing or long, or the sensor reboots. */
    private void sends(Site site) {
        boolean numbered = random.nextBoolean();
        int interval = site.interval();
        long offset = random.nextInt(3) == 0 ? random.nextInt(interval) : 0;
        double speed = 30 + random.nextInt(60);
        int boot = 0;
        long sequence = random.nextInt(1000);
        for (long second = interval; second + offset <= length.toSeconds(); second += interval) {
            Instant end = from.plusSeconds(second + offset);
            if (random.nextInt(12) == 0) {
                speed = 5 + random.nextInt(90);
            }
            if (random.nextInt(200) == 0) {
                boot++;
                sequence = 0;
            }
            if (random.nextInt(15) == 0) {
                continue;
            }
            int period = random.nextInt(40) == 0 ? interval * (1 + random.nextInt(5)) : interval;
            for (int lane = Math.min(1, site.lanes()); lane <= site.lanes(); lane++) {
                sent.add(new Sent<>(
                        site.sensorId(),
                        end.toEpochMilli(),
                        new TrafficReading(
                                site.sensorId(),
                                end,
                                period,
                                numbered ? "boot-" + boot : null,
                                numbered ? sequence++ : null,
                                lane == 0 ? null : lane,
                                count(site, second),
                                random.nextInt(30) == 0 ? null : speed(site, second, speed) + random.nextDouble() * 6,
                                random.nextBoolean() ? random.nextDouble() : null,
                                null,
                                "testville",
                                null,
                                null,
                                null)));
            }
        }
    }

    private double speed(Site site, long second, double elsewhere) {
        return queues.stream().anyMatch(queue -> queue.covers(site.position(), second)) ? 5 : elsewhere;
    }

    private @Nullable Integer count(Site site, long second) {
        if (random.nextInt(20) == 0) {
            return null;
        }
        boolean sparse = site.measurement() == Measurement.TRAVEL_TIME
                || queues.stream().anyMatch(queue -> queue.chokes(site.position(), second));
        return random.nextInt(sparse ? 4 : 15);
    }
}

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
 * across minutes and over many of them, and registry entries that change in the middle.
 */
public final class RandomTraffic {
    private final Random random;
    private final Instant from;
    private final Duration length;
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Sent<TrafficReading>> sent = new ArrayList<>();

    private RandomTraffic(Random random, Instant from, Duration length) {
        this.random = random;
        this.from = from;
        this.length = length;
    }

    public static City<TrafficReading> city(Random random, int segments, Instant from, Duration length) {
        RandomTraffic traffic = new RandomTraffic(random, from, length);
        for (int segment = 0; segment < segments; segment++) {
            traffic.segment("segment-" + segment);
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

    private void segment(String segment) {
        Double freeFlow = random.nextBoolean() ? 50.0 + 10 * random.nextInt(6) : null;
        switch (random.nextInt(5)) {
            case 0 -> sensor("loop-" + segment, segment, Measurement.POINT, 0, 60, freeFlow);
            case 1 -> {
                sensor("loop-" + segment, segment, Measurement.POINT, 0, 60, freeFlow);
                sensor("radar-" + segment, segment, Measurement.POINT, 0, 60, null);
            }
            case 2 -> sensor("gantry-" + segment, segment, Measurement.POINT, 2 + random.nextInt(2), 30, freeFlow);
            case 3 -> sensor("bluetooth-" + segment, segment, Measurement.TRAVEL_TIME, 0, 300, freeFlow);
            default -> sends("camera-" + segment, 0, 60, false);
        }
    }

    private void sensor(
            String id, String segment, Measurement measurement, int lanes, int interval, @Nullable Double freeFlow) {
        sensors.add(entry(id, segment, measurement, lanes, interval, freeFlow, false, 1, Instant.EPOCH));
        if (random.nextInt(6) == 0) {
            Instant change = RandomTimes.wholeMinute(from, from.plus(length), random);
            boolean retired = random.nextInt(3) == 0;
            boolean moved = random.nextInt(3) == 0;
            Double newFreeFlow = random.nextBoolean() ? freeFlow : Double.valueOf(70);
            int newInterval = random.nextBoolean() ? interval : interval * 2;
            sensors.add(entry(
                    id,
                    moved ? segment + "-new" : segment,
                    measurement,
                    lanes,
                    newInterval,
                    newFreeFlow,
                    retired,
                    2,
                    change));
        }
        sends(id, lanes, interval, measurement == Measurement.TRAVEL_TIME);
    }

    private static Sensor entry(
            String id,
            String segment,
            Measurement measurement,
            int lanes,
            int interval,
            @Nullable Double freeFlow,
            boolean retired,
            int version,
            Instant effectiveFrom) {
        return new Sensor(
                id,
                SensorKind.TRAFFIC,
                "testville",
                null,
                new GeoPoint(56.15, 10.2),
                segment,
                lanes == 0 ? null : lanes,
                null,
                null,
                null,
                lanes > 0 ? Facility.FREEWAY : Facility.URBAN_STREET,
                measurement,
                freeFlow,
                null,
                null,
                interval,
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
    private void sends(String id, int lanes, int interval, boolean sparse) {
        boolean numbered = random.nextBoolean();
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
            for (int lane = Math.min(1, lanes); lane <= lanes; lane++) {
                double shown = speed + random.nextDouble() * 6;
                Integer count = random.nextInt(20) == 0 ? null : Integer.valueOf(random.nextInt(sparse ? 4 : 15));
                sent.add(new Sent<>(
                        id,
                        end.toEpochMilli(),
                        new TrafficReading(
                                id,
                                end,
                                period,
                                numbered ? "boot-" + boot : null,
                                numbered ? sequence++ : null,
                                lane == 0 ? null : lane,
                                count,
                                random.nextInt(30) == 0 ? null : shown,
                                random.nextBoolean() ? random.nextDouble() : null,
                                null,
                                "testville",
                                null,
                                null,
                                null)));
            }
        }
    }
}

package org.citystream.benchmarks.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.AirQualityReading;

/**
 * Fills a broker with readings of air stations, each of four pollutants, temperature, humidity and wind: districts of twenty
 * stations, of which one an hour is in bad air.
 */
final class AirTopic {
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final int STATIONS_A_DISTRICT = 20;
    private static final long SEED = 20261124;
    private static final Duration TICK = Duration.ofSeconds(10);

    private final int stations;
    private final Duration period;

    /** @param period of every station's readings, a divisor of an hour */
    AirTopic(int stations, Duration period) {
        this.stations = stations;
        this.period = period;
    }

    /**
     * Writes registry and rules, and readings until there are enough, stations spread over the period.
     *
     * @return readings written, at least {@code atLeast}
     */
    long fill(String bootstrapServers, long atLeast) {
        try (ReadingsTopic topic =
                new ReadingsTopic(bootstrapServers, ReadingsJob.AIR_QUALITY.readings(), "air", START)) {
            for (int number = 0; number < stations; number++) {
                topic.register(sensor(number));
            }
            topic.applyDefaultRules();
            long written = 0;
            Instant clock = START;
            while (written < atLeast) {
                clock = clock.plus(TICK);
                written += send(topic, clock);
                topic.tick(clock);
            }
            for (int minute = 0; minute < 2 * Duration.ofHours(1).toMinutes(); minute++) {
                clock = clock.plus(Duration.ofMinutes(1));
                topic.tick(clock);
            }
            topic.flush();
            return written;
        }
    }

    /** Of the stations whose period has ended since the tick before. */
    private int send(ReadingsTopic topic, Instant clock) {
        int sent = 0;
        for (int number = 0; number < stations; number++) {
            long phase = period.toSeconds() * number / stations;
            long since = Duration.between(START, clock).toSeconds() - phase;
            long sequence = Math.floorDiv(since, period.toSeconds());
            if (sequence >= 1 && since - sequence * period.toSeconds() < TICK.toSeconds()) {
                Instant observedAt = START.plusSeconds(phase + sequence * period.toSeconds());
                topic.send(sensorId(number), reading(number, sequence, observedAt, clock));
                sent++;
            }
        }
        return sent;
    }

    private AirQualityReading reading(int number, long sequence, Instant observedAt, Instant clock) {
        SplittableRandom random = new SplittableRandom(SEED + number * 1_000_003L + sequence);
        long hour = observedAt.getEpochSecond() / Duration.ofHours(1).toSeconds();
        double smog = (number / STATIONS_A_DISTRICT + hour) % STATIONS_A_DISTRICT == 0 ? 90 : 0;
        return new AirQualityReading(
                sensorId(number),
                observedAt,
                (int) period.toSeconds(),
                "7f3a",
                sequence,
                tenths(10 + smog + 5 * random.nextDouble()),
                tenths(20 + smog + 9 * random.nextDouble()),
                tenths(30 + smog + 20 * random.nextDouble()),
                tenths(50 + 20 * random.nextDouble()),
                null,
                null,
                tenths(6 + random.nextDouble()),
                tenths(8 * random.nextDouble()) / 10,
                tenths(2 + random.nextDouble()),
                (double) random.nextInt(360),
                null,
                "benchville",
                clock,
                clock,
                null);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String sensorId(int number) {
        return "monitor-" + number;
    }

    private Sensor sensor(int number) {
        return new Sensor(
                sensorId(number),
                SensorKind.AIR,
                "benchville",
                null,
                new GeoPoint(56 + 0.01 * (number % STATIONS_A_DISTRICT), 10),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ReadingsJob.subjectOf(sensorId(number)),
                Setting.URBAN,
                (int) period.toSeconds(),
                null,
                "Europe/Copenhagen",
                null,
                false,
                null,
                Map.of("district", "district-" + number / STATIONS_A_DISTRICT),
                1,
                Instant.EPOCH);
    }
}

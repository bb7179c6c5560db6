package org.citystream.testsupport.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Air stations with one or two sensors, readings of minutes to hours, smog for some of the time, missing readings,
 * reboots, values that cannot be true, and registry entries that change in the middle.
 */
public final class RandomAir {
    private final Random random;
    private final Instant from;
    private final Duration length;
    private final List<Sensor> sensors = new ArrayList<>();
    private final List<Sent<AirQualityReading>> sent = new ArrayList<>();

    private RandomAir(Random random, Instant from, Duration length) {
        this.random = random;
        this.from = from;
        this.length = length;
    }

    public static City<AirQualityReading> city(Random random, int stations, Instant from, Duration length) {
        RandomAir air = new RandomAir(random, from, length);
        for (int station = 0; station < stations; station++) {
            air.station("station-" + station);
        }
        air.sent.sort(Comparator.comparingLong(Sent::at));
        Instant to = from.plus(length);
        List<Rule> rules = new ArrayList<>(RandomRules.between(from, to, random));
        rules.addAll(RandomRules.averaged());
        return new City<>(air.sensors, rules, List.copyOf(air.sent), from, to);
    }

    /** The same reading, saying another time. */
    public static AirQualityReading observedAt(AirQualityReading r, Instant observedAt) {
        return new AirQualityReading(
                r.sensorId(),
                observedAt,
                r.periodSeconds(),
                r.bootId(),
                r.sequence(),
                r.pm25UgM3(),
                r.pm10UgM3(),
                r.no2UgM3(),
                r.o3UgM3(),
                r.so2UgM3(),
                r.coMgM3(),
                r.temperatureC(),
                r.relativeHumidity(),
                r.windSpeedMs(),
                r.windDirectionDeg(),
                r.foreignId(),
                r.cityId(),
                r.receivedAt(),
                r.clockAt(),
                r.flags());
    }

    /** The same reading as the gateway stamps it. */
    public static AirQualityReading stampedAt(AirQualityReading r, Instant clockAt) {
        return new AirQualityReading(
                r.sensorId(),
                r.observedAt(),
                r.periodSeconds(),
                r.bootId(),
                r.sequence(),
                r.pm25UgM3(),
                r.pm10UgM3(),
                r.no2UgM3(),
                r.o3UgM3(),
                r.so2UgM3(),
                r.coMgM3(),
                r.temperatureC(),
                r.relativeHumidity(),
                r.windSpeedMs(),
                r.windDirectionDeg(),
                r.foreignId(),
                r.cityId(),
                clockAt,
                clockAt,
                r.flags());
    }

    private void station(String station) {
        int interval = new int[] {900, 1800, 3600, 3600}[random.nextInt(4)];
        switch (random.nextInt(4)) {
            case 0 -> {
                sensor("gases-" + station, station, interval);
                sensor("particles-" + station, station, 3600);
            }
            case 1 -> sends("box-" + station, 3600);
            default -> sensor("cabin-" + station, station, interval);
        }
    }

    private void sensor(String id, String station, int interval) {
        sensors.add(entry(id, station, interval, false, 1, Instant.EPOCH));
        if (random.nextInt(6) == 0) {
            boolean moved = random.nextInt(3) == 0;
            Instant change = RandomTimes.wholeMinute(from, from.plus(length), random);
            sensors.add(entry(
                    id,
                    moved ? station + "-new" : station,
                    random.nextBoolean() ? interval : interval * 2,
                    random.nextInt(3) == 0,
                    2,
                    change));
            if (random.nextBoolean()) {
                Instant back = RandomTimes.wholeMinute(change, from.plus(length), random);
                sensors.add(entry(id, station, interval, false, 3, back));
            }
        }
        sends(id, interval);
    }

    private Sensor entry(String id, String station, int interval, boolean retired, int version, Instant effectiveFrom) {
        return new Sensor(
                id,
                SensorKind.AIR,
                "testville",
                null,
                place(station),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                station,
                version == 1 ? Setting.TRAFFIC : Setting.URBAN,
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

    /** Each 6 km from the next, so that some are neighbours of neighbours. */
    private static GeoPoint place(String station) {
        int number = Integer.parseInt(station.replaceAll("[^0-9]", ""));
        return new GeoPoint(56.15 + 0.054 * (number % 10), 10.2 + 0.097 * (number / 10));
    }

    private void sends(String id, int interval) {
        boolean numbered = random.nextBoolean();
        boolean[] measures = new boolean[4];
        for (int i = 0; i < measures.length; i++) {
            measures[i] = random.nextInt(4) > 0;
        }
        long offset = random.nextInt(3) == 0 ? random.nextInt(interval) : 0;
        double smog = 0;
        int boot = 0;
        long sequence = random.nextInt(1000);
        for (long second = interval; second + offset <= length.toSeconds(); second += interval) {
            Instant end = from.plusSeconds(second + offset);
            if (random.nextInt(10) == 0) {
                smog = random.nextInt(3) * 100;
            }
            if (random.nextInt(100) == 0) {
                boot++;
                sequence = 0;
            }
            if (random.nextInt(15) == 0) {
                continue;
            }
            int period = random.nextInt(30) == 0 ? interval * (1 + random.nextInt(4)) : interval;
            sent.add(new Sent<>(
                    id,
                    end.toEpochMilli(),
                    new AirQualityReading(
                            id,
                            end,
                            period,
                            numbered ? "boot-" + boot : null,
                            numbered ? sequence++ : null,
                            value(measures[0], smog / 3 + random.nextInt(400) / 10.0),
                            value(measures[1], smog / 2 + random.nextInt(600) / 10.0),
                            value(measures[2], smog + random.nextInt(600) / 10.0),
                            value(measures[3], random.nextInt(2000) / 10.0),
                            random.nextInt(50) == 0 ? -999.0 : null,
                            null,
                            4.5,
                            null,
                            2.2,
                            random.nextBoolean() ? Double.valueOf(random.nextInt(360)) : null,
                            null,
                            "testville",
                            null,
                            null,
                            null)));
        }
    }

    private static @Nullable Double value(boolean measured, double value) {
        return measured ? Double.valueOf(value) : null;
    }
}

package org.citystream.simulator.comparison;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.CitySimulation;
import org.citystream.simulator.city.Conditions;
import org.citystream.simulator.city.CorridorMinute;
import org.citystream.simulator.plan.Lindholm;
import org.jspecify.annotations.Nullable;

/** Ordinary weeks of Lindholm over a year: one week of every second month, each with a seed of its own. */
final class SimulatedYear {
    private static final String RING_DETECTOR = "loop-lind-ring-07";
    private static final double CONGESTED_KMH = 60;
    private static final int FLAT_FROM_HOUR = 10;
    private static final int FLAT_TO_HOUR = 14;
    /** Upstream of the inbound arterial's bottleneck, where it queues, m. */
    private static final double BEFORE_BOTTLENECK_M = 6_200;

    private final City city = Lindholm.city();
    private final Map<String, List<AirQualityReading>> air = new HashMap<>();
    private final Map<String, List<TrafficReading>> ringLanes = new HashMap<>();
    private final Samples minuteCounts = new Samples(city.timeZone());
    private final Samples allFlow = new Samples(city.timeZone());
    private final Samples urbanSpeed = new Samples(city.timeZone());

    SimulatedYear() {
        for (int month = 1; month <= 12; month += 2) {
            week(month, Instant.parse(String.format(Locale.ROOT, "2026-%02d-08T00:00:00Z", month)));
        }
    }

    private void week(int seed, Instant start) {
        CitySimulation simulation =
                new CitySimulation(city, seed, Conditions.ordinary(), start.minus(Duration.ofHours(24)));
        int detector = detector();
        while (simulation.now().isBefore(start.plus(Duration.ofDays(7)))) {
            CityMinute minute = simulation.advance();
            if (minute.end().isAfter(start)) {
                note(minute, detector);
            }
        }
    }

    private int detector() {
        List<String> ids = city.corridors().get(0).detectors().stream()
                .map(detector -> detector.sensorId())
                .toList();
        return ids.indexOf(RING_DETECTOR);
    }

    private void note(CityMinute minute, int detector) {
        Instant start = minute.end().minusSeconds(60);
        CorridorMinute in = minute.corridors().get(1);
        allFlow.add(
                start,
                minute.corridors().stream()
                        .mapToDouble(road -> road.flowVehH(road.cells() / 3))
                        .sum());
        urbanSpeed.add(start, in.speedRatio(in.cellAt(BEFORE_BOTTLENECK_M)));
        List<TrafficReading> lanes = minute.traffic(0, detector);
        int hour = start.atZone(city.timeZone()).getHour();
        if (hour >= FLAT_FROM_HOUR && hour < FLAT_TO_HOUR) {
            minuteCounts.add(
                    start, lanes.stream().mapToInt(SimulatedYear::count).sum());
        }
        lanes.stream()
                .filter(reading -> reading.averageSpeedKmh() != null && count(reading) >= 3)
                .filter(reading -> RecordedCities.speed(reading) > CONGESTED_KMH)
                .forEach(reading -> ringLanes
                        .computeIfAbsent("lane " + reading.laneId(), id -> new ArrayList<>())
                        .add(reading));
        minute.air()
                .forEach(reading -> air.computeIfAbsent(reading.sensorId(), id -> new ArrayList<>())
                        .add(reading));
    }

    private static int count(TrafficReading reading) {
        Integer count = reading.vehicleCount();
        return count == null ? 0 : count;
    }

    /** Vehicles counted in a minute on the ring road around noon, when demand is even. */
    Samples minuteCounts() {
        return minuteCounts;
    }

    Samples allFlow() {
        return allFlow;
    }

    Samples urbanSpeed() {
        return urbanSpeed;
    }

    Samples freewaySpeed() {
        return RecordedCities.relativeSpeeds(ringLanes, city.timeZone());
    }

    /** Hourly means of a quantity at stations. */
    Samples air(List<String> stations, Function<AirQualityReading, @Nullable Double> quantity) {
        Samples samples = new Samples(city.timeZone());
        for (String station : stations) {
            Map<Instant, List<Double>> hours = new HashMap<>();
            for (AirQualityReading reading : air.getOrDefault(station, List.of())) {
                Double value = quantity.apply(reading);
                Instant start = reading.observedAt().minusSeconds(300);
                if (value != null) {
                    hours.computeIfAbsent(start.truncatedTo(ChronoUnit.HOURS), at -> new ArrayList<>())
                            .add(value);
                }
            }
            hours.forEach((hour, values) -> samples.add(
                    hour, values.stream().mapToDouble(v -> v).average().orElseThrow()));
        }
        return samples;
    }
}

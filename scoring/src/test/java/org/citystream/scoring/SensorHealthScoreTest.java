package org.citystream.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.sensortrust.Neighbours;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
import org.citystream.analytics.sensortrust.SensorHour;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.summary.SensorHealth;
import org.citystream.simulator.fault.FaultPlan;
import org.citystream.simulator.fault.Transmission;
import org.citystream.simulator.plan.Cities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Sensor health against what the simulator broke: the table of {@code docs/sensor-trust.md}. Ordinary days with rush hours
 * and weather, some sensors of every kind of fault, the others well.
 */
@SuppressWarnings("SystemOut")
class SensorHealthScoreTest {
    private static final long SEED = 20261127;
    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration AFTERWARDS = Duration.ofHours(1);

    /** Faults that a sensor's own messages show, and the state that they must lead to. */
    private static final Map<String, Set<String>> SHOWN = Map.of(
            "silent", Set.of("silent"),
            "stuck", Set.of("stuck"),
            "saturation", Set.of("implausible", "stuck"),
            "spike", Set.of("implausible"),
            "wrong-unit", Set.of("implausible"),
            "clock-skew:by=PT15M", Set.of("clock-skewed"),
            "clock-skew:by=-PT15M", Set.of("clock-skewed"),
            "clock-skew:to=1970", Set.of("clock-skewed"),
            "identity-clash", Set.of("duplicate-identity"));

    /** What becomes of messages on their way; nothing is wrong with the sensor, or it truly says nothing for a while. */
    private static final List<String> HARMLESS =
            List.of("duplicates", "out-of-order", "burst", "reboot", "late-batch", "slow-start", "malformed");

    /** Values that are wrong and look right. */
    private static final List<String> HIDDEN = List.of("offset", "noise");

    private static final Duration COMPARED_AFTER = Duration.ofMinutes(80);

    private record Struck(String fault, Instant start, Instant end) {}

    /** Of one kind of fault on one kind of sensor. */
    private static final class Score {
        int struck;
        final List<Duration> found = new ArrayList<>();
        final TreeSet<String> states = new TreeSet<>();

        double recall() {
            return found.size() / (double) struck;
        }
    }

    @Test
    void faultsThatOwnReadingsShowAreFoundAndHealthySensorsAreLeftAlone() {
        String name = "grid:detectors=180,stations=64";
        Duration length = Duration.ofHours(20);
        Instant start = MONDAY.plus(Duration.ofHours(12));
        Instant end = start.plus(Duration.ofHours(6));
        List<Sensor> sensors = Cities.named(name, SEED).city().sensors();
        List<String> detectors = shuffled(sensors, SensorKind.TRAFFIC);
        List<String> stations = shuffled(sensors, SensorKind.AIR);
        List<String> faults = new ArrayList<>(new TreeSet<>(SHOWN.keySet()));
        faults.addAll(HARMLESS);
        faults.addAll(HIDDEN);
        List<FaultPlan> plans = new ArrayList<>();
        Map<String, Struck> struck = new HashMap<>();
        for (String fault : faults) {
            List<String> chosen = new ArrayList<>(taken(detectors, 6));
            chosen.addAll(taken(stations, 3));
            plans.add(FaultPlan.parse(fault + (fault.contains(":") ? "," : ":") + "sensors=" + String.join("+", chosen)
                    + ",from=PT12H,for=PT6H"));
            chosen.forEach(id -> struck.put(id, new Struck(fault, start, end)));
        }
        FaultyCity city = FaultyCity.play(name, plans, SEED, MONDAY, length);
        long began = System.nanoTime();

        TreeMap<String, Score> scores = new TreeMap<>();
        int alarms = 0;
        List<String> falseAlarms = new ArrayList<>();
        for (Sensor sensor : city.city().sensors()) {
            WatchedSensor watched = new WatchedSensor(sensor, MONDAY)
                    .follow(city.of(sensor.sensorId()), new TreeMap<>(), MONDAY.plus(length));
            Struck fault = struck.get(sensor.sensorId());
            if (fault != null) {
                score(scores, fault, sensor, watched);
            }
            for (CityEvent event : watched.events()) {
                if (event.transition() == Transition.OPENED) {
                    alarms++;
                    if (!isTrue(event, fault)) {
                        falseAlarms.add((fault == null ? "none" : fault.fault()) + " " + event.summary());
                    }
                }
            }
        }
        long messages = city.messages().values().stream().mapToLong(List::size).sum();
        System.out.printf(
                Locale.ROOT, "%d messages, %.1f us each%n", messages, (System.nanoTime() - began) / 1e3 / messages);
        print(scores);
        double sensorDays = city.city().sensors().size() * length.toHours() / 24.0;
        System.out.printf(
                Locale.ROOT,
                "alarms %d, false %d: precision %.3f; %.4f false alarms per sensor and day%n",
                alarms,
                falseAlarms.size(),
                1 - falseAlarms.size() / (double) alarms,
                falseAlarms.size() / sensorDays);
        falseAlarms.stream().limit(20).forEach(System.out::println);

        SHOWN.keySet().forEach(fault -> {
            for (SensorKind kind : SensorKind.values()) {
                if (fault.equals("spike") && kind == SensorKind.AIR) {
                    // One reading in twenty, every five minutes: six hours may hold fewer than are needed.
                    continue;
                }
                Score score = scores.getOrDefault(fault + " " + kind.wireName(), new Score());
                assertThat(score.recall()).as(fault + " " + kind).isEqualTo(1);
            }
        });
        assertThat(1 - falseAlarms.size() / (double) alarms).as("precision").isGreaterThan(0.95);
    }

    @Test
    void driftIsFoundBesideNeighboursWithinDays() {
        String name = "grid:detectors=8,stations=24";
        Duration length = Duration.ofDays(7);
        Instant start = MONDAY.plus(Duration.ofDays(4));
        List<String> stations = shuffled(Cities.named(name, SEED).city().sensors(), SensorKind.AIR);
        List<String> drifting = taken(stations, 4);
        List<FaultPlan> plans =
                List.of(FaultPlan.parse("drift:by=0.05,sensors=" + String.join("+", drifting) + ",from=P4D"));
        FaultyCity city = FaultyCity.play(name, plans, SEED, MONDAY, length);
        Map<String, TreeMap<Long, Comparison>> comparisons = comparisons(city);

        Score score = new Score();
        int falseAlarms = 0;
        for (Sensor sensor : city.city().sensors()) {
            if (sensor.kind() == SensorKind.TRAFFIC) {
                continue;
            }
            WatchedSensor watched = new WatchedSensor(sensor, MONDAY)
                    .follow(
                            city.of(sensor.sensorId()),
                            comparisons.getOrDefault(sensor.sensorId(), new TreeMap<>()),
                            MONDAY.plus(length));
            if (drifting.contains(sensor.sensorId())) {
                score.struck++;
                firstIn(watched, Set.of("drifting"), start, MONDAY.plus(length))
                        .ifPresent(at -> score.found.add(Duration.between(start, at)));
            } else {
                falseAlarms += (int) watched.told().stream()
                        .filter(health -> health.state().equals("drifting"))
                        .count();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "drift of 5 %% an hour: %d of %d found, after %s; %d others accused%n",
                score.found.size(),
                score.struck,
                score.found,
                falseAlarms);
        assertThat(score.recall()).isEqualTo(1);
        assertThat(falseAlarms).isZero();
    }

    private static Map<String, TreeMap<Long, Comparison>> comparisons(FaultyCity city) {
        Map<String, Sensor> registry = new HashMap<>();
        city.city().sensors().forEach(sensor -> registry.put(sensor.sensorId(), sensor));
        SortedMap<Long, TreeMap<String, SensorHour>> hours = new TreeMap<>();
        city.messages().forEach((id, messages) -> {
            Sensor sensor = registry.get(id);
            if (sensor != null && sensor.kind() == SensorKind.AIR) {
                messages.forEach(message -> add(hours, sensor, message));
            }
        });
        Map<String, TreeMap<Long, Comparison>> comparisons = new HashMap<>();
        hours.forEach((start, bySensor) -> Neighbours.compare(new ArrayList<>(bySensor.values()), registry::get)
                .forEach(each -> comparisons
                        .computeIfAbsent(each.sensorId(), id -> new TreeMap<>())
                        .put(start + COMPARED_AFTER.toMillis(), each)));
        return comparisons;
    }

    private static void add(SortedMap<Long, TreeMap<String, SensorHour>> hours, Sensor sensor, Transmission message) {
        long at = message.report().observedAt().toEpochMilli();
        double[] values = WatchedSensor.air(message.report().airReading());
        hours.computeIfAbsent(SensorHour.startOf(at), start -> new TreeMap<>())
                .merge(
                        sensor.sensorId(),
                        SensorHour.first(sensor.sensorId(), sensor.cityId(), false, at, values),
                        (before, first) -> before.with(values));
    }

    private static void score(Map<String, Score> scores, Struck fault, Sensor sensor, WatchedSensor watched) {
        Score score = scores.computeIfAbsent(fault.fault() + " " + sensor.kind().wireName(), key -> new Score());
        score.struck++;
        Instant until = fault.end().plus(AFTERWARDS);
        watched.told().stream()
                .filter(health -> !health.state().equals("healthy"))
                .filter(health ->
                        !health.at().isBefore(fault.start()) && health.at().isBefore(until))
                .forEach(health -> score.states.add(health.state()));
        firstIn(watched, SHOWN.getOrDefault(fault.fault(), Set.of()), fault.start(), until)
                .ifPresent(at -> score.found.add(Duration.between(fault.start(), at)));
    }

    private static Optional<Instant> firstIn(WatchedSensor watched, Set<String> states, Instant from, Instant until) {
        return watched.told().stream()
                .filter(health -> states.contains(health.state()))
                .map(SensorHealth::at)
                .filter(at -> !at.isBefore(from) && at.isBefore(until))
                .findFirst();
    }

    /** An alarm while the fault lasts, or just after; of what is harmless, only that nothing comes is true. */
    private static boolean isTrue(CityEvent event, @Nullable Struck fault) {
        return fault != null
                && !event.at().isBefore(fault.start())
                && event.at().isBefore(fault.end().plus(AFTERWARDS))
                && (!HARMLESS.contains(fault.fault())
                        || event.evidence().path("state").asText().equals("silent"));
    }

    private static List<String> shuffled(List<Sensor> sensors, SensorKind kind) {
        List<String> ids = new ArrayList<>(sensors.stream()
                .filter(sensor -> sensor.kind() == kind)
                .map(Sensor::sensorId)
                .toList());
        Collections.shuffle(ids, new Random(SEED));
        return ids;
    }

    private static List<String> taken(List<String> ids, int number) {
        List<String> taken = List.copyOf(ids.subList(0, number));
        ids.removeAll(taken);
        return taken;
    }

    private static void print(TreeMap<String, Score> scores) {
        System.out.println("| fault | struck | found | median | longest | states told |");
        scores.forEach((fault, score) -> {
            List<Duration> found = score.found.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %s | %s | %s |%n",
                    fault,
                    score.struck,
                    found.size(),
                    found.isEmpty() ? "-" : found.get(found.size() / 2),
                    found.isEmpty() ? "-" : found.get(found.size() - 1),
                    String.join(", ", score.states));
        });
    }
}

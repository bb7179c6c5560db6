package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.MeasuredValues;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
import org.citystream.analytics.sensortrust.Observation;
import org.citystream.analytics.sensortrust.SensorTrust;
import org.citystream.analytics.sensortrust.SensorWatch;
import org.citystream.analytics.sensortrust.SensorWatcher;
import org.citystream.analytics.sensortrust.SensorWatcher.Outcome;
import org.citystream.analytics.sensortrust.Symptom;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.SensorHealth;
import org.citystream.simulator.fault.Report;
import org.citystream.simulator.fault.Transmission;
import org.jspecify.annotations.Nullable;

/** One sensor under watch, as gateway and sensor-health job together see it: what is refused, what is heard, and the timers. */
final class WatchedSensor {
    private static final List<String> TRAFFIC_FIELDS = List.of("vehicleCount", "averageSpeedKmh", "occupancy");
    private static final Duration TOLERATED_AHEAD = Duration.ofMinutes(2);
    private static final List<Rule> RULES = RuleCodec.defaultRules().stream()
            .filter(rule -> rule.id().startsWith("sensor-"))
            .toList();
    /** What the gateway refuses: {@code docs/gateway.md}. */
    private static final Map<String, double[]> POSSIBLE = Map.of(
            "averageSpeedKmh", new double[] {0, 300},
            "occupancy", new double[] {0, 1},
            "relativeHumidity", new double[] {0, 1},
            "temperatureC", new double[] {-90, 85},
            "windSpeedMs", new double[] {0, 120});

    private final Sensor sensor;
    private final long intakeSince;
    private final List<SensorHealth> told = new ArrayList<>();
    private final List<CityEvent> events = new ArrayList<>();
    private SensorWatch watch = SensorWatch.NEW;
    private long wakeAt = SensorWatch.NEVER;

    WatchedSensor(Sensor sensor, Instant intakeSince) {
        this.sensor = sensor;
        this.intakeSince = intakeSince.toEpochMilli();
    }

    /** @param comparisons by the clock at which they are made, epoch ms */
    WatchedSensor follow(List<Transmission> messages, SortedMap<Long, Comparison> comparisons, Instant until) {
        TreeMap<Long, Comparison> due = new TreeMap<>(comparisons);
        for (Transmission message : messages) {
            long now = message.sentAt().toEpochMilli();
            compare(due, now);
            wakeUntil(now);
            hear(message, now);
        }
        compare(due, until.toEpochMilli());
        wakeUntil(until.toEpochMilli());
        return this;
    }

    List<SensorHealth> told() {
        return told;
    }

    List<CityEvent> events() {
        return events;
    }

    private void compare(TreeMap<Long, Comparison> due, long now) {
        while (!due.isEmpty() && due.firstKey() <= now) {
            Map.Entry<Long, Comparison> next = due.pollFirstEntry();
            wakeUntil(next.getKey());
            watch = watch.withReading(SensorTrust.compared(watch.record(), next.getKey(), next.getValue()), null);
            look(next.getKey());
        }
    }

    private void wakeUntil(long now) {
        while (wakeAt <= now) {
            look(wakeAt);
        }
    }

    private void hear(Transmission message, long now) {
        if (message.damaged() != null) {
            return;
        }
        Report report = message.report();
        Map<String, Double> values = values(report);
        Symptom refused = refused(report, message.sentAt(), values);
        watch = watch.withReading(
                refused != null
                        ? SensorTrust.refused(watch.record(), now, refused, "refused by the gateway")
                        : SensorTrust.observe(watch.record(), observation(report, now, values)),
                sensor.cityId());
        look(now);
    }

    private static @Nullable Symptom refused(Report report, Instant sentAt, Map<String, Double> values) {
        if (report.observedAt().isAfter(sentAt.plus(TOLERATED_AHEAD))) {
            return Symptom.FROM_THE_FUTURE;
        }
        boolean impossible = values.entrySet().stream().anyMatch(value -> {
            double[] range = POSSIBLE.get(value.getKey());
            return range != null && (value.getValue() < range[0] || value.getValue() > range[1]);
        });
        return impossible ? Symptom.OUT_OF_RANGE : null;
    }

    private static Observation observation(Report report, long now, Map<String, Double> values) {
        Integer lane = report.laneId();
        return new Observation(
                report.kind() == SensorKind.TRAFFIC
                        ? Observation.trafficChannel(lane == null ? 0 : lane)
                        : Observation.airChannel(),
                report.observedAt().toEpochMilli(),
                now,
                Identity.bootKey(report.bootId()),
                values);
    }

    static Map<String, Double> values(Report report) {
        return report.kind() == SensorKind.TRAFFIC
                ? MeasuredValues.byField(TRAFFIC_FIELDS, traffic(report.trafficReading()))
                : MeasuredValues.byField(AirObservations.FIELDS, air(report.airReading()));
    }

    static double[] traffic(TrafficReading reading) {
        return values(reading.vehicleCount(), reading.averageSpeedKmh(), reading.occupancy());
    }

    static double[] air(AirQualityReading reading) {
        return values(
                reading.pm25UgM3(),
                reading.pm10UgM3(),
                reading.no2UgM3(),
                reading.o3UgM3(),
                reading.so2UgM3(),
                reading.coMgM3(),
                reading.temperatureC(),
                reading.relativeHumidity(),
                reading.windSpeedMs(),
                reading.windDirectionDeg());
    }

    private static double[] values(@Nullable Number... measured) {
        double[] values = new double[measured.length];
        for (int i = 0; i < measured.length; i++) {
            Number value = measured[i];
            values[i] = value == null ? Double.NaN : value.doubleValue();
        }
        return values;
    }

    private void look(long clock) {
        Outcome outcome =
                new SensorWatcher(sensor.sensorId(), sensor.kind(), sensor).look(watch, clock, intakeSince, RULES);
        watch = outcome.watch();
        wakeAt = outcome.nextLook();
        events.addAll(outcome.events());
        SensorHealth health = outcome.health();
        if (health != null) {
            told.add(health);
        }
    }
}

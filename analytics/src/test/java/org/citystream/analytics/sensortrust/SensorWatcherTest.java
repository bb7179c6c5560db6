package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
import org.citystream.analytics.sensortrust.SensorWatcher.Outcome;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorWatcherTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final long SINCE = EIGHT.minus(Duration.ofDays(1)).toEpochMilli();
    private static final Sensor LOOP =
            JsonCodec.read("""
            {"sensorId":"loop-1","kind":"traffic","cityId":"lindholm","name":"Ring east","expectedIntervalSeconds":60,
             "version":1}""".getBytes(java.nio.charset.StandardCharsets.UTF_8), Sensor.class);

    private static final Sensor HOURLY =
            JsonCodec.read("""
            {"sensorId":"loop-1","kind":"traffic","cityId":"lindholm","expectedIntervalSeconds":3600,"version":1}""".getBytes(java.nio.charset.StandardCharsets.UTF_8), Sensor.class);

    private final List<SensorHealth> told = new ArrayList<>();
    private final List<CityEvent> events = new ArrayList<>();
    private Sensor loop = LOOP;
    private SensorWatch watch = SensorWatch.NEW;
    private long nextLook = SensorWatch.NEVER;

    @Test
    void aLoopThatFallsSilentIsToldAfterThreeMinutesAndAnAlarmAfterTenMore() {
        reading(EIGHT, 12);
        look(EIGHT);
        assertThat(states()).containsExactly("healthy");
        assertThat(nextLook).isEqualTo(EIGHT.plusSeconds(180).toEpochMilli() + 1);

        followTimers(EIGHT.plus(Duration.ofMinutes(30)));
        assertThat(states()).containsExactly("healthy", "silent");
        assertThat(told.get(1).since()).isEqualTo(EIGHT.plusSeconds(180));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.startedAt()).isEqualTo(EIGHT.plusSeconds(180));
            assertThat(event.at()).isEqualTo(EIGHT.plusSeconds(180).plusSeconds(600));
            assertThat(event.summary()).isEqualTo("Sensor loop-1 is silent: no reading since 2026-11-23T08:00:00Z");
            assertThat(event.subject().name()).isEqualTo("Ring east");
        });

        Instant back = EIGHT.plus(Duration.ofMinutes(40));
        reading(back, 14);
        look(back.plusSeconds(2));
        assertThat(states()).containsExactly("healthy", "silent", "healthy");
        assertThat(events).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.endedAt()).isEqualTo(back);
            assertThat(event.revision()).isEqualTo(2);
            assertThat(event.episodeId()).isEqualTo(events.get(0).episodeId());
        });
    }

    @Test
    void aLeapOfTheClockFindsTheSameAlarmAtTheSameTime() {
        reading(EIGHT, 12);
        look(EIGHT);
        look(EIGHT.plus(Duration.ofHours(5)));

        assertThat(told.get(1).at()).isEqualTo(EIGHT.plusSeconds(180));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.startedAt()).isEqualTo(EIGHT.plusSeconds(180));
            assertThat(event.at()).isEqualTo(EIGHT.plusSeconds(780));
        });
    }

    @Test
    void aShortPauseIsToldButRaisesNoAlarm() {
        reading(EIGHT, 12);
        look(EIGHT);
        followTimers(EIGHT.plus(Duration.ofMinutes(8)));
        reading(EIGHT.plus(Duration.ofMinutes(8)), 9);
        look(EIGHT.plus(Duration.ofMinutes(8)));

        assertThat(states()).containsExactly("healthy", "silent", "healthy");
        assertThat(events).isEmpty();
    }

    @Test
    void anAlarmGoesOnWhenTheTroubleChangesItsKind() {
        for (int minute = 0; minute <= 30; minute++) {
            reading(EIGHT.plusSeconds(60L * minute), 12);
            look(EIGHT.plusSeconds(60L * minute));
        }
        followTimers(EIGHT.plus(Duration.ofHours(1)));

        assertThat(states()).containsExactly("healthy", "stuck", "silent");
        assertThat(events).extracting(CityEvent::transition).containsExactly(Transition.OPENED, Transition.UPDATED);
        assertThat(events).extracting(CityEvent::startedAt).containsOnly(EIGHT);
    }

    @Test
    void aLoopThatDriftsFromItsNeighboursIsAnAlarmOfItsOwnAfterSixHours() {
        loop = HOURLY;
        hours(0, 60, 0);
        assertThat(states()).containsExactly("healthy");

        hours(60, 100, Math.log(2));
        assertThat(states()).containsExactly("healthy", "drifting");
        SensorHealth drifting = told.get(1);
        assertThat(drifting.reason()).startsWith("beside its neighbours vehicleCount is 1.5 times what is usual");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.rule().id()).isEqualTo("sensor-drift");
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.severity()).isEqualTo(Severity.MINOR);
            assertThat(event.startedAt()).isEqualTo(drifting.since());
            assertThat(event.at()).isEqualTo(drifting.at().plus(Duration.ofHours(6)));
        });

        hours(100, 160, 0);
        assertThat(states()).containsExactly("healthy", "drifting", "healthy");
        assertThat(events).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.episodeId()).isEqualTo(events.get(0).episodeId());
        });
    }

    @Test
    void aDriftThatPassesWithinSixHoursIsToldButNoAlarm() {
        loop = HOURLY;
        hours(0, 60, 0);
        int hour = 60;
        while (!states().contains("drifting")) {
            hours(hour, hour + 1, Math.log(2));
            hour++;
        }
        hours(hour, hour + 2, -3);
        hours(hour + 2, hour + 8, 0);

        assertThat(states()).containsExactly("healthy", "drifting", "healthy");
        assertThat(events).isEmpty();
    }

    /** A reading every hour, and each hour held against the neighbours'. */
    private void hours(int from, int to, double departure) {
        for (int hour = from; hour < to; hour++) {
            Instant at = EIGHT.plus(Duration.ofHours(hour));
            followTimers(at);
            reading(at, 12 + hour % 5);
            Comparison comparison = new Comparison(HOURLY.sensorId(), Map.of("vehicleCount", departure), null);
            long hourStart = at.minus(Duration.ofHours(1)).toEpochMilli();
            watch = watch.withReading(SensorTrust.compared(watch.record(), hourStart, comparison), "lindholm");
            look(at);
        }
    }

    @Test
    void aSensorThatHasNeverReportedIsMissedFromWhenItsEntryIsInForce() {
        loop = LOOP.withVersion(1, EIGHT);
        look(EIGHT.minus(Duration.ofHours(20)));
        assertThat(states()).containsExactly("healthy");
        assertThat(nextLook).isEqualTo(EIGHT.plusSeconds(180).toEpochMilli() + 1);

        followTimers(EIGHT.plus(Duration.ofMinutes(30)));
        assertThat(states()).containsExactly("healthy", "silent");
        assertThat(told.get(1).since()).isEqualTo(EIGHT.plusSeconds(180));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.summary()).isEqualTo("Sensor loop-1 is silent: no reading yet"));
    }

    @Test
    void nobodyPromisedWhenAnUnregisteredSensorWouldReport() {
        SensorWatcher stranger = new SensorWatcher("mine", SensorKind.TRAFFIC, null);
        reading(EIGHT, 12);
        Outcome outcome = stranger.look(watch, EIGHT.plus(Duration.ofDays(3)).toEpochMilli(), SINCE, rules());

        assertThat(outcome.health()).isNotNull().extracting(SensorHealth::state).isEqualTo("healthy");
        assertThat(outcome.nextLook()).isEqualTo(SensorWatch.NEVER);
    }

    @Test
    void aStrangerIsMissedByTheIntervalItHasShown() {
        SensorWatcher stranger = new SensorWatcher("mine", SensorKind.TRAFFIC, null);
        for (int minute = 0; minute < 10; minute++) {
            reading(EIGHT.plusSeconds(60L * minute), 12 + minute);
        }
        Instant last = EIGHT.plusSeconds(540);
        Outcome outcome = stranger.look(watch, last.toEpochMilli(), SINCE, rules());
        assertThat(outcome.nextLook()).isEqualTo(last.plusSeconds(180).toEpochMilli() + 1);

        outcome = stranger.look(outcome.watch(), outcome.nextLook(), SINCE, rules());
        assertThat(outcome.health()).isNotNull().extracting(SensorHealth::state).isEqualTo("silent");
    }

    @Test
    void healthTellsEveryReasonWithItsShare() {
        for (int minute = 0; minute <= 30; minute++) {
            reading(EIGHT.plusSeconds(60L * minute), 12);
            look(EIGHT.plusSeconds(60L * minute));
        }
        assertThat(told.get(told.size() - 1).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("stuck");
            assertThat(finding.credit()).isZero();
            assertThat(finding.since()).isEqualTo(EIGHT);
        });
        assertThat(events.get(0)
                        .evidence()
                        .path("findings")
                        .path(0)
                        .path("kind")
                        .asText())
                .isEqualTo("stuck");
    }

    @Test
    void whatIsRememberedSurvivesStorage() throws IOException {
        for (int minute = 0; minute <= 30; minute++) {
            reading(EIGHT.plusSeconds(60L * minute), 12);
            look(EIGHT.plusSeconds(60L * minute));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SensorWatchCodec().write(watch, new DataOutputStream(bytes));

        assertThat(new SensorWatchCodec().read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(watch);
        assertThat(events).isNotEmpty();
    }

    /** The table of {@code docs/sensor-trust.md}. */
    @ParameterizedTest
    @CsvSource({"traffic, 1, 666", "traffic, 4, 1065", "air, 0, 1618"})
    @SuppressWarnings("SystemOut")
    void whatIsRememberedAtWorstIsWhatIsStated(String kind, int lanes, int statedBytes) throws IOException {
        SensorRecord record = SensorRecord.NEW;
        for (int minute = 0; minute < 5000; minute++) {
            long at = EIGHT.plusSeconds(60L * minute).toEpochMilli();
            long boot = 1 + minute % 2;
            for (int lane = Math.min(1, lanes); lane <= lanes; lane++) {
                record = SensorTrust.observe(
                        record,
                        new Observation(Observation.trafficChannel(lane), at, at + 900_000, boot, worst(minute, true)));
            }
            if (lanes == 0) {
                record = SensorTrust.observe(
                        record,
                        new Observation(Observation.airChannel(), at, at + 900_000, boot, worst(minute, false)));
            }
            if (minute % 60 == 0) {
                Map<String, Double> apart = lanes == 0
                        ? Map.of("pm25UgM3", 0.1, "pm10UgM3", 0.1, "no2UgM3", 0.1, "o3UgM3", 0.1)
                        : Map.of("vehicleCount", 0.1, "averageSpeedKmh", 0.1);
                record = SensorTrust.compared(record, at, new Comparison("it", apart, true));
            }
            record = SensorTrust.refused(record, at, Symptom.FROM_THE_FUTURE, "x".repeat(120));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SensorWatchCodec().write(SensorWatch.NEW.withReading(record, "lindholm"), new DataOutputStream(bytes));
        System.out.println(kind + " sensor of " + lanes + " lanes: " + bytes.size() + " bytes");
        assertThat(bytes.size()).isCloseTo(statedBytes, withinPercentage(10));
    }

    private static Map<String, Double> worst(int minute, boolean traffic) {
        double value = minute % 11 == 0 ? 1e9 : minute % 7 == 0 ? 450 : 20 + minute % 5;
        Map<String, Double> values = new TreeMap<>();
        List<String> fields =
                traffic ? List.of("vehicleCount", "averageSpeedKmh", "occupancy") : AirObservations.FIELDS;
        fields.forEach(field -> values.put(field, value));
        return values;
    }

    private void reading(Instant at, double count) {
        Observation observation = new Observation(
                "all-traffic",
                at.toEpochMilli(),
                at.toEpochMilli(),
                Identity.NO_BOOT,
                new TreeMap<>(Map.of("vehicleCount", count, "averageSpeedKmh", 48.0)));
        watch = watch.withReading(SensorTrust.observe(watch.record(), observation), "lindholm");
    }

    private void followTimers(Instant until) {
        while (nextLook <= until.toEpochMilli()) {
            look(Instant.ofEpochMilli(nextLook));
        }
    }

    private void look(Instant clock) {
        Outcome outcome =
                new SensorWatcher("loop-1", SensorKind.TRAFFIC, loop).look(watch, clock.toEpochMilli(), SINCE, rules());
        watch = outcome.watch();
        nextLook = outcome.nextLook();
        events.addAll(outcome.events());
        @Nullable SensorHealth health = outcome.health();
        if (health != null) {
            told.add(health);
        }
    }

    private static List<Rule> rules() {
        return RuleCodec.defaultRules().stream()
                .filter(rule -> rule.kind() == RuleKind.SENSOR_HEALTH)
                .toList();
    }

    private List<String> states() {
        return told.stream().map(SensorHealth::state).toList();
    }
}

package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SensorTrustTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant LONG_AGO = EIGHT.minus(Duration.ofDays(30));
    private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);
    private static final Duration EVERY_HOUR = Duration.ofHours(1);

    private SensorRecord sensor = SensorRecord.NEW;
    private @Nullable HealthState previous;

    @Test
    void aSensorIsSilentAfterMoreThanThreeUploadIntervals() {
        traffic(EIGHT, 12, 51);

        assertThat(at(EIGHT.plus(Duration.ofMinutes(3)), EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
        assertThat(at(EIGHT.plus(Duration.ofMinutes(3)).plusMillis(1), EVERY_MINUTE))
                .isEqualTo(HealthState.SILENT);
    }

    @Test
    void anOutageOfOursMakesNobodyLookSilent() {
        traffic(EIGHT, 12, 51);
        Instant ten = EIGHT.plus(Duration.ofHours(2));

        assertThat(SensorTrust.judge(sensor, ten, ten.minusSeconds(90), EVERY_MINUTE, null)
                        .state())
                .isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void aRegisteredSensorThatNeverReportedIsSilentOnceIntakeRanLongEnough() {
        assertThat(SensorTrust.judge(sensor, EIGHT, EIGHT.minusSeconds(60), EVERY_MINUTE, null)
                        .state())
                .isEqualTo(HealthState.HEALTHY);
        assertThat(at(EIGHT, EVERY_MINUTE)).isEqualTo(HealthState.SILENT);
    }

    @Test
    void trafficThatRepeatsExactlyIsStuckAndAnEmptyRoadIsNot() {
        for (int minute = 0; minute <= 10; minute++) {
            traffic(EIGHT.plusSeconds(60L * minute), 12, 51);
        }
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.STUCK);

        sensor = SensorRecord.NEW;
        for (int minute = 0; minute <= 600; minute++) {
            observe("all-traffic", EIGHT.plusSeconds(60L * minute), Map.of("vehicleCount", 0.0, "occupancy", 0.0));
        }
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void aFlatLineAtTheDetectionFloorIsNoFaultAndAtMidValueItIs() {
        for (int hour = 0; hour < 166; hour++) {
            air(EIGHT.plus(Duration.ofHours(hour)), Map.of("so2UgM3", 2.0, "pm25UgM3", 20.0 + hour % 7));
        }
        assertThat(now(EVERY_HOUR)).isEqualTo(HealthState.HEALTHY);

        sensor = SensorRecord.NEW;
        for (int hour = 0; hour < 30; hour++) {
            air(EIGHT.plus(Duration.ofHours(hour)), Map.of("so2UgM3", 48.0, "pm25UgM3", 20.0 + hour % 7));
        }
        Verdict verdict = judged(EVERY_HOUR);
        assertThat(verdict.state()).isEqualTo(HealthState.STUCK);
        assertThat(verdict.trust()).isEqualTo(0.5);
        assertThat(verdict.since()).isEqualTo(EIGHT);
        assertThat(verdict.reason()).contains("so2UgM3 repeats 48.0");
    }

    @Test
    void aStationThatFreezesWhollyIsFoundWithinMinutes() {
        for (int minute = 0; minute <= 10; minute++) {
            air(EIGHT.plusSeconds(60L * minute), Map.of("pm25UgM3", 18.2, "no2UgM3", 40.1, "o3UgM3", 61.7));
        }
        Verdict verdict = judged(EVERY_MINUTE);
        assertThat(verdict.state()).isEqualTo(HealthState.STUCK);
        assertThat(verdict.trust()).isZero();
    }

    @Test
    void repeatedAndLateMessagesAreNoRepeatedValues() {
        for (int copy = 0; copy < 50; copy++) {
            traffic(EIGHT, 12, 51);
            traffic(EIGHT.minusSeconds(60L * copy), 12, 51);
        }
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
        assertThat(sensor.readings()).isEqualTo(1);
    }

    @Test
    void threeImpossibleReadingsCondemnAndFiveGoodOnesRedeem() {
        air(EIGHT, Map.of("pm25UgM3", -999.0));
        air(EIGHT.plusSeconds(60), Map.of("pm25UgM3", -999.0));
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
        air(EIGHT.plusSeconds(120), Map.of("pm25UgM3", -999.0));
        Verdict verdict = judged(EVERY_MINUTE);
        assertThat(verdict.state()).isEqualTo(HealthState.IMPLAUSIBLE);
        assertThat(verdict.trust()).isZero();
        assertThat(verdict.reason()).startsWith("pm25UgM3 -999.0 cannot be true");

        for (int minute = 3; minute < 7; minute++) {
            air(EIGHT.plusSeconds(60L * minute), Map.of("pm25UgM3", 10.0 + minute));
            assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.IMPLAUSIBLE);
        }
        air(EIGHT.plusSeconds(60L * 7), Map.of("pm25UgM3", 9.0));
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
        assertThat(judged(EVERY_MINUTE).trust()).isBetween(0.5, 0.7);
    }

    private void traffic(Instant at, double count, double speed) {
        observe("all-traffic", at, Map.of("vehicleCount", count, "averageSpeedKmh", speed));
    }

    private void air(Instant at, Map<String, Double> values) {
        observe("all-air", at, values);
    }

    private void observe(String channel, Instant at, Map<String, Double> values) {
        sensor = SensorTrust.observe(sensor, new Observation(channel, at.toEpochMilli(), new TreeMap<>(values)));
    }

    private HealthState now(Duration uploadInterval) {
        return judged(uploadInterval).state();
    }

    private HealthState at(Instant clock, Duration uploadInterval) {
        return SensorTrust.judge(sensor, clock, LONG_AGO, uploadInterval, previous)
                .state();
    }

    private Verdict judged(Duration uploadInterval) {
        Verdict verdict = SensorTrust.judge(
                sensor, Instant.ofEpochMilli(sensor.newestMillis()), LONG_AGO, uploadInterval, previous);
        previous = verdict.state();
        return verdict;
    }
}

package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        assertThat(new Judgement(sensor, ten.minusSeconds(90), EVERY_MINUTE, null)
                        .at(ten)
                        .state())
                .isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void aRegisteredSensorThatNeverReportedIsSilentOnceIntakeRanLongEnough() {
        assertThat(new Judgement(sensor, EIGHT.minusSeconds(60), EVERY_MINUTE, null)
                        .at(EIGHT)
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
        assertThat(sensor.history().messages()).isEqualTo(1);
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

    @Test
    void aFlatLineAtTheEndOfTheRangeIsSaturationAndALowerBound() {
        for (int minute = 0; minute < 12; minute++) {
            air(EIGHT.plusSeconds(60L * minute), Map.of("pm25UgM3", 999.0, "so2UgM3", 2.0 + minute));
        }
        Verdict verdict = judged(EVERY_MINUTE);
        assertThat(verdict.state()).isEqualTo(HealthState.IMPLAUSIBLE);
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.fault()).isEqualTo(Fault.SATURATED);
            assertThat(finding.since()).isEqualTo(EIGHT);
            assertThat(finding.detail()).startsWith("pm25UgM3 999.0 is the end of the range");
        });
    }

    @Test
    void aBridgedLoopIsSaturatedAndAVehicleThatStandsForMinutesIsNot() {
        for (int minute = 0; minute < 9; minute++) {
            observe("all-traffic", EIGHT.plusSeconds(60L * minute), Map.of("vehicleCount", 0.0, "occupancy", 1.0));
        }
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
        observe("all-traffic", EIGHT.plusSeconds(540), Map.of("vehicleCount", 0.0, "occupancy", 1.0));
        assertThat(judged(EVERY_MINUTE).findings()).extracting(Finding::fault).containsExactly(Fault.SATURATED);
    }

    @ParameterizedTest
    @CsvSource({"999, 1999", "999.9, 1999.9", "-1, -1"})
    void codesInPlaceOfMeasurementsAreCalledByTheirName(double pm25, double pm10) {
        for (int minute = 0; minute < 3; minute++) {
            air(
                    EIGHT.plusSeconds(60L * minute),
                    Map.of("pm25UgM3", pm25, "pm10UgM3", pm10, "temperatureC", 4.0 + minute));
        }
        Verdict verdict = judged(EVERY_MINUTE);
        assertThat(verdict.state()).isEqualTo(HealthState.IMPLAUSIBLE);
        assertThat(verdict.findings()).extracting(Finding::fault).containsExactly(Fault.ERROR_CODE);
        assertThat(verdict.trust()).isZero();
        assertThat(verdict.reason()).contains("is an error code (3 of the last 3 readings)");
    }

    @Test
    void honestNoiseBelowZeroIsNoCode() {
        for (int hour = 0; hour < 48; hour++) {
            air(EIGHT.plus(Duration.ofHours(hour)), Map.of("pm25UgM3", -1.0 + hour % 3, "pm10UgM3", 2.0 + hour % 5));
        }
        assertThat(now(EVERY_HOUR)).isEqualTo(HealthState.HEALTHY);
        assertThat(judged(EVERY_HOUR).trust()).isEqualTo(1);
    }

    @Test
    void spikesThatReturnAreFoundAndALevelThatStaysIsNone() {
        for (int minute = 0; minute < 60; minute++) {
            boolean spike = minute == 20 || minute == 35 || minute == 36 || minute == 50;
            air(EIGHT.plusSeconds(60L * minute), Map.of("no2UgM3", (spike ? 320.0 : 40.0) + minute % 4));
        }
        Verdict verdict = judged(EVERY_MINUTE);
        assertThat(verdict.findings()).extracting(Finding::fault).containsExactly(Fault.SPIKES);
        assertThat(verdict.reason()).isEqualTo("no2UgM3 jumped to 322.0 and back (4 of the last 60 readings)");
        assertThat(verdict.trust()).isEqualTo(0.93);

        sensor = SensorRecord.NEW;
        previous = null;
        for (int minute = 0; minute < 60; minute++) {
            air(EIGHT.plusSeconds(60L * minute), Map.of("no2UgM3", (minute / 15 % 2 == 1 ? 320.0 : 40.0) + minute % 4));
        }
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void hourlyMeansJumpHonestly() {
        for (int hour = 0; hour < 60; hour++) {
            air(EIGHT.plus(Duration.ofHours(hour)), Map.of("no2UgM3", (hour % 12 == 0 ? 320.0 : 40.0) + hour % 4));
        }
        assertThat(now(EVERY_HOUR)).isEqualTo(HealthState.HEALTHY);
        assertThat(sensor.recent()).isEmpty();
    }

    @Test
    void aClockThatIsBehindIsNoSilence() {
        Duration behind = Duration.ofMinutes(15);
        for (int minute = 0; minute <= 10; minute++) {
            Instant arrival = EIGHT.plusSeconds(60L * minute);
            arrives(arrival, arrival.minus(behind), 0, 10 + minute % 5);
        }
        Verdict verdict = new Judgement(sensor, LONG_AGO, EVERY_MINUTE, null).at(EIGHT.plusSeconds(601));
        assertThat(verdict.state()).isEqualTo(HealthState.CLOCK_SKEWED);
        assertThat(verdict.since()).isEqualTo(EIGHT.plusSeconds(60));
        assertThat(verdict.reason()).contains("at least PT15M old");
        assertThat(verdict.trust()).isEqualTo(0.5);

        assertThat(at(EIGHT.plus(Duration.ofMinutes(14)), EVERY_MINUTE)).isEqualTo(HealthState.SILENT);
    }

    @Test
    void whoKeepsReadingsAndUploadsThemLaterHasNoWrongClock() {
        for (int hour = 1; hour <= 3; hour++) {
            Instant upload = EIGHT.plus(Duration.ofHours(hour));
            for (int minute = 59; minute >= 0; minute--) {
                arrives(upload, upload.minusSeconds(60L * minute), 0, 10 + minute % 5);
                assertThat(new Judgement(sensor, LONG_AGO, EVERY_HOUR, null)
                                .at(upload)
                                .state())
                        .isEqualTo(HealthState.HEALTHY);
            }
        }
    }

    @Test
    void aBacklogOfOursIsNoWrongClockOfTheirs() {
        for (int minute = 0; minute <= 10; minute++) {
            Instant arrival = EIGHT.plusSeconds(60L * minute);
            arrives(arrival, arrival.minus(Duration.ofMinutes(30 - 2 * minute)), 0, 10 + minute % 5);
        }
        Instant drained = EIGHT.plusSeconds(600);
        assertThat(new Judgement(sensor, drained, EVERY_MINUTE, null)
                        .at(drained)
                        .state())
                .isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void messagesFromTheFutureTellOfAWrongClock() {
        traffic(EIGHT, 12, 51);
        for (int minute = 1; minute <= 3; minute++) {
            sensor = SensorTrust.refused(
                    sensor, EIGHT.plusSeconds(60L * minute).toEpochMilli(), Symptom.FROM_THE_FUTURE, "15 min ahead");
        }
        assertThat(at(EIGHT.plusSeconds(200), EVERY_MINUTE)).isEqualTo(HealthState.CLOCK_SKEWED);
        assertThat(at(EIGHT.plusSeconds(361), EVERY_MINUTE)).isEqualTo(HealthState.SILENT);
    }

    @Test
    void twoBootsInTurnAreTwoDevices() {
        for (int minute = 0; minute < 4; minute++) {
            Instant at = EIGHT.plusSeconds(60L * minute);
            arrives(at, at, 0xA, 10 + minute);
            arrives(at, at, 0xB, 20 + minute);
        }
        Verdict verdict = judged(EVERY_MINUTE);
        assertThat(verdict.state()).isEqualTo(HealthState.DUPLICATE_IDENTITY);
        assertThat(verdict.trust()).isEqualTo(0.3);
    }

    @Test
    void aRebootWithStragglersIsOneDevice() {
        for (int minute = 0; minute < 30; minute++) {
            Instant at = EIGHT.plusSeconds(60L * minute);
            arrives(at, at, minute < 10 ? 0xA : minute < 20 ? 0xB : 0xC, 10 + minute % 7);
            if (minute >= 10 && minute < 20) {
                Instant straggler = at.minusSeconds(600);
                arrives(at, straggler, 0xA, 10 + minute % 7);
            }
        }
        assertThat(now(EVERY_MINUTE)).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void theIntervalIsLearnedFromUploadsAndOnePauseDoesNotCount() {
        Instant upload = EIGHT;
        for (int i = 0; i < 10; i++) {
            upload = upload.plus(i == 7 ? Duration.ofHours(5) : Duration.ofMinutes(15));
            for (int minute = 14; minute >= 0; minute--) {
                arrives(upload.minusMillis(minute), upload.minusSeconds(60L * minute), 0, minute);
            }
        }
        assertThat(sensor.arrivals().learnedInterval())
                .hasValueSatisfying(
                        interval -> assertThat(interval).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
    }

    @Test
    void trustIsTheProductOfWhatEveryFindingLeaves() {
        for (int minute = 0; minute < 12; minute++) {
            Instant at = EIGHT.plusSeconds(60L * minute);
            air(
                    at,
                    Map.of(
                            "pm25UgM3",
                            minute % 2 == 0 ? -999.0 : 18.0 + minute,
                            "no2UgM3",
                            40.1,
                            "o3UgM3",
                            40.0 + minute));
        }
        air(EIGHT.plusSeconds(3600), Map.of("pm25UgM3", 18.0, "no2UgM3", 40.1, "o3UgM3", 40.0));
        Verdict verdict = judged(EVERY_HOUR);
        assertThat(verdict.findings()).extracting(Finding::fault).containsExactly(Fault.STUCK, Fault.OUT_OF_RANGE);
        assertThat(verdict.trust())
                .isCloseTo(
                        verdict.findings().get(0).credit()
                                * verdict.findings().get(1).credit(),
                        within(0.005));
    }

    private void traffic(Instant at, double count, double speed) {
        observe("all-traffic", at, Map.of("vehicleCount", count, "averageSpeedKmh", speed));
    }

    private void air(Instant at, Map<String, Double> values) {
        observe("all-air", at, values);
    }

    private void observe(String channel, Instant at, Map<String, Double> values) {
        observe(channel, at, at, Identity.NO_BOOT, values);
    }

    private void arrives(Instant arrival, Instant observed, long boot, double count) {
        observe(
                "all-traffic",
                arrival,
                observed,
                boot,
                Map.of("vehicleCount", count, "averageSpeedKmh", 50 + count / 10));
    }

    private void observe(String channel, Instant arrival, Instant observed, long boot, Map<String, Double> values) {
        sensor = SensorTrust.observe(
                sensor,
                new Observation(channel, observed.toEpochMilli(), arrival.toEpochMilli(), boot, new TreeMap<>(values)));
    }

    private HealthState now(Duration uploadInterval) {
        return judged(uploadInterval).state();
    }

    private HealthState at(Instant clock, Duration uploadInterval) {
        return new Judgement(sensor, LONG_AGO, uploadInterval, previous)
                .at(clock)
                .state();
    }

    private Verdict judged(Duration uploadInterval) {
        Verdict verdict = new Judgement(sensor, LONG_AGO, uploadInterval, previous)
                .at(Instant.ofEpochMilli(sensor.newestMillis()));
        previous = verdict.state();
        return verdict;
    }
}

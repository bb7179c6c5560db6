package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.place.Sensor;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures of one minute against the vectors beside this test; {@code SOURCES.md} there says where they come from. */
class TrafficMeasureTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant ONE_PAST = EIGHT.plusSeconds(60);

    private static List<CSVRecord> vectors(String file) throws IOException {
        try (InputStreamReader reader = new InputStreamReader(
                Objects.requireNonNull(TrafficMeasureTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8)) {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords();
        }
    }

    static List<CSVRecord> densities() throws IOException {
        return vectors("los_hcm_density.csv");
    }

    static List<CSVRecord> speedsAndFlows() throws IOException {
        return vectors("speedflow_vectors.csv");
    }

    static List<CSVRecord> urbanStreets() throws IOException {
        return vectors("los_hcm_urban_street.csv").stream()
                .filter(row -> row.get("edition").startsWith("HCM7"))
                .toList();
    }

    private static TrafficSummary minute(Detector detector, Observation... readings) {
        TrafficCity city = TrafficCity.withDefaultRules().with(detector.registered());
        city.clock(ONE_PAST);
        city.receives(List.of(readings));
        city.clock(ONE_PAST.plusSeconds(60));
        return city.summary(detector.segment(), EIGHT);
    }

    /** Vector "time vs space mean": 12 vehicles at 10 m/s and 12 at 20 m/s move at 13.333 m/s, not at 15. */
    @Test
    void speedIsTheSpaceMean() {
        Detector loop = Detector.onFreeway("a", 120).withLanes(2);
        TrafficSummary summary = minute(
                loop, loop.reads(ONE_PAST, 60, 1, 12, 36, Double.NaN), loop.reads(ONE_PAST, 60, 2, 12, 72, Double.NaN));

        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(48.0);
        assertThat(summary.sensors()).containsExactly("loop-a");
    }

    /** Vector "wardrop": a time mean of 80 km/h, with a variance of 100 about the space mean, is a space mean of 78.73. */
    @Test
    void theTimeMeanIsTheSpaceMeanAndItsVariance() {
        Detector loop = Detector.onFreeway("a", 120).withLanes(2);
        double quick = 88.73;
        double slow = 68.73;
        // As many of each on the road at a time: as many more of the quick ones pass.
        TrafficSummary summary = minute(
                loop,
                loop.reads(ONE_PAST, 60, 1, quick / 10, quick, Double.NaN),
                loop.reads(ONE_PAST, 60, 2, slow / 10, slow, Double.NaN));

        assertThat((quick * quick + slow * slow) / (quick + slow)).isCloseTo(80, within(0.005));
        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(78.73);
    }

    /** The last two are the simulator's ({@code CellTransmissionTest}), the indices {@link TravelTimeTest}'s. */
    @Test
    void everyRowOfTheMeasuresIsKnownToATest() throws IOException {
        assertThat(vectors("traffic_measure_vectors.csv"))
                .extracting(row -> row.get("case"))
                .containsExactly(
                        "time vs space mean",
                        "flow-weighted lanes",
                        "fundamental relation",
                        "occupancy to density",
                        "g-factor speed",
                        "wardrop",
                        "TTI",
                        "PTI",
                        "TomTom congestion level",
                        "PeMS delay",
                        "shock wave",
                        "queue growth");
    }

    /** The speeds are those of the HCM's curve (Eq 12-1), which nothing here computes. */
    @ParameterizedTest
    @MethodSource("speedsAndFlows")
    void densityOfThePublishedFlows(CSVRecord row) {
        Detector loop = Detector.onFreeway("a", 130);
        double perMinute = Double.parseDouble(row.get("flow_pc_h_ln")) / 60;
        double speedKmh = Double.parseDouble(row.get("computed_speed_mph")) * 1.609344;
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 60, 1, perMinute, speedKmh, Double.NaN));

        assertThat(Objects.requireNonNull(summary.densityVehKmLane()) * 1.609344)
                .isCloseTo(Double.parseDouble(row.get("computed_density_pc_mi_ln")), within(0.03));
    }

    /** Vector "flow-weighted lanes": 1,200 veh/h at 100 and 600 at 50 km/h: 24 veh/km, 75 km/h. */
    @Test
    void lanesAddUpInFlowAndDensity() {
        Detector loop = Detector.onFreeway("a", 120).withLanes(2);
        TrafficSummary summary =
                minute(loop, loop.reads(ONE_PAST, 60, 1, 20, 100, 0.1), loop.reads(ONE_PAST, 60, 2, 10, 50, 0.2));

        assertThat(summary.vehicleFlowPerHour()).isEqualTo(1800);
        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(75);
        assertThat(summary.densityVehKmLane()).isEqualTo(12);
        assertThat(summary.occupancy()).isEqualTo(0.15);
        assertThat(summary.completeness()).isEqualTo(1);
    }

    /** Vectors "fundamental relation" (q = k v: 1,800 veh/h at 60 km/h are 30 veh/km) and "TTI" (26 min for 20: 1.3). */
    @Test
    void densityAndTravelTimeIndexFollowFromFlowAndSpeed() {
        Detector loop = Detector.onFreeway("a", 78);
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 30, 60));

        assertThat(summary.densityVehKmLane()).isEqualTo(30);
        assertThat(summary.travelTimeIndex()).isEqualTo(1.3);
        assertThat(summary.speedRatio()).isEqualTo(0.7692);
        assertThat(summary.levelOfService()).isEqualTo("F");
    }

    @Test
    void fasterThanFreeFlowIsFreeFlow() {
        Detector loop = Detector.onFreeway("a", 100);
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 10, 130));

        assertThat(summary.speedRatio()).isEqualTo(1);
        assertThat(summary.travelTimeIndex()).isEqualTo(1);
    }

    @Test
    void twoDetectorsOfOneLaneMeasureOneFlowTwice() {
        Detector loop = Detector.onFreeway("a", 100);
        Detector second = loop.named("loop-b");
        TrafficCity city =
                TrafficCity.withDefaultRules().with(loop.registered()).with(second.registered());
        city.clock(ONE_PAST);
        city.receives(List.of(loop.reads(ONE_PAST, 10, 100), second.reads(ONE_PAST, 20, 50)));
        city.clock(ONE_PAST.plusSeconds(60));

        assertThat(city.summary("a", EIGHT).vehicleFlowPerHour()).isEqualTo(900);
    }

    @Test
    void aMissingLaneShowsInCompleteness() {
        Detector loop = Detector.onFreeway("a", 100).withLanes(2);
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 60, 1, 10, 90, Double.NaN));

        assertThat(summary.completeness()).isEqualTo(0.5);
        assertThat(summary.vehicleFlowPerHour()).isEqualTo(600);
    }

    @Test
    void travelTimeGivesSpeedOnly() {
        Detector bluetooth = Detector.byTravelTime("b", 50.0, 60);
        TrafficSummary summary = minute(bluetooth, bluetooth.reads(ONE_PAST, 4, 25));

        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(25);
        assertThat(summary.speedRatio()).isEqualTo(0.5);
        assertThat(summary.vehicleFlowPerHour()).isNull();
        assertThat(summary.densityVehKmLane()).isNull();
        assertThat(summary.levelOfService()).isNull();
    }

    @Test
    void twoMatchedVehiclesDecideNothing() {
        Detector bluetooth = Detector.byTravelTime("b", 50.0, 60);
        TrafficSummary summary = minute(bluetooth, bluetooth.reads(ONE_PAST, 2, 10));

        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(10);
        assertThat(summary.speedRatio()).isNull();
    }

    @Test
    void aFiveMinuteReadingIsSpreadOverItsMinutesAndNothingIsLost() {
        Detector loop = Detector.onStreet("a", 50.0);
        TrafficCity city = TrafficCity.withDefaultRules().with(loop.registered());
        Instant end = EIGHT.plusSeconds(5 * 60 + 20);
        city.clock(end);
        city.receives(loop.reads(end, 300, 0, 7, 40, 0.2));
        city.clock(end.plusSeconds(10));
        city.clock(end.plusSeconds(120));

        double vehicles = city.summaries().stream()
                .filter(summary -> summary.vehicleFlowPerHour() != null)
                .mapToDouble(summary -> {
                    boolean edge = summary.windowStart().equals(EIGHT)
                            || summary.windowStart().equals(EIGHT.plusSeconds(300));
                    double seconds = !edge ? 60 : summary.windowStart().equals(EIGHT) ? 40 : 20;
                    return Objects.requireNonNull(summary.vehicleFlowPerHour()) * seconds / 3600;
                })
                .sum();
        assertThat(vehicles).isCloseTo(7, within(0.01));
        assertThat(city.summaries())
                .extracting(TrafficSummary::readingCount)
                .as("counted once, in the minute of its last millisecond")
                .containsOnlyOnce(1);
        assertThat(city.summary("a", EIGHT).completeness()).isEqualTo(0.667);
    }

    /** A single loop measures no speed; flow and the share of time it is covered tell one, by 6.7 m a vehicle. */
    @Test
    void countAndOccupancyTellASpeed() {
        Detector loop = Detector.onFreeway("a", 100);
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 60, 0, 20, Double.NaN, 0.1));

        assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(80.4);
        assertThat(summary.speedRatio()).isEqualTo(0.804);
        assertThat(summary.densityVehKmLane()).isEqualTo(14.93);
    }

    /** Vehicles that stand on a detector have a density, though nothing passes: 0.9 over 6.7 m. */
    @Test
    void aStandstillIsDense() {
        Detector loop = Detector.onFreeway("a", 100);
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 60, 0, 0, Double.NaN, 0.9));

        assertThat(summary.spaceMeanSpeedKmh()).isNull();
        assertThat(summary.densityVehKmLane()).isEqualTo(134.33);
        assertThat(summary.levelOfService()).isEqualTo("F");
    }

    /** Half an hour of free flow in which 30 veh/min at 90 km/h cover the detector for 16 %: 8 m a vehicle. */
    @Test
    void theEffectiveLengthIsCalibratedInFreeFlow() {
        Detector loop = Detector.onFreeway("a", 100);
        TrafficCity city = TrafficCity.withDefaultRules().with(loop.registered());
        city.clock(EIGHT);
        for (int i = 1; i <= 70; i++) {
            Instant end = EIGHT.plusSeconds(60L * i);
            city.receives(
                    i <= 65
                            ? loop.reads(end, 60, 0, 30 - i % 2, 90, (30 - i % 2) * 0.16 / 30)
                            : loop.reads(end, 60, 0, 0, Double.NaN, 0.8));
            city.clock(end);
        }
        city.clock(EIGHT.plusSeconds(72 * 60));

        assertThat(city.summary("a", EIGHT.plusSeconds(66 * 60)).densityVehKmLane())
                .isEqualTo(100);
    }

    @Test
    void delayAndCongestionLevelOfAMinute() {
        Sensor registered = Detector.onFreeway("a", 80).registered();
        assertThat(registered.lengthM()).isNull();
        Detector loop = Detector.onFreeway("a", 80);
        TrafficSummary summary = minute(loop, loop.reads(ONE_PAST, 30, 40));

        assertThat(summary.congestionLevelPercent()).isEqualTo(100);
        assertThat(summary.vehicleDelayVehH()).as("its length is not known").isNull();
        assertThat(summary.planningTimeIndex()).as("nothing is learned yet").isNull();
    }

    @ParameterizedTest
    @MethodSource("densities")
    void freewayServiceByDensity(CSVRecord row) {
        double kmPerMile = 1.609344;
        assertThat(LevelOfService.freeway((Double.parseDouble(row.get("gt")) + 0.01) / kmPerMile))
                .isEqualTo(row.get("los"));
        if (!row.get("le").isEmpty()) {
            assertThat(LevelOfService.freeway(Double.parseDouble(row.get("le")) / kmPerMile))
                    .as("upper edge inclusive")
                    .isEqualTo(row.get("los"));
        }
    }

    /** The published flows stand at the very edge of their level, rounded to whole passenger cars. */
    @ParameterizedTest
    @MethodSource("speedsAndFlows")
    void freewayServiceOfThePublishedFlows(CSVRecord row) {
        double flow = Double.parseDouble(row.get("flow_pc_h_ln")) * 0.995;
        double speedKmh = Double.parseDouble(row.get("published_speed_mph")) * 1.609344;
        assertThat(LevelOfService.freeway(flow / speedKmh)).isEqualTo(row.get("los"));
    }

    @ParameterizedTest
    @MethodSource("urbanStreets")
    void urbanServiceBySpeed(CSVRecord row) {
        double freeFlow = Double.parseDouble(row.get("base_ffs_mph")) * 1.609344;
        double bound = Double.parseDouble(row.get("gt_speed_mph")) * 1.609344;
        assertThat(LevelOfService.urbanStreet(bound + 0.01, freeFlow)).isEqualTo(row.get("los"));
        assertThat(LevelOfService.urbanStreet(bound - 0.01, freeFlow)).isGreaterThan(row.get("los"));
    }
}

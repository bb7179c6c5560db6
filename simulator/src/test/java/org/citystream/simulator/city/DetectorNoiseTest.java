package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.citystream.model.reading.TrafficReading;
import org.citystream.simulator.plan.Lindholm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What detectors report scatters as much as their quality says. */
class DetectorNoiseTest {
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final int MINUTES = 4_000;
    private static final double FLOW_VEH_H = 3_600;
    private static final double SPEED_KMH = 88;

    @ParameterizedTest
    @CsvSource({"6.5, 0.45, 0.015, 0.03", "7.5, 0.8, 0.04, 0.08", "5.8, 0.2, 0, 0.01"})
    void countsSpeedsAndOccupanciesScatterAsDocumented(
            double effectiveLengthM, double countScatter, double calibrationScatter, double occupancyScatter) {
        DetectorQuality quality =
                new DetectorQuality(effectiveLengthM, countScatter, calibrationScatter, occupancyScatter);
        Corridor ring = with(Lindholm.city().corridors().get(0), quality);
        DetectorSampling sampling = new DetectorSampling(ring, Draws.of(7).stream("noise"));
        CorridorMinute steady = steady(ring);
        double expected = LaneTraffic.of(steady, 3)[0].flowVehH() / 60;

        List<Double> counts = new ArrayList<>();
        List<Double> lengths = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            TrafficReading lane = sampling.readings(steady, START.plusSeconds(60L * minute), 0)
                    .get(0);
            double count = Objects.requireNonNull(lane.vehicleCount());
            counts.add(count);
            double spaceMean = Objects.requireNonNull(lane.averageSpeedKmh())
                    / (1 + Math.pow(DetectorSampling.speedScatter(SPEED_KMH / 90), 2));
            lengths.add(Objects.requireNonNull(lane.occupancy()) * 60 * spaceMean / 3.6 / count);
        }

        // whole vehicles add a little of their own
        double theory = countScatter * countScatter * expected + 1 / 6.0;
        assertThat(mean(counts)).isCloseTo(expected, within(0.03 * expected));
        assertThat(variance(counts)).as("variance of counts").isCloseTo(theory, within(0.12 * theory));
        assertThat(mean(lengths)).as("effective length").isCloseTo(effectiveLengthM, within(0.12 * effectiveLengthM));
        assertThat(Math.sqrt(variance(lengths)) / mean(lengths))
                .as("scatter of occupancy")
                .isCloseTo(occupancyScatter, within(0.15 * occupancyScatter + 0.004));
    }

    @ParameterizedTest
    @CsvSource({"0.015", "0.04"})
    void eachDetectorKeepsASpeedGainOfItsOwn(double calibrationScatter) {
        Corridor ring =
                with(Lindholm.city().corridors().get(0), new DetectorQuality(6.5, 0.45, calibrationScatter, 0.03));
        CorridorMinute steady = steady(ring);
        List<Double> gains = new ArrayList<>();
        for (int road = 0; road < 20; road++) {
            DetectorSampling sampling = new DetectorSampling(ring, Draws.of(road).stream("gains"));
            for (int detector = 0; detector < ring.detectors().size(); detector++) {
                List<Double> speeds = new ArrayList<>();
                for (int minute = 0; minute < 60; minute++) {
                    Instant end = START.plusSeconds(60L * minute);
                    speeds.add(Objects.requireNonNull(
                            sampling.readings(steady, end, detector).get(1).averageSpeedKmh()));
                }
                gains.add(mean(speeds));
            }
        }

        assertThat(Math.sqrt(variance(gains)) / mean(gains))
                .isCloseTo(calibrationScatter, within(0.1 * calibrationScatter + 0.001));
    }

    private static Corridor with(Corridor road, DetectorQuality quality) {
        return new Corridor(
                road.id(),
                road.name(),
                road.facility(),
                road.lanes(),
                road.diagram(),
                road.line(),
                road.demand(),
                road.ramps(),
                road.detectors(),
                quality);
    }

    private static CorridorMinute steady(Corridor road) {
        double[] flow = new double[100];
        double[] density = new double[100];
        Arrays.fill(flow, FLOW_VEH_H);
        Arrays.fill(density, FLOW_VEH_H / SPEED_KMH);
        return new CorridorMinute(road, road.lengthM() / 100, flow, density);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElseThrow();
    }

    private static double variance(List<Double> values) {
        double mean = mean(values);
        return values.stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
    }
}

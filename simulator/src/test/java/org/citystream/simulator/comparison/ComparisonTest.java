package org.citystream.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.testsupport.LineCharts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Ordinary weeks of the simulated city resemble recorded ones: not in every value, since Lindholm is none of these cities,
 * but in shape and spread. Skipped where the recordings are not here. With {@code -Dcomparison.images=DIR} the charts of
 * {@code docs/simulator.md} are drawn.
 */
class ComparisonTest {
    private static final List<String> KERB = List.of("air-lind-01", "air-lind-02", "air-lind-03", "air-lind-04");
    private static final List<String> TOWN = List.of("air-lind-05", "air-lind-06", "air-lind-07", "air-lind-08");
    private static final String LONDON = "london-marylebone";
    private static final String LONDON_2009 = "london_4sites_2009.csv.gz";

    private static SimulatedYear simulated;

    @BeforeAll
    static void live() {
        RecordedCities.requireAll();
        simulated = new SimulatedYear();
    }

    @Test
    void trafficRisesAndFallsOverTheDayAsInAarhus() {
        Samples recorded = RecordedCities.urbanMatches();

        for (boolean weekend : new boolean[] {false, true}) {
            assertThat(Samples.correlation(
                            recorded.shape(weekend), simulated.allFlow().shape(weekend)))
                    .as("weekend %s", weekend)
                    .isGreaterThan(0.94);
        }
        assertThat(peakHour(simulated.allFlow().day(false), 0, 12))
                .isCloseTo(peakHour(recorded.day(false), 0, 12), within(1));
        assertThat(peakHour(simulated.allFlow().day(false), 12, 24))
                .isCloseTo(peakHour(recorded.day(false), 12, 24), within(1));
        assertThat(weekendShare(simulated.allFlow())).isBetween(weekendShare(recorded), 0.75);
    }

    @Test
    void minutesScatterAsAroundEindhoven() {
        Samples recorded = RecordedCities.minuteCounts();
        Samples counts = simulated.minuteCounts();

        for (double share : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
            assertThat(counts.quantile(share) / counts.mean())
                    .as("quantile %s", share)
                    .isCloseTo(recorded.quantile(share), within(0.2));
        }
    }

    @Test
    void freeSpeedsScatterAsAroundEindhoven() {
        Samples recorded = RecordedCities.freewaySpeed();

        for (double share : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
            assertThat(simulated.freewaySpeed().quantile(share))
                    .as("quantile %s", share)
                    .isCloseTo(recorded.quantile(share), within(0.03));
        }
    }

    @Test
    void nitrogenDioxideFollowsTrafficAndMixingAsInLondon() {
        Samples recorded = london("kensington");
        Samples town = simulated.air(TOWN, AirQualityReading::no2UgM3);
        Samples kerb = simulated.air(KERB, AirQualityReading::no2UgM3);

        assertThat(Samples.correlation(recorded.day(false), town.day(false))).isGreaterThan(0.7);
        assertThat(Samples.correlation(recorded.day(true), town.day(true))).isGreaterThan(0.75);
        assertThat(spread(town)).isCloseTo(spread(recorded), within(0.8));
        assertThat(kerb.mean() / town.mean()).isBetween(1.5, london("cromwell").mean() / recorded.mean());
        assertThat(Samples.correlation(london("cromwell").day(false), kerb.day(false)))
                .isGreaterThan(0.7);
    }

    @Test
    void fineParticlesHaveTheLevelAndTheSpellsOfLondon() {
        Samples recorded = RecordedCities.air(
                LONDON, LONDON_2009, "kensington", RecordedCities.LONDON, AirQualityReading::pm25UgM3);
        Samples town = simulated.air(TOWN, AirQualityReading::pm25UgM3);

        assertThat(town.mean() / recorded.mean()).isBetween(0.6, 1.5);
        assertThat(town.quantile(0.5) / recorded.quantile(0.5)).isBetween(0.6, 1.5);
        assertThat(town.quantile(0.95) / recorded.quantile(0.95)).isBetween(0.5, 1.5);
    }

    @Test
    void ozoneRisesInTheAfternoonAsInBeijingAndIsUsedUpAtTheKerbAsInLondon() {
        Samples beijing = RecordedCities.air(
                "beijing-prsa", "beijing_2015_full_year.csv.gz", "", RecordedCities.BEIJING, AirQualityReading::o3UgM3);
        Samples marylebone =
                RecordedCities.air(LONDON, "marylebone_2003.csv", "", RecordedCities.LONDON, AirQualityReading::o3UgM3);
        Samples town = simulated.air(TOWN, AirQualityReading::o3UgM3);
        Samples kerb = simulated.air(KERB, AirQualityReading::o3UgM3);

        assertThat(Samples.correlation(beijing.shape(false), town.shape(false))).isGreaterThan(0.7);
        assertThat(peakHour(town.day(false), 0, 24)).isCloseTo(peakHour(beijing.day(false), 0, 24), within(3));
        assertThat(kerb.mean()).isLessThan(0.9 * town.mean());
        assertThat(Samples.correlation(marylebone.day(true), kerb.day(true))).isGreaterThan(0.7);
    }

    @Test
    void chartsAreDrawnWhereWanted() throws IOException {
        String folder = System.getProperty("comparison.images", "");
        if (folder.isEmpty()) {
            return;
        }
        Path images = Path.of(folder);
        Samples counts = simulated.minuteCounts().by(simulated.minuteCounts().mean());
        LineCharts.write(
                List.of(
                        ComparisonCharts.days(
                                "Traffic over the day: Aarhus and Lindholm",
                                "by mean of Mon-Fri",
                                RecordedCities.urbanMatches(),
                                simulated.allFlow(),
                                true),
                        ComparisonCharts.days(
                                "Speed before a bottleneck: Aarhus and Lindholm",
                                "speed by free-flow speed",
                                RecordedCities.urbanSpeed(),
                                simulated.urbanSpeed(),
                                false),
                        ComparisonCharts.distribution(
                                "Vehicles in a minute: Eindhoven and Lindholm",
                                "count by mean count",
                                RecordedCities.minuteCounts(),
                                counts,
                                0.2,
                                0.1,
                                20),
                        ComparisonCharts.distribution(
                                "Mean speed of a lane's minute: Eindhoven and Lindholm",
                                "speed by lane's mean",
                                RecordedCities.freewaySpeed(),
                                simulated.freewaySpeed(),
                                0.8,
                                0.02,
                                20)),
                2,
                images.resolve("simulator-traffic.png"));
        Samples town = simulated.air(TOWN, AirQualityReading::no2UgM3);
        Samples particles = simulated.air(TOWN, AirQualityReading::pm25UgM3);
        Samples ozone = simulated.air(TOWN, AirQualityReading::o3UgM3);
        Samples londonParticles = RecordedCities.air(
                LONDON, LONDON_2009, "kensington", RecordedCities.LONDON, AirQualityReading::pm25UgM3);
        Samples beijingOzone = RecordedCities.air(
                "beijing-prsa", "beijing_2015_full_year.csv.gz", "", RecordedCities.BEIJING, AirQualityReading::o3UgM3);
        LineCharts.write(
                List.of(
                        ComparisonCharts.days(
                                "NO2 in town: London 2009 and Lindholm",
                                "by mean of Mon-Fri",
                                london("kensington"),
                                town,
                                true),
                        ComparisonCharts.days(
                                "NO2 at the kerb: London 2009 and Lindholm",
                                "by mean of Mon-Fri",
                                london("cromwell"),
                                simulated.air(KERB, AirQualityReading::no2UgM3),
                                true),
                        ComparisonCharts.days(
                                "PM2.5 in town: London 2009 and Lindholm",
                                "\u00b5g/m\u00b3",
                                londonParticles,
                                particles,
                                false),
                        ComparisonCharts.distribution(
                                "PM2.5, hourly: London 2009 and Lindholm",
                                "\u00b5g/m\u00b3",
                                londonParticles,
                                particles,
                                0,
                                2.5,
                                22),
                        ComparisonCharts.days(
                                "O3 in town: Beijing 2015 and Lindholm",
                                "by mean of Mon-Fri",
                                beijingOzone,
                                ozone,
                                true),
                        ComparisonCharts.distribution(
                                "NO2, hourly, by mean: London 2009 and Lindholm",
                                "by mean",
                                london("kensington").by(london("kensington").mean()),
                                town.by(town.mean()),
                                0,
                                0.2,
                                20)),
                2,
                images.resolve("simulator-air.png"));
    }

    private static Samples london(String site) {
        return RecordedCities.air(LONDON, LONDON_2009, site, RecordedCities.LONDON, AirQualityReading::no2UgM3);
    }

    private static int peakHour(double[] day, int from, int to) {
        return IntStream.range(from, to)
                .reduce((a, b) -> day[b] > day[a] ? b : a)
                .orElseThrow();
    }

    private static double weekendShare(Samples samples) {
        return IntStream.range(0, 24)
                .mapToDouble(hour -> samples.shape(true)[hour])
                .average()
                .orElseThrow();
    }

    private static double spread(Samples samples) {
        return samples.quantile(0.95) / samples.quantile(0.5);
    }
}

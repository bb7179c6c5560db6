package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.citystream.simulator.plan.Lindholm;
import org.junit.jupiter.api.Test;

/** Emission and dispersion against what they stand for. */
class AirPhysicsTest {
    private static final Instant SUMMER_NOON = Instant.parse("2026-07-07T10:00:00Z");
    private static final Pollution COUNTRY = new Pollution(4, 6, 5, 0.15);
    private static final Airshed BOX = new Airshed(9_000, 0.25);

    private final Corridor ring = Lindholm.city().corridors().get(0);

    @Test
    void emissionsGrowWithTheNumberOfVehicles() {
        double once = Emissions.perSecond(traffic(2_000, 80)).nox();

        assertThat(Emissions.perSecond(traffic(4_000, 80)).nox()).isCloseTo(2 * once, within(1e-6 * once));
        assertThat(Emissions.perSecond(traffic(0, 80)).nox()).isZero();
        // 0.6 g/km at 60 km/h, on the whole road
        double grams = 2_000 / 3_600.0 * ring.lengthM() / 1_000 * 0.6 * Emissions.speedFactor(60);
        assertThat(Emissions.perSecond(traffic(2_000, 60)).nox() / 1e6).isCloseTo(grams, within(0.01 * grams));
    }

    @Test
    void aVehicleEmitsMostInStopAndGoAndLeastInModerateSpeed() {
        assertThat(Emissions.speedFactor(60)).isCloseTo(1, within(0.01));
        assertThat(Emissions.speedFactor(8)).isGreaterThan(2 * Emissions.speedFactor(60));
        assertThat(Emissions.speedFactor(120)).isGreaterThan(1.3 * Emissions.speedFactor(60));
    }

    @Test
    void theAirOverTheCitySettlesWhereEmissionEqualsWhatTheWindCarriesAway() {
        Weather weather = weather(4, 800);
        CorridorMinute traffic = traffic(4_000, 80);

        double settled = settled(weather, traffic).nox() - COUNTRY.nox();

        double emitted = Emissions.perSecond(traffic).nox() / 0.25 / (9_000.0 * 9_000);
        double theory = emitted * 9_000 / (4 * 800);
        assertThat(settled).isCloseTo(theory, within(0.01 * theory));
    }

    @Test
    void halfTheMixingHeightOrHalfTheWindGiveTwiceTheCitysShare() {
        CorridorMinute traffic = traffic(4_000, 80);
        double usual = settled(weather(4, 800), traffic).nox() - COUNTRY.nox();

        assertThat(settled(weather(4, 400), traffic).nox() - COUNTRY.nox()).isCloseTo(2 * usual, within(0.02 * usual));
        assertThat(settled(weather(2, 800), traffic).nox() - COUNTRY.nox()).isCloseTo(2 * usual, within(0.02 * usual));
    }

    private static Pollution settled(Weather weather, CorridorMinute traffic) {
        UrbanAir air = new UrbanAir(Draws.of(1), ZoneOffset.UTC, BOX);
        Pollution concentration = Pollution.NONE;
        for (int minute = 0; minute < 24 * 60; minute++) {
            concentration = air.advance(SUMMER_NOON, weather, COUNTRY, List.of(traffic));
        }
        return concentration;
    }

    /** Warm enough for no stove to burn. */
    private static Weather weather(double windMs, double mixingHeightM) {
        return new Weather(22, 0.5, windMs, 200, mixingHeightM, 0.8, 0);
    }

    private CorridorMinute traffic(double flowVehH, double speedKmh) {
        double[] flow = new double[100];
        double[] density = new double[100];
        Arrays.fill(flow, flowVehH);
        Arrays.fill(density, flowVehH / speedKmh);
        return new CorridorMinute(ring, ring.lengthM() / 100, flow, density);
    }
}

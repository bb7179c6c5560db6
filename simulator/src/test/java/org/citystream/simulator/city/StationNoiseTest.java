package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.simulator.plan.Lindholm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stations report scatters around the air as it is, as much as docs/simulator.md says. */
class StationNoiseTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final int MINUTES = 48 * 60;

    private static final List<StationAir> TRUTH = new ArrayList<>();
    private static final List<AirQualityReading> READINGS = new ArrayList<>();

    @BeforeAll
    static void twoDays() {
        CitySimulation simulation = new CitySimulation(Lindholm.city(), 3, Conditions.ordinary(), START);
        for (int minute = 0; minute < MINUTES; minute++) {
            CityMinute state = simulation.advance();
            TRUTH.addAll(state.trueAir());
            READINGS.addAll(state.air());
        }
        assertThat(READINGS).hasSameSizeAs(TRUTH).hasSizeGreaterThan(5_000);
    }

    @Test
    void nitrogenDioxideByThreePercentAndSixTenths() {
        scatters(StationAir::no2UgM3, AirQualityReading::no2UgM3, 0.03, 0.6);
    }

    @Test
    void fineParticlesByFourPercentAndThreeTenths() {
        scatters(StationAir::pm25UgM3, AirQualityReading::pm25UgM3, 0.04, 0.3);
    }

    private static void scatters(
            ToDoubleFunction<StationAir> truth,
            Function<AirQualityReading, @Nullable Double> measured,
            double relative,
            double absolute) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < TRUTH.size(); i++) {
            double real = truth.applyAsDouble(TRUTH.get(i));
            double error = Objects.requireNonNull(measured.apply(READINGS.get(i))) - real;
            double deviations = error / Math.sqrt(relative * relative * real * real + absolute * absolute);
            sum += deviations;
            squares += deviations * deviations;
        }
        assertThat(sum / TRUTH.size()).as("bias in standard deviations").isCloseTo(0, within(0.05));
        assertThat(Math.sqrt(squares / TRUTH.size())).as("standard deviation").isCloseTo(1, within(0.05));
    }
}

package org.citystream.model.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {
    private static Unit unit(String spelling) {
        return Unit.parse(spelling).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "500,    ug/m3, mg/m3, 0.5",
        "0.0624, mg/m3, µg/m³, 62.4",
        "1.2,    ppm,   ppb,   1200",
        "32,     °F,    Cel,   0",
        "-40,    FAH,   CEL,   -40",
        "98.6,   F,     °C,    37",
        "293.15, K,     Cel,   20",
        "20,     Cel,   K,     293.15",
        "20,     Cel,   °F,    68",
        "81,     %RH,   /,     0.81",
        "0.54,   1,     %,     54",
        "10,     m/s,   km/h,  36",
        "60,     mph,   km/h,  96.56064",
        "10,     kn,    m/s,   5.144444",
        "180,    deg,   rad,   3.141593",
        "5,      min,   s,     300",
        "250,    ms,    s,     0.25",
    })
    void valuesConvertWithinTheirDimension(double value, String from, String to, double expected) {
        assertThat(unit(from).convert(value, unit(to))).isEqualTo(expected);
    }

    @Test
    void aUnitThatStaysLeavesTheValueUntouched() {
        assertThat(Unit.CELSIUS.convert(0.1234567891, Unit.CELSIUS)).isEqualTo(0.1234567891);
    }

    @Test
    void otherDimensionsDoNotConvert() {
        assertThatThrownBy(() -> Unit.PARTS_PER_BILLION.convert(1, Unit.MICROGRAM_PER_M3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Unit.parse("furlong/fortnight")).isEmpty();
        assertThat(Unit.parse("mts")).as("case matters").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void everyUnitConvertsToItsKindAndBack(Unit unit) {
        Arrays.stream(Unit.values())
                .filter(other -> other.dimension() == unit.dimension())
                .filter(other -> unit.convert(1, other) >= 1)
                .forEach(other -> assertThat(other.convert(unit.convert(12.5, other), unit))
                        .isCloseTo(12.5, within(1e-5)));
    }

    @ParameterizedTest
    @CsvSource({
        "NO2, 10,  ppb,   CELSIUS_25, 19.125",
        "NO2, 10,  ug/m3, CELSIUS_20, 10",
        "NO2, 10,  ug/m3, CELSIUS_25, 10.170561",
        "O3,  40,  ppb,   CELSIUS_20, 79.812",
        "SO2, 1,   ppm,   CELSIUS_20, 2663.2",
        "NO2, 100, µg/m³, CELSIUS_0,  93.177554",
    })
    void gasesAreStatedAtTwentyDegrees(
            Gas gas, double value, String unit, ReferenceTemperature statedAt, double micrograms) {
        assertThat(gas.massAt20Celsius(value, unit(unit), statedAt, Unit.MICROGRAM_PER_M3))
                .isCloseTo(micrograms, within(0.01));
    }

    @Test
    void carbonMonoxideIsWantedInMilligrams() {
        assertThat(Gas.CO.massAt20Celsius(
                        500, Unit.MICROGRAM_PER_M3, ReferenceTemperature.CELSIUS_20, Unit.MILLIGRAM_PER_M3))
                .isEqualTo(0.5);
        assertThat(Gas.CO.massAt20Celsius(
                        2, Unit.PARTS_PER_MILLION, ReferenceTemperature.CELSIUS_20, Unit.MILLIGRAM_PER_M3))
                .isCloseTo(2.329, within(0.001));
    }
}

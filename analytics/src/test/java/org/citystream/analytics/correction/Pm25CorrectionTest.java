package org.citystream.analytics.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Pm25CorrectionTest {

    @ParameterizedTest
    @CsvFileSource(resources = "purpleair_vectors.csv", numLinesToSkip = 1)
    void everyPieceOfThePublishedFormulas(double raw, double rhPercent, double barkjohn, double airNow, double epa) {
        assertThat(Pm25Correction.published("barkjohn-2022").corrected(raw, rhPercent / 100))
                .isCloseTo(barkjohn, within(5.1e-5));
        assertThat(Pm25Correction.published("airnow-2021").corrected(raw, rhPercent / 100))
                .isCloseTo(airNow, within(5.1e-5));
        assertThat(Pm25Correction.published("epa-2023").corrected(raw, rhPercent / 100))
                .isCloseTo(epa, within(5.1e-5));
    }

    @Test
    void theTypeOfTheSensorChoosesTheFormula() {
        assertThat(Pm25Correction.of(sensor("{\"sensorType\":\"purpleair\"}")))
                .hasValueSatisfying(each -> assertThat(each.name()).isEqualTo("barkjohn-2022"));
        assertThat(Pm25Correction.of(sensor("{\"sensorType\":\"purpleair-atm\"}")))
                .hasValueSatisfying(each -> assertThat(each.name()).isEqualTo("airnow-2021"));
        assertThat(Pm25Correction.of(sensor("{\"sensorType\":\"sds011\"}"))).isEmpty();
        assertThat(Pm25Correction.of(sensor("{}"))).isEmpty();
        assertThat(Pm25Correction.of(null)).isEmpty();
    }

    @Test
    void aFitBesideAReferenceCountsMoreThanTheType() {
        Pm25Correction fit = Pm25Correction.of(
                        sensor(
                                "{\"sensorType\":\"purpleair\",\"pm25Slope\":\"0.6\",\"pm25Offset\":\"4\",\"pm25PerHumidity\":\"0.02\"}"))
                .orElseThrow();
        assertThat(fit.name()).isEqualTo("local-fit");
        assertThat(fit.corrected(10, 0.5)).isCloseTo(11, within(1e-9));
        assertThat(Pm25Correction.of(sensor("{\"pm25Slope\":\"steep\"}"))).isEmpty();
    }

    @Test
    void withoutTheHumidityThatAFormulaNeedsNothingIsCorrected() {
        assertThat(Pm25Correction.published("barkjohn-2022").corrected(10, Double.NaN))
                .isNaN();
        assertThat(Pm25Correction.published("barkjohn-2022").corrected(700, Double.NaN))
                .as("smoke needs none")
                .isCloseTo(484.13, within(0.01));
        assertThat(Pm25Correction.fitted(0.6, 4, 0).corrected(10, Double.NaN)).isCloseTo(10, within(1e-9));
    }

    @Test
    void anUnknownFormulaIsNamedWithWhatThereIs() {
        assertThatThrownBy(() -> Pm25Correction.published("barkjohn"))
                .hasMessage("no formula 'barkjohn'; there are [barkjohn-2022, airnow-2021, epa-2023]");
    }

    private static Sensor sensor(String attributes) {
        return JsonCodec.read(
                ("{\"sensorId\":\"air-1\",\"kind\":\"air\",\"cityId\":\"lindholm\",\"version\":1,\"attributes\":"
                                + attributes + "}")
                        .getBytes(StandardCharsets.UTF_8),
                Sensor.class);
    }
}

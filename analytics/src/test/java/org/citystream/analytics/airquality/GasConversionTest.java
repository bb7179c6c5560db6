package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.citystream.model.unit.Gas;
import org.citystream.model.unit.ReferenceTemperature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GasConversionTest {

    static Stream<CSVRecord> factors() {
        return Vectors.of("conversions.csv");
    }

    @ParameterizedTest
    @MethodSource("factors")
    void agreesWithEveryPublishedFactor(CSVRecord row) {
        Gas gas = Gas.valueOf(row.get("species"));

        assertThat(gas.microgramsPerPpb(temperature(row.get("T_K")))).isEqualByComparingTo(row.get("ugm3_per_ppb"));
    }

    @ParameterizedTest
    @EnumSource(Gas.class)
    void wholePartsPerBillionComeBackWhole(Gas gas) {
        for (int ppb = 0; ppb <= 2000; ppb++) {
            BigDecimal mass = gas.microgramsPerM3(BigDecimal.valueOf(ppb), ReferenceTemperature.CELSIUS_20);
            assertThat(gas.ppb(mass, ReferenceTemperature.CELSIUS_20)).isEqualByComparingTo(BigDecimal.valueOf(ppb));
        }
    }

    @Test
    void beijingsZeroDegreesAreSevenPercentMoreMass() {
        BigDecimal restated =
                ReferenceTemperature.CELSIUS_0.restate(new BigDecimal("257.57"), ReferenceTemperature.CELSIUS_20);

        assertThat(restated).isBetween(new BigDecimal("239.99"), new BigDecimal("240.00"));
    }

    private static ReferenceTemperature temperature(String kelvin) {
        return Arrays.stream(ReferenceTemperature.values())
                .filter(each -> each.kelvin().compareTo(new BigDecimal(kelvin)) == 0)
                .findFirst()
                .orElseThrow();
    }
}

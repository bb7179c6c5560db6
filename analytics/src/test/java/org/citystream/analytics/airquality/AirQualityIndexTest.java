package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Pollutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AirQualityIndexTest {

    static Stream<CSVRecord> singleAverages() {
        return Vectors.of("aqi_vectors.csv");
    }

    static Stream<CSVRecord> combinedAverages() {
        return Vectors.of("aqi_combined_vectors.csv");
    }

    @ParameterizedTest
    @MethodSource("singleAverages")
    void agreesWithEveryPublishedOrComputedValue(CSVRecord row) {
        AqiScale scale = scale(row.get("pollutant") + "_" + row.get("averaging"));
        var index = AirQualityIndex.of(scale, new BigDecimal(row.get("concentration")));

        assertThat(index).hasValueSatisfying(found -> {
            assertThat(found.truncated()).isEqualByComparingTo(row.get("truncated"));
            assertThat(found.value()).isEqualTo(Integer.parseInt(row.get("expected_aqi")));
            assertThat(AirIndex.US_AQI.levelName(found.level())).isEqualTo(categoryName(row.get("expected_category")));
        });
    }

    @ParameterizedTest
    @MethodSource("combinedAverages")
    void theWorstPollutantDecides(CSVRecord row) {
        Map<AqiScale, BigDecimal> averages = averages(row.get("inputs"));
        var overall = AirQualityIndex.overall(averages);

        if (row.get("expected_aqi").equals("use 1-h")) {
            assertThat(overall).isEmpty();
        } else {
            assertThat(overall).hasValueSatisfying(found -> {
                assertThat(found.value()).isEqualTo(Integer.parseInt(row.get("expected_aqi")));
                assertThat(found.pollutant()).isEqualTo(Pollutant.valueOf(row.get("dominant")));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"O3_1H, 0.1249", "O3_8H, 0.201", "SO2_1H, 305", "SO2_24H, 304.9"})
    void someAveragesDefineNoIndexOutsideTheirPartOfTheScale(AqiScale scale, BigDecimal concentration) {
        assertThat(AirQualityIndex.of(scale, concentration)).isEmpty();
    }

    @Test
    void aDaysMeanTakesSulphurDioxideAboveTheBoundOfOneHour() {
        Map<AqiScale, BigDecimal> averages = new EnumMap<>(AqiScale.class);
        averages.put(AqiScale.SO2_1H, new BigDecimal("700"));
        averages.put(AqiScale.SO2_24H, new BigDecimal("604"));

        assertThat(AirQualityIndex.overall(averages))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(300));
    }

    @Test
    void smallNegativeNoiseIsCleanAir() {
        assertThat(AirQualityIndex.of(AqiScale.PM25_24H, new BigDecimal("-1.3")))
                .hasValueSatisfying(found -> assertThat(found.value()).isZero());
    }

    private static AqiScale scale(String tableName) {
        return AqiScale.valueOf(tableName.replace(".", "").toUpperCase(Locale.ROOT));
    }

    private static String categoryName(String expected) {
        String bare = expected.replace(" (beyond the AQI)", "");
        return bare.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static Map<AqiScale, BigDecimal> averages(String inputs) {
        Map<AqiScale, BigDecimal> averages = new EnumMap<>(AqiScale.class);
        for (String input : inputs.split("; ")) {
            String[] parts = input.split("[= ]");
            averages.put(scale(parts[0]), new BigDecimal(parts[1]));
        }
        return averages;
    }
}

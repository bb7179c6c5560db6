package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.citystream.analytics.airquality.EuropeanIndex.Level;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Pollutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EuropeanIndexTest {
    private static final BigDecimal CLEAN = BigDecimal.ONE;

    static Stream<CSVRecord> bands() {
        return Vectors.of("eaqi_vectors.csv");
    }

    @ParameterizedTest
    @MethodSource("bands")
    void agreesWithEveryBandOfTheRevisionOf2024(CSVRecord row) {
        Pollutant pollutant = Pollutant.valueOf(row.get("pollutant").replace(".", ""));

        Optional<Integer> band = EuropeanIndex.band(pollutant, new BigDecimal(row.get("conc_ugm3")));
        assertThat(band).contains(Integer.parseInt(row.get("level_2024")));
        assertThat(AirIndex.EUROPEAN.levelName(band.orElseThrow()))
                .isEqualTo(row.get("name_2024").toLowerCase(Locale.ROOT).replace(' ', '-'));
    }

    @Test
    void theWorstPollutantDecidesAndCarbonMonoxideHasNoSay() {
        Map<Pollutant, BigDecimal> means = Map.of(
                Pollutant.PM25, CLEAN,
                Pollutant.NO2, new BigDecimal("60.1"),
                Pollutant.O3, new BigDecimal("120"),
                Pollutant.CO, new BigDecimal("50"));

        assertThat(EuropeanIndex.of(means, Setting.URBAN)).contains(new Level(4, Pollutant.NO2, false));
    }

    @Test
    void aKerbsideStationNeedsNoOzoneForItsMinimumSet() {
        Map<Pollutant, BigDecimal> kerbside = Map.of(Pollutant.PM10, CLEAN, Pollutant.NO2, CLEAN);

        assertThat(EuropeanIndex.of(kerbside, Setting.TRAFFIC)).contains(new Level(1, Pollutant.PM10, false));
        assertThat(EuropeanIndex.of(kerbside, Setting.URBAN)).contains(new Level(1, Pollutant.PM10, true));
        assertThat(EuropeanIndex.of(kerbside, null)).contains(new Level(1, Pollutant.PM10, true));
    }

    @Test
    void nothingMeasuredIsNoIndex() {
        assertThat(EuropeanIndex.of(Map.of(), Setting.URBAN)).isEmpty();
        assertThat(EuropeanIndex.of(Map.of(Pollutant.CO, CLEAN), Setting.URBAN)).isEmpty();
    }
}

package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NowCastTest {
    private static final BigDecimal LEAST = new BigDecimal("0.5");
    private static final Set<String> SURROGATE = Set.of("surrogate 0.85*c+4.5 ppb", "previous hour NowCast", "none");

    static Stream<CSVRecord> particulates() {
        return Vectors.of("nowcast_vectors.csv")
                .filter(row -> row.get("pollutant").startsWith("PM"));
    }

    @ParameterizedTest
    @MethodSource("particulates")
    void agreesWithEveryPublishedOrComputedValue(CSVRecord row) {
        boolean pm25 = row.get("pollutant").equals("PM2.5");
        var nowCast = NowCast.of(hours(row));

        if (!row.get("validity").equals("valid")) {
            assertThat(nowCast).isEmpty();
            return;
        }
        BigDecimal raw = nowCast.orElseThrow();
        BigDecimal truncated = raw.setScale(pm25 ? 1 : 0, RoundingMode.DOWN);
        assertThat(raw.setScale(6, RoundingMode.HALF_UP)).isEqualByComparingTo(row.get("nowcast_raw"));
        assertThat(truncated).isEqualByComparingTo(row.get("nowcast_truncated"));
        assertThat(AirQualityIndex.of(pm25 ? AqiScale.PM25_24H : AqiScale.PM10_24H, raw))
                .hasValueSatisfying(
                        index -> assertThat(index.value()).isEqualTo(Integer.parseInt(row.get("aqi_2024"))));
        if (!row.get("weight").isEmpty()) {
            assertThat(NowCast.weight(hours(row), LEAST).setScale(6, RoundingMode.HALF_UP))
                    .isEqualByComparingTo(row.get("weight"));
        }
    }

    @Test
    void theOzoneFormOf2016IsTheSameMeanWithoutALeastWeight() {
        CSVRecord row = Vectors.of("nowcast_vectors.csv")
                .filter(each -> each.get("pollutant").equals("O3"))
                .findFirst()
                .orElseThrow();
        List<@Nullable BigDecimal> hours = hours(row).subList(0, 8);

        assertThat(NowCast.weight(hours, BigDecimal.ZERO)).isEqualByComparingTo(row.get("weight"));
        assertThat(NowCast.weighted(hours, BigDecimal.ZERO).setScale(6, RoundingMode.HALF_UP))
                .isEqualByComparingTo(row.get("nowcast_raw"));
    }

    @Test
    void negativeNoiseStaysInTheSumAndTheWeightAtItsFloor() {
        List<BigDecimal> hours = List.of(new BigDecimal("-2"), new BigDecimal("4"));

        assertThat(NowCast.weight(hours, LEAST)).isEqualByComparingTo("0.5");
        assertThat(NowCast.of(hours)).contains(new BigDecimal("0.000000000"));
    }

    @Test
    void aSilentStationHasNone() {
        assertThat(NowCast.of(Collections.nCopies(12, null))).isEmpty();
        assertThat(NowCast.of(List.of())).isEmpty();
    }

    /** Rows that need the regression over 336 hours, which is not computed here. */
    @Test
    void allButTheRegressionOfOzoneIsComputed() {
        assertThat(Vectors.of("o3_nowcast_vectors.csv")
                        .map(row -> row.get("method"))
                        .filter(method -> !SURROGATE.contains(method)))
                .hasSize(2)
                .allMatch(method -> method.startsWith("PLS with all components") || method.equals("returns 0"));
    }

    static Stream<CSVRecord> surrogates() {
        return Vectors.of("o3_nowcast_vectors.csv").filter(row -> SURROGATE.contains(row.get("method")));
    }

    @ParameterizedTest
    @MethodSource("surrogates")
    void theOzoneSurrogateReachesBackTwoHours(CSVRecord row) {
        BigDecimal last = new BigDecimal("14");
        switch (row.get("method")) {
            case "surrogate 0.85*c+4.5 ppb" -> {
                BigDecimal surrogate = OzoneSurrogate.of(List.of(last)).orElseThrow();
                assertThat(surrogate).isEqualByComparingTo(row.get("expected_ppb"));
                assertThat(AirQualityIndex.of(AqiScale.O3_8H, surrogate.movePointLeft(3))
                                .orElseThrow()
                                .truncated())
                        .isEqualByComparingTo(row.get("truncated_ppm"));
            }
            case "previous hour NowCast" -> {
                assertThat(OzoneSurrogate.of(gapThen(1, last))).isEqualTo(OzoneSurrogate.of(List.of(last)));
                assertThat(OzoneSurrogate.of(gapThen(2, last))).isEqualTo(OzoneSurrogate.of(List.of(last)));
            }
            default -> assertThat(OzoneSurrogate.of(gapThen(3, last))).isEmpty();
        }
        assertThat(OzoneSurrogate.of(List.of(new BigDecimal("-10"))).orElseThrow())
                .as("never negative")
                .isZero();
    }

    private static List<@Nullable BigDecimal> gapThen(int hours, BigDecimal value) {
        List<@Nullable BigDecimal> series = new ArrayList<>(Collections.nCopies(hours, null));
        series.add(Objects.requireNonNull(value));
        return series;
    }

    private static List<@Nullable BigDecimal> hours(CSVRecord row) {
        List<@Nullable BigDecimal> hours = new ArrayList<>();
        for (int i = 1; i <= NowCast.HOURS; i++) {
            hours.add(Vectors.number(row, "c" + i));
        }
        return hours;
    }
}

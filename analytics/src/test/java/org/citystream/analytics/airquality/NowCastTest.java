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
    private static final Set<String> SURROGATE =
            Set.of("surrogate 0.85*c+4.5 ppb", "returns 0", "previous hour NowCast", "none");

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
        BigDecimal weighted = NowCast.weighted(hours, BigDecimal.ZERO);
        assertThat(weighted.setScale(6, RoundingMode.HALF_UP)).isEqualByComparingTo(row.get("nowcast_raw"));
        assertThat(weighted.setScale(0, RoundingMode.DOWN)).isEqualByComparingTo(row.get("nowcast_truncated"));
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

    /**
     * AirNow's own regression over 96 lags and 336 hours is left out on purpose (docs/air-quality.md): it would cost two weeks
     * of hours of state a station, for a figure that nobody has published to hold it against.
     */
    @Test
    void allButTheRegressionOfOzoneIsComputed() {
        assertThat(ozone())
                .filteredOn(row -> !SURROGATE.contains(row.get("method")))
                .extracting(row -> row.get("method"))
                .singleElement()
                .asString()
                .startsWith("PLS with all components");
        assertThat(ozone()).extracting(row -> row.get("method")).containsAll(SURROGATE);
    }

    private static List<CSVRecord> ozone() {
        return Vectors.of("o3_nowcast_vectors.csv").toList();
    }

    static Stream<CSVRecord> surrogates() {
        return ozone().stream().filter(row -> SURROGATE.contains(row.get("method")));
    }

    /** What each row's words mean in hours, newest first; and what comes out is the row's, where it has a figure. */
    @ParameterizedTest
    @MethodSource("surrogates")
    void ozoneFollowsTheDecisionTreeOfAirNow(CSVRecord row) {
        BigDecimal last = new BigDecimal("14");
        BigDecimal ofLast = OzoneSurrogate.of(List.of(last)).orElseThrow();
        switch (row.get("input")) {
            case "o3_nowcast_example.csv last value 14 ppb" -> agrees(row, ofLast);
            case "all 336 values 0" ->
                agrees(
                        row,
                        OzoneSurrogate.of(Collections.nCopies(336, BigDecimal.ZERO))
                                .orElseThrow());
            case "current hour missing, previous present" ->
                assertThat(OzoneSurrogate.of(gapThen(1, last))).contains(ofLast);
            case "last 3 hours missing" ->
                assertThat(OzoneSurrogate.of(gapThen(3, last))).isEmpty();
            default -> throw new AssertionError("a row that nothing is asserted of: " + row);
        }
    }

    private static void agrees(CSVRecord row, BigDecimal surrogate) {
        assertThat(surrogate).isEqualByComparingTo(row.get("expected_ppb"));
        assertThat(AirQualityIndex.of(AqiScale.O3_8H, surrogate.movePointLeft(3))
                        .orElseThrow()
                        .truncated())
                .isEqualByComparingTo(row.get("truncated_ppm"));
    }

    @Test
    void theOzoneSurrogateReachesBackTwoHoursAndIsNeverNegative() {
        BigDecimal last = new BigDecimal("14");

        assertThat(OzoneSurrogate.of(gapThen(2, last))).isEqualTo(OzoneSurrogate.of(List.of(last)));
        assertThat(OzoneSurrogate.of(List.of(new BigDecimal("-10"))).orElseThrow())
                .isZero();
    }

    /** A monitor that is silent says nothing, whatever it said before. */
    @Test
    void hoursOfNoOzoneBehindThreeMissingOnesSayNothing() {
        List<@Nullable BigDecimal> day = new ArrayList<>(Collections.nCopies(24, BigDecimal.ZERO));
        day.set(0, null);
        day.set(1, null);
        assertThat(OzoneSurrogate.of(day)).contains(BigDecimal.ZERO);
        day.set(2, null);
        assertThat(OzoneSurrogate.of(day)).isEmpty();
    }

    @Test
    void fewHoursOfNoOzoneAreTooLittleToSayThatThereIsNone() {
        List<@Nullable BigDecimal> day = new ArrayList<>(Collections.nCopies(24, null));
        for (int hour = 0; hour < 17; hour++) {
            day.set(hour, BigDecimal.ZERO);
        }
        assertThat(OzoneSurrogate.of(day).orElseThrow()).isEqualByComparingTo("4.5");

        day.set(17, BigDecimal.ZERO);
        assertThat(OzoneSurrogate.of(day).orElseThrow()).isZero();

        day.set(17, new BigDecimal("0.1"));
        assertThat(OzoneSurrogate.of(day).orElseThrow()).isEqualByComparingTo("4.5");
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

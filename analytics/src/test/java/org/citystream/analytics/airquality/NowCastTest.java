package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NowCastTest {
    private static final BigDecimal LEAST = new BigDecimal("0.5");

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

    @Test
    void theOzoneSurrogateReachesBackTwoHours() {
        BigDecimal fourteen = new BigDecimal("14");
        assertThat(OzoneSurrogate.of(List.of(fourteen)).orElseThrow()).isEqualByComparingTo("16.4");
        assertThat(OzoneSurrogate.of(gapThen(2, fourteen)).orElseThrow()).isEqualByComparingTo("16.4");
        assertThat(OzoneSurrogate.of(gapThen(3, fourteen))).isEmpty();
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

package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an hour says to its district is all in its summary. */
class StationHourTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");

    private RecentHours recent = RecentHours.NONE;
    private Map<Pollutant, BigDecimal> means = new EnumMap<>(Pollutant.class);
    private Set<Pollutant> bounds = EnumSet.noneOf(Pollutant.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyMeanAndEveryLowerBoundComesBackFromTheWire(long seed) {
        Random random = new Random(seed);
        int lowerBounds = 0;
        for (int hour = 0; hour < 72; hour++) {
            Instant start = MIDNIGHT.plus(Duration.ofHours(hour));
            measure(random, start);
            Averages averages = Averages.of(recent, start, ZONE);
            Averages told = Averages.of(JsonCodec.read(written(averages, start), AirQualitySummary.class));
            for (Averaging averaging : Averaging.values()) {
                for (Pollutant pollutant : Pollutant.values()) {
                    assertThat(told.mean(averaging, pollutant))
                            .as("%s %s of hour %d (seed %d)", averaging, pollutant, hour, seed)
                            .isEqualTo(averages.mean(averaging, pollutant));
                    assertThat(told.isLowerBound(averaging, pollutant))
                            .as("%s %s of hour %d (seed %d)", averaging, pollutant, hour, seed)
                            .isEqualTo(averages.isLowerBound(averaging, pollutant));
                    lowerBounds += averaging != Averaging.HOUR && told.isLowerBound(averaging, pollutant) ? 1 : 0;
                }
            }
        }
        assertThat(lowerBounds).isPositive();
    }

    /** An hour of everything to six decimals, now and then missing, now and then at the end of the instrument's range. */
    private void measure(Random random, Instant start) {
        means = new EnumMap<>(Pollutant.class);
        bounds = EnumSet.noneOf(Pollutant.class);
        for (Pollutant pollutant : Pollutant.values()) {
            if (random.nextInt(8) > 0) {
                means.put(pollutant, BigDecimal.valueOf(random.nextLong(1_000_000_000L), AirMeasure.DECIMALS));
                if (random.nextInt(30) == 0) {
                    bounds.add(pollutant);
                }
            }
        }
        recent = recent.with(start, means, bounds);
    }

    @Test
    void aRecordOfTheFirstReleasesSaysNothingOfLowerBoundsBeyondTheHour() {
        for (int hour = 0; hour < 24; hour++) {
            means = new EnumMap<>(Map.of(Pollutant.PM25, BigDecimal.valueOf(40 + hour)));
            bounds = hour == 20 ? EnumSet.of(Pollutant.PM25) : EnumSet.noneOf(Pollutant.class);
            recent = recent.with(MIDNIGHT.plus(Duration.ofHours(hour)), means, bounds);
        }
        Instant last = MIDNIGHT.plus(Duration.ofHours(23));
        byte[] written = written(Averages.of(recent, last, ZONE), last);
        ObjectNode old = JsonCodec.read(written, ObjectNode.class);
        assertThat(old.remove("averageLowerBounds").toString()).isEqualTo("{\"24h\":[\"pm25\"],\"8h\":[\"pm25\"]}");

        AirQualitySummary read = JsonCodec.read(JsonCodec.write(old), AirQualitySummary.class);

        assertThat(read.averageLowerBounds()).isNull();
        Averages averages = Averages.of(read);
        assertThat(averages.mean(Averaging.TWENTY_FOUR_HOURS, Pollutant.PM25)).hasValue(new BigDecimal("51.500000"));
        assertThat(averages.isLowerBound(Averaging.TWENTY_FOUR_HOURS, Pollutant.PM25))
                .isFalse();
        Observation part = StationHour.observation("district", read);
        assertThat(part.subjectId()).isEqualTo("district");
        assertThat(part.sensorId()).isEqualTo("station");
        assertThat(part.number()).isEqualTo(7);
    }

    private byte[] written(Averages averages, Instant start) {
        return JsonCodec.write(new AirQualitySummary(
                "station",
                null,
                null,
                start,
                start.plus(AirFold.PANE),
                7,
                true,
                1,
                mean(Pollutant.PM25),
                mean(Pollutant.PM10),
                mean(Pollutant.NO2),
                mean(Pollutant.O3),
                mean(Pollutant.SO2),
                mean(Pollutant.CO),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                averages.told(),
                bounds.isEmpty()
                        ? null
                        : bounds.stream().map(Pollutant::wireName).toList(),
                averages.toldLowerBounds(),
                Map.of()));
    }

    private @Nullable Double mean(Pollutant pollutant) {
        BigDecimal mean = means.get(pollutant);
        return mean == null ? null : mean.doubleValue();
    }
}

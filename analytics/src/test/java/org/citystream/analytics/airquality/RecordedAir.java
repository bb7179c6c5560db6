package org.citystream.analytics.airquality;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.unit.Gas;
import org.citystream.model.unit.ReferenceTemperature;
import org.citystream.testsupport.RecordedData;
import org.jspecify.annotations.Nullable;

/** Recorded hours of Beijing and London as readings of our contracts: hour-beginning labels, gases at 20 °C. */
public final class RecordedAir {
    private RecordedAir() {}

    /** Beijing publishes gases at 0 °C until 2018, and CO in µg/m³. */
    public static List<AirQualityReading> beijing(String file) {
        return read(
                RecordedData.require("beijing-prsa").resolve(file),
                row -> reading(
                        row.get("station"),
                        row,
                        number(row, "pm25"),
                        number(row, "pm10"),
                        atTwentyDegrees(row, "no2"),
                        atTwentyDegrees(row, "o3"),
                        atTwentyDegrees(row, "so2"),
                        thousandth(atTwentyDegrees(row, "co")),
                        number(row, "temp_c")));
    }

    /** London's network publishes mixing ratios. */
    public static List<AirQualityReading> marylebone(String file) {
        return read(
                RecordedData.require("london-marylebone").resolve(file),
                row -> reading(
                        "marylebone",
                        row,
                        number(row, "pm25_ugm3"),
                        number(row, "pm10_ugm3"),
                        ofRatio(row, "no2_ppb", Gas.NO2),
                        ofRatio(row, "o3_ppb", Gas.O3),
                        ofRatio(row, "so2_ppb", Gas.SO2),
                        ofRatio(row, "co_ppm", Gas.CO),
                        null));
    }

    /** In the order of {@link AirObservations#FIELDS}. */
    public static double[] values(AirQualityReading reading) {
        return Stream.of(
                        reading.pm25UgM3(),
                        reading.pm10UgM3(),
                        reading.no2UgM3(),
                        reading.o3UgM3(),
                        reading.so2UgM3(),
                        reading.coMgM3(),
                        reading.temperatureC(),
                        reading.relativeHumidity(),
                        reading.windSpeedMs(),
                        reading.windDirectionDeg())
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .toArray();
    }

    private static List<AirQualityReading> read(Path file, Function<CSVRecord, AirQualityReading> reading) {
        try (Reader csv = new InputStreamReader(open(file), StandardCharsets.UTF_8)) {
            List<AirQualityReading> readings = new ArrayList<>();
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            format.parse(csv).forEach(row -> readings.add(reading.apply(row)));
            return readings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static AirQualityReading reading(
            String sensorId,
            CSVRecord row,
            @Nullable BigDecimal pm25,
            @Nullable BigDecimal pm10,
            @Nullable BigDecimal no2,
            @Nullable BigDecimal o3,
            @Nullable BigDecimal so2,
            @Nullable BigDecimal co,
            @Nullable BigDecimal temperature) {
        Instant observedAt = Instant.parse(row.get("timestamp_utc")).plus(Duration.ofHours(1));
        return new AirQualityReading(
                sensorId,
                observedAt,
                3600,
                null,
                null,
                value(pm25),
                value(pm10),
                value(no2),
                value(o3),
                value(so2),
                value(co),
                value(temperature),
                null,
                null,
                null,
                null,
                "recorded",
                observedAt,
                observedAt,
                null);
    }

    private static @Nullable BigDecimal number(CSVRecord row, String column) {
        String cell = row.get(column);
        return cell.isEmpty() || cell.equals("NA") ? null : new BigDecimal(cell);
    }

    private static @Nullable BigDecimal atTwentyDegrees(CSVRecord row, String column) {
        BigDecimal published = number(row, column);
        return published == null
                ? null
                : ReferenceTemperature.CELSIUS_0.restate(published, ReferenceTemperature.CELSIUS_20);
    }

    private static @Nullable BigDecimal ofRatio(CSVRecord row, String column, Gas gas) {
        BigDecimal ratio = number(row, column);
        return ratio == null ? null : gas.microgramsPerM3(ratio, ReferenceTemperature.CELSIUS_20);
    }

    private static @Nullable BigDecimal thousandth(@Nullable BigDecimal value) {
        return value == null ? null : value.movePointLeft(3);
    }

    private static @Nullable Double value(@Nullable BigDecimal value) {
        return value == null ? null : value.doubleValue();
    }
}

package org.citystream.analytics.correction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.HealthState;
import org.citystream.analytics.sensortrust.Judgement;
import org.citystream.analytics.sensortrust.Observation;
import org.citystream.analytics.sensortrust.SensorRecord;
import org.citystream.analytics.sensortrust.SensorTrust;
import org.citystream.analytics.sensortrust.Verdict;
import org.citystream.testsupport.RecordedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three low-cost units beside a reference monitor (Research Triangle Park, August 2019): what a fit beside the reference,
 * made of the first half of the hours, does to the second; and what the published formula of another type would do.
 */
class CollocationTest {
    private static final String DATA_SET = "lowcost-pm25-collocation";

    /** @param humidity 0..1 */
    private record Hour(Instant start, double raw, double humidity, double reference) {}

    @ParameterizedTest
    @ValueSource(strings = {"RT01", "RT02", "RT03"})
    void aFitOfTheFirstHalfHalvesTheErrorOfTheSecondAtLeast(String unit) {
        List<Hour> hours = hours(unit);
        List<Hour> second = hours.subList(hours.size() / 2, hours.size());
        Pm25Correction fit = fit(hours.subList(0, hours.size() / 2));

        double raw = rootMeanSquare(second, Hour::raw);
        double corrected = rootMeanSquare(second, hour -> fit.corrected(hour.raw(), hour.humidity()));
        print(
                "%s: %d hours, error %.2f before and %.2f after, bias %.2f and %.2f ug/m3",
                unit,
                second.size(),
                raw,
                corrected,
                bias(second, Hour::raw),
                bias(second, hour -> fit.corrected(hour.raw(), hour.humidity())));
        assertThat(corrected).isLessThan(0.4 * raw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RT01", "RT02", "RT03"})
    void theFormulaOfAnotherTypeMakesItWorse(String unit) {
        List<Hour> hours = hours(unit);
        Pm25Correction purpleAir = Pm25Correction.published("barkjohn-2022");

        double raw = rootMeanSquare(hours, Hour::raw);
        double misapplied = rootMeanSquare(hours, hour -> purpleAir.corrected(hour.raw(), hour.humidity()));
        print("%s: error %.2f as it is and %.2f with the formula for PurpleAir", unit, raw, misapplied);
        assertThat(misapplied).isGreaterThan(1.5 * raw);
    }

    /** What is flagged here is NO2 that jumps and falls below zero with temperature: that says nothing of the particles. */
    @Test
    void flagsOfTheMinutesConcernFewHoursAndDoNotTellGoodParticlesFromBad() {
        TreeMap<String, Integer> why = new TreeMap<>();
        TreeMap<String, TreeSet<Instant>> doubted = doubtedHours(why);
        List<Integer> doubtedCounts = new ArrayList<>();
        for (String unit : List.of("RT01", "RT02", "RT03")) {
            List<Hour> all = hours(unit);
            List<Hour> bad = new ArrayList<>();
            List<Hour> good = new ArrayList<>();
            for (Hour hour : all) {
                (doubted.getOrDefault(unit, new TreeSet<>()).contains(hour.start()) ? bad : good).add(hour);
            }
            print(
                    "%s: %d of %d hours doubted; error %.2f in them, %.2f in the others, %.2f in all",
                    unit,
                    bad.size(),
                    all.size(),
                    rootMeanSquare(bad, Hour::raw),
                    rootMeanSquare(good, Hour::raw),
                    rootMeanSquare(all, Hour::raw));
            doubtedCounts.add(bad.size());
            assertThat(rootMeanSquare(bad, Hour::raw)).as(unit).isLessThan(1.1 * rootMeanSquare(good, Hour::raw));
        }
        assertThat(doubtedCounts).containsExactly(77, 39, 22);
        assertThat(why.keySet())
                .as("unit, finding and measure; nothing is called stuck")
                .containsExactlyInAnyOrder(
                        "RT01 OUT_OF_RANGE no2UgM3",
                        "RT01 SPIKES no2UgM3",
                        "RT01 SPIKES o3UgM3",
                        "RT02 OUT_OF_RANGE no2UgM3",
                        "RT02 SPIKES no2UgM3",
                        "RT02 SPIKES o3UgM3",
                        "RT03 OUT_OF_RANGE no2UgM3",
                        "RT03 SPIKES no2UgM3",
                        "RT03 SPIKES pm25UgM3");
    }

    /** @param why gets the minutes by unit, finding and measure */
    private static TreeMap<String, TreeSet<Instant>> doubtedHours(TreeMap<String, Integer> why) {
        TreeMap<String, TreeSet<Instant>> doubted = new TreeMap<>();
        TreeMap<String, SensorRecord> records = new TreeMap<>();
        TreeMap<String, HealthState> states = new TreeMap<>();
        for (CSVRecord row : rows(RecordedData.require(DATA_SET).resolve("one_minute_3units.csv.gz"))) {
            String unit = row.get("unit");
            Instant at = Instant.parse(row.get("timestamp_utc"));
            TreeMap<String, Double> values = new TreeMap<>();
            put(values, "pm25UgM3", row.get("pm25_ugm3"), 1);
            put(values, "no2UgM3", row.get("no2_ppb"), 1.9125);
            put(values, "o3UgM3", row.get("o3_ppb"), 1.995);
            put(values, "temperatureC", row.get("temp_c"), 1);
            put(values, "relativeHumidity", row.get("rh_pct"), 0.01);
            SensorRecord record = SensorTrust.observe(
                    records.getOrDefault(unit, SensorRecord.NEW),
                    new Observation(
                            Observation.airChannel(), at.toEpochMilli(), at.toEpochMilli(), Identity.NO_BOOT, values));
            records.put(unit, record);
            Verdict verdict = new Judgement(record, Instant.EPOCH, Duration.ofMinutes(1), states.get(unit)).at(at);
            states.put(unit, verdict.state());
            if (verdict.state() != HealthState.HEALTHY) {
                doubted.computeIfAbsent(unit, id -> new TreeSet<>()).add(at.truncatedTo(ChronoUnit.HOURS));
                why.merge(
                        unit + " " + verdict.findings().get(0).fault() + " "
                                + verdict.reason().split(" ")[0],
                        1,
                        Integer::sum);
            }
        }
        print("%s", why);
        return doubted;
    }

    private static void put(TreeMap<String, Double> values, String field, String cell, double factor) {
        if (!cell.isEmpty() && !cell.equals("NA")) {
            values.put(field, Double.parseDouble(cell) * factor);
        }
    }

    private static List<Hour> hours(String unit) {
        List<Hour> hours = new ArrayList<>();
        for (CSVRecord row : rows(RecordedData.require(DATA_SET).resolve("hourly_sensor_vs_reference.csv"))) {
            String raw = row.get(unit + "_pm25");
            String humidity = row.get(unit + "_rh");
            String reference = row.get("ref_pm25");
            if (!raw.isEmpty() && !humidity.isEmpty() && !reference.isEmpty()) {
                hours.add(new Hour(
                        Instant.parse(row.get("timestamp_utc")),
                        Double.parseDouble(raw),
                        Double.parseDouble(humidity) / 100,
                        Double.parseDouble(reference)));
            }
        }
        return hours;
    }

    private static List<CSVRecord> rows(Path file) {
        try (BufferedReader csv = new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(csv)
                    .getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Least squares of reference = slope raw + perHumidity humidity + offset. */
    private static Pm25Correction fit(List<Hour> hours) {
        double[][] normal = new double[3][4];
        for (Hour hour : hours) {
            double[] row = {hour.raw(), 100 * hour.humidity(), 1, hour.reference()};
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    normal[i][j] += row[i] * row[j];
                }
            }
        }
        for (int pivot = 0; pivot < 3; pivot++) {
            for (int i = 0; i < 3; i++) {
                if (i != pivot) {
                    double factor = normal[i][pivot] / normal[pivot][pivot];
                    for (int j = pivot; j < 4; j++) {
                        normal[i][j] -= factor * normal[pivot][j];
                    }
                }
            }
        }
        return Pm25Correction.fitted(
                normal[0][3] / normal[0][0], normal[2][3] / normal[2][2], normal[1][3] / normal[1][1]);
    }

    private static double rootMeanSquare(List<Hour> hours, ToDoubleFunction<Hour> value) {
        return Math.sqrt(hours.stream()
                .mapToDouble(hour -> value.applyAsDouble(hour) - hour.reference())
                .map(error -> error * error)
                .average()
                .orElse(Double.NaN));
    }

    private static double bias(List<Hour> hours, ToDoubleFunction<Hour> value) {
        return hours.stream()
                .mapToDouble(hour -> value.applyAsDouble(hour) - hour.reference())
                .average()
                .orElse(Double.NaN);
    }

    @SuppressWarnings("SystemOut")
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

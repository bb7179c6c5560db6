package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVRecord;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule sets that ship with the product say what the tables of limits say, no more and no less. */
class ShippedLimitsTest {
    private static final Map<String, Averaging> EU_PERIODS =
            Map.of("1h", Averaging.HOUR, "24h (calendar day)", Averaging.DAY);
    private static final Map<String, Severity> EU_SEVERITIES =
            Map.of("information", Severity.MODERATE, "alert", Severity.SEVERE);
    private static final Map<String, Averaging> WHO_PERIODS =
            Map.of("1h", Averaging.HOUR, "8h", Averaging.EIGHT_HOURS, "24h", Averaging.DAY);

    @ParameterizedTest
    @CsvSource({"2008/50/EC, eu-2008-50, 5", "2024/2881, eu-2024-2881, 9"})
    void thresholdsOfTheDirectives(String directive, String shipped, int rules) throws Exception {
        TreeMap<String, Severity> expected = new TreeMap<>();
        for (CSVRecord row :
                rows("eu_thresholds.csv", row -> row.get("directive").equals(directive))) {
            Averaging averaging = period(EU_PERIODS, row);
            String above = row.get("threshold_ugm3");
            Severity severity = Objects.requireNonNull(EU_SEVERITIES.get(row.get("kind")), row::toString);
            boolean threeHours = row.get("persistence").startsWith("3 consecutive hours");
            // Where information and alert coincide one rule stands for both.
            expected.merge(
                    limit(row, above, averaging, threeHours ? 3 : 1),
                    severity,
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
            if (row.get("persistence").contains("; 3 consecutive hours")) {
                expected.put(limit(row, above, averaging, 3), severity);
            }
        }
        assertThat(limits(shipped)).hasSize(rules).isEqualTo(expected);
    }

    @Test
    void guidelinesOfTheWorldHealthOrganization() throws Exception {
        TreeMap<String, Severity> expected = new TreeMap<>();
        for (CSVRecord row : rows("who_2021.csv", row -> WHO_PERIODS.containsKey(row.get("averaging")))) {
            // Those of 2005 that were kept are about harm within hours; the others are passed on most days in many
            // cities.
            Severity severity = row.get("note").contains("retained") ? Severity.MODERATE : Severity.MINOR;
            expected.put(limit(row, row.get("AQG"), period(WHO_PERIODS, row), 1), severity);
        }

        assertThat(limits("who-2021")).hasSize(9).isEqualTo(expected);
        assertThat(rows("who_2021.csv", row -> !WHO_PERIODS.containsKey(row.get("averaging"))))
                .as("what hourly means cannot decide")
                .extracting(row -> row.get("averaging"))
                .containsOnly("annual", "peak season", "10min", "15min");
    }

    private static Averaging period(Map<String, Averaging> known, CSVRecord row) {
        return Objects.requireNonNull(known.get(row.get("averaging")), row::toString);
    }

    private static List<CSVRecord> rows(String file, Predicate<CSVRecord> wanted) {
        return Vectors.of(file).filter(wanted).toList();
    }

    private static String limit(CSVRecord row, String above, Averaging averaging, int consecutive) {
        Pollutant pollutant = Pollutant.valueOf(row.get("pollutant").replace(".", ""));
        return limit(pollutant, new BigDecimal(above).doubleValue(), averaging, consecutive);
    }

    private static String limit(Pollutant pollutant, double above, Averaging averaging, int consecutive) {
        return new Condition.Exceedance(pollutant, above, averaging, consecutive).toString();
    }

    private static TreeMap<String, Severity> limits(String shipped) throws InvalidRuleException {
        TreeMap<String, Severity> limits = new TreeMap<>();
        for (Rule rule : RuleCodec.readDocument(RuleCodec.shipped(shipped))) {
            assertThat(rule.labels()).as(rule.id()).containsExactly(Map.entry("limit", shipped));
            assertThat(rule.severity()).as(rule.id()).hasSize(1);
            assertThat(limits.put(
                            rule.condition().toString(), rule.severity().get(0).severity()))
                    .as("two rules of one limit")
                    .isNull();
        }
        return limits;
    }
}

package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.rule.RuleCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule sets that ship with the product say what the tables of limits say, no more and no less. */
class ShippedLimitsTest {
    private static final Map<String, Averaging> EU_PERIODS =
            Map.of("1h", Averaging.HOUR, "24h (calendar day)", Averaging.DAY);
    private static final Map<String, Averaging> WHO_PERIODS =
            Map.of("1h", Averaging.HOUR, "8h", Averaging.EIGHT_HOURS, "24h", Averaging.DAY);

    @ParameterizedTest
    @CsvSource({"2008/50/EC, eu-2008-50, 5", "2024/2881, eu-2024-2881, 9"})
    void thresholdsOfTheDirectives(String directive, String shipped, int rules) throws Exception {
        List<CSVRecord> rows =
                rows("eu_thresholds.csv", row -> row.get("directive").equals(directive));
        TreeSet<String> expected = new TreeSet<>();
        for (CSVRecord row : rows) {
            Averaging averaging = period(EU_PERIODS, row);
            String above = row.get("threshold_ugm3");
            boolean threeHours = row.get("persistence").startsWith("3 consecutive hours");
            expected.add(limit(row, above, averaging, threeHours ? 3 : 1));
            if (row.get("persistence").contains("; 3 consecutive hours")) {
                expected.add(limit(row, above, averaging, 3));
            }
        }
        assertThat(limits(shipped)).hasSize(rules).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void guidelinesOfTheWorldHealthOrganization() throws Exception {
        TreeSet<String> expected = rows("who_2021.csv", row -> WHO_PERIODS.containsKey(row.get("averaging"))).stream()
                .map(row -> limit(row, row.get("AQG"), period(WHO_PERIODS, row), 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(limits("who-2021")).hasSize(9).containsExactlyInAnyOrderElementsOf(expected);
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

    private static List<String> limits(String shipped) throws InvalidRuleException {
        return RuleCodec.readDocument(RuleCodec.shipped(shipped)).stream()
                .map(rule -> rule.condition().toString())
                .toList();
    }
}

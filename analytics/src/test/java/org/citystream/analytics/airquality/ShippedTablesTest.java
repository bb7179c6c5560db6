package org.citystream.analytics.airquality;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.citystream.analytics.table.Table;
import org.citystream.model.rule.AirIndex;
import org.junit.jupiter.api.Test;

/** The tables of the indices that ship with the product are those they name as their source, cell by cell, colours too. */
class ShippedTablesTest {
    private static final List<String> US_COLUMNS = List.of(
            "pollutant",
            "averaging",
            "unit",
            "truncate_decimals",
            "conc_lo",
            "conc_hi",
            "aqi_lo",
            "aqi_hi",
            "category",
            "colour");

    /** Column of the shipped table, and of the source. */
    private static final Map<String, String> EUROPEAN_COLUMNS = new TreeMap<>(Map.of(
            "pollutant", "pollutant",
            "level", "level",
            "name", "name",
            "above", "gt_or_ge_zero_ugm3",
            "at_most", "le_ugm3",
            "colour", "colour"));

    @Test
    void breakpointsAndColoursOfTheUsIndex() {
        assertThat(shipped("us-aqi-2024.csv", US_COLUMNS))
                .hasSize(39)
                .containsExactlyInAnyOrderElementsOf(source(Vectors.of("epa_aqi_2024.csv"), US_COLUMNS));
    }

    @Test
    void bandsAndColoursOfTheEuropeanIndex() {
        Stream<CSVRecord> rows =
                Vectors.of("eaqi.csv").filter(row -> row.get("version").equals("2024"));

        assertThat(shipped("european-index-2024.csv", List.copyOf(EUROPEAN_COLUMNS.keySet())))
                .hasSize(30)
                .containsExactlyInAnyOrderElementsOf(source(rows, List.copyOf(EUROPEAN_COLUMNS.values())));
    }

    private static List<List<String>> shipped(String table, List<String> columns) {
        return Table.read(AirIndex.class, table).stream()
                .map(row -> columns.stream()
                        .map(row::text)
                        .map(ShippedTablesTest::plain)
                        .toList())
                .toList();
    }

    private static List<List<String>> source(Stream<CSVRecord> rows, List<String> columns) {
        return rows.map(row -> columns.stream()
                        .map(row::get)
                        .map(ShippedTablesTest::plain)
                        .toList())
                .toList();
    }

    /** 0.0 and 0 are the same edge. */
    private static String plain(String cell) {
        return cell.matches("[0-9.]+")
                ? new BigDecimal(cell).stripTrailingZeros().toPlainString()
                : cell;
    }
}

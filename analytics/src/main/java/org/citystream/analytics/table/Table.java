package org.citystream.analytics.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of limits that ships beside the classes: lines of {@code #} name the source, then a header, then rows of
 * plain comma-separated cells. Cells never hold commas or quotes, so no CSV library is needed here.
 */
public final class Table {
    private Table() {}

    /** One row, by column name. */
    public record Row(Map<String, String> cells) {

        /** The cell's text; empty where the table leaves it open. */
        public String text(String column) {
            String cell = cells.get(column);
            if (cell == null) {
                throw new IllegalStateException("the table has no column '" + column + "' but " + cells.keySet());
            }
            return cell;
        }

        public BigDecimal number(String column) {
            return new BigDecimal(text(column));
        }

        public Optional<BigDecimal> optionalNumber(String column) {
            String cell = text(column);
            return cell.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(cell));
        }

        public int integer(String column) {
            return Integer.parseInt(text(column));
        }
    }

    /**
     * Every row of the resource, in order.
     *
     * @throws IllegalStateException if the resource is missing or a row has not the header's number of cells
     */
    public static List<Row> read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the class path");
            }
            return rows(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(BufferedReader lines, String resource) {
        List<String[]> table = lines.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(",", -1))
                .toList();
        String[] header = table.get(0);
        List<Row> rows = new ArrayList<>();
        for (String[] cells : table.subList(1, table.size())) {
            if (cells.length != header.length) {
                throw new IllegalStateException(resource + ": a row has " + cells.length + " cells: " + cells[0]);
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i].trim());
            }
            rows.add(new Row(row));
        }
        return rows;
    }
}

package org.citystream.analytics.airquality;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Rows of the vector files beside the tests; {@code SOURCES.md} there says where they come from. */
final class Vectors {
    private Vectors() {}

    static Stream<CSVRecord> of(String file) {
        InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(file), file);
        try (InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static @Nullable BigDecimal number(CSVRecord row, String column) {
        String cell = row.get(column);
        return cell.isEmpty() ? null : new BigDecimal(cell);
    }
}

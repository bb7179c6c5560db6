package org.citystream.recordings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** One line of a CSV file. What cannot be read is refused with file, line, column and the text found. */
final class CsvRow {
    private static final int LAST_YEAR = 9999;

    private final String file;
    private final long line;
    private final Map<String, Integer> columns;
    private final CSVRecord fields;

    CsvRow(String file, long line, Map<String, Integer> columns, CSVRecord fields) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.fields = fields;
    }

    /** The text, or null where the column is empty or missing. */
    @Nullable String text(String column) {
        Integer index = columns.get(column);
        String text = index == null ? "" : fields.get(index).strip();
        return text.isEmpty() ? null : text;
    }

    String required(String column) {
        String text = text(column);
        if (text == null) {
            throw problem(column, "is empty");
        }
        return text;
    }

    @Nullable Double number(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw problem(column, "is not a number: '" + text + "'");
        }
        throw problem(column, "is not a finite number: '" + text + "'");
    }

    /** A number times a factor. */
    @Nullable Double number(String column, double factor) {
        Double value = number(column);
        return value == null ? null : value * factor;
    }

    @Nullable Integer integer(String column) {
        Long value = whole(column);
        if (value == null) {
            return null;
        }
        if (value != value.intValue()) {
            throw problem(column, "is too large: " + value);
        }
        return value.intValue();
    }

    @Nullable Long whole(String column) {
        String text = text(column);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw problem(column, "is not a whole number: '" + text + "'");
        }
    }

    /** A time with zone, RFC 3339. */
    Instant instant(String column) {
        String text = required(column);
        try {
            return ofFourDigits(Instant.parse(text));
        } catch (DateTimeException e) {
            throw problem(column, "is not a UTC time like 2026-11-23T08:15:30Z: '" + text + "'");
        }
    }

    /** A local time without zone. */
    Instant localTime(String column, ZoneId zone) {
        String text = required(column);
        try {
            return ofFourDigits(LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            throw problem(column, "is not a time like 2026-11-23T08:15:30: '" + text + "'");
        }
    }

    /** RFC 3339, in which readings are sent, has years of four digits. */
    private static Instant ofFourDigits(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 0 || year > LAST_YEAR) {
            throw new DateTimeException("year " + year);
        }
        return time;
    }

    RecordingException problem(String column, String what) {
        return new RecordingException(file + ", line " + line + ", column " + column + ": " + what);
    }

    RecordingException problem(String what) {
        return new RecordingException(file + ", line " + line + ": " + what);
    }
}

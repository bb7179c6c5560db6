package org.citystream.recordings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header line, plain or gzipped (by its name), read row by row. UTF-8, comma, double quotes. */
final class CsvFile implements Iterator<CsvRow>, AutoCloseable {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final Reader reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    private CsvFile(Path file) throws IOException {
        this.name = file.getFileName().toString();
        this.reader = reader(file);
        this.parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get();
        this.records = parser.iterator();
        if (records.hasNext()) {
            CSVRecord header = records.next();
            for (int i = 0; i < header.size(); i++) {
                String column = header.get(i).replace(BYTE_ORDER_MARK, "").strip();
                if (columns.put(column, i) != null) {
                    throw new RecordingException(name + ", line 1: column '" + column + "' is there twice");
                }
            }
        }
    }

    /** @throws RecordingException if the file cannot be read */
    static CsvFile open(Path file) {
        try {
            return new CsvFile(file);
        } catch (IOException | UncheckedIOException e) {
            throw new RecordingException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Reader reader(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    }

    /** Whether a file has these columns among others; false if it is no CSV. */
    static boolean hasColumns(Path file, List<String> wanted) {
        try (CsvFile csv = open(file)) {
            return csv.columns().containsAll(wanted);
        } catch (RecordingException e) {
            return false;
        }
    }

    List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    @Override
    public CsvRow next() {
        try {
            CSVRecord fields = records.next();
            CsvRow row = new CsvRow(name, parser.getCurrentLineNumber(), columns, fields);
            if (fields.size() != columns.size()) {
                throw row.problem(
                        "has " + fields.size() + " fields, but the header names " + columns.size() + " columns");
            }
            return row;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private RecordingException unreadable(Exception e) {
        return new RecordingException(
                name + ", near line " + parser.getCurrentLineNumber() + ": cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new RecordingException("cannot close " + name, e);
        }
    }
}

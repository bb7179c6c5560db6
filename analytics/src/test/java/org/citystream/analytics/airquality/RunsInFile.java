package org.citystream.analytics.airquality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.citystream.testsupport.RecordedData;
import org.jspecify.annotations.Nullable;

/**
 * Counts in a recorded file itself, column by column, what the fold should find in it. Shares nothing with the product: its
 * own reading of the file, plain numbers, no panes, no means, no rules.
 */
final class RunsInFile {
    /** At least so many rows in a row above a limit, from the start of the first hour to the end of the last. */
    record Run(String station, Instant from, Instant to) implements Comparable<Run> {
        long hours() {
            return Duration.between(from, to).toHours();
        }

        @Override
        public int compareTo(Run other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final String MARYLEBONE = "marylebone";

    private final List<String[]> rows = new ArrayList<>();
    private final List<String> header;
    private final Function<String[], String> station;

    static RunsInFile beijing(String file) {
        return new RunsInFile(RecordedData.require("beijing-prsa").resolve(file), "station");
    }

    static RunsInFile marylebone(String file) {
        return new RunsInFile(RecordedData.require("london-marylebone").resolve(file), null);
    }

    private RunsInFile(Path file, @Nullable String stationColumn) {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader text = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            this.header = List.of(Objects.requireNonNull(text.readLine()).split(",", -1));
            text.lines().forEach(line -> rows.add(line.split(",", -1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int column = stationColumn == null ? -1 : header.indexOf(stationColumn);
        this.station = row -> column < 0 ? MARYLEBONE : row[column];
    }

    /** Rows of a column that fulfil a condition; empty cells do not. */
    long count(String column, DoublePredicate condition) {
        return rows.stream().filter(row -> holds(row, column, condition)).count();
    }

    /** Days (UTC) of which at least 18 hours are there, and have a mean above a limit; of a single station. */
    TreeSet<LocalDate> days(String column, double limit) {
        Map<LocalDate, DoubleSummaryStatistics> days = new HashMap<>();
        for (String[] row : rows) {
            if (holds(row, column, value -> true)) {
                LocalDate day = LocalDate.parse(row[header.indexOf("timestamp_utc")].substring(0, 10));
                days.computeIfAbsent(day, key -> new DoubleSummaryStatistics())
                        .accept(Double.parseDouble(row[header.indexOf(column)]));
            }
        }
        TreeSet<LocalDate> above = new TreeSet<>();
        days.forEach((day, hours) -> {
            if (hours.getCount() >= 18 && hours.getAverage() > limit) {
                above.add(day);
            }
        });
        return above;
    }

    /** An empty cell, or an hour without a row, ends a run. */
    TreeSet<Run> runs(String column, DoublePredicate condition, int atLeast) {
        TreeSet<Run> runs = new TreeSet<>();
        Map<String, Run> open = new HashMap<>();
        for (String[] row : rows) {
            String name = station.apply(row);
            Instant hour = Instant.parse(row[header.indexOf("timestamp_utc")]);
            Run before = open.remove(name);
            boolean holds = holds(row, column, condition);
            if (holds) {
                Instant from = before != null && before.to().equals(hour) ? before.from() : hour;
                open.put(name, new Run(name, from, hour.plus(Duration.ofHours(1))));
            }
            if (before != null && !(holds && before.to().equals(hour))) {
                add(before, atLeast, runs);
            }
        }
        open.values().forEach(run -> add(run, atLeast, runs));
        return runs;
    }

    private static void add(Run run, int atLeast, TreeSet<Run> runs) {
        if (run.hours() >= atLeast) {
            runs.add(run);
        }
    }

    private boolean holds(String[] row, String column, DoublePredicate condition) {
        String cell = row[header.indexOf(column)];
        return !cell.isEmpty() && !cell.equals("NA") && condition.test(Double.parseDouble(cell));
    }
}

package org.citystream.recordings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Known truth beside a recording: {@code truth.csv}, described in {@code docs/recordings.md}. */
public final class TruthFile {
    private static final List<String> NEEDED = List.of("start", "kind", "subjectType", "subject");
    private static final List<String> COLUMNS =
            List.of("start", "end", "kind", "subjectType", "subject", "corridor", "fromM", "toM", "severity", "cause");

    private TruthFile() {}

    /** The rows in the order of the file. @throws RecordingException naming line and column of what cannot be read */
    public static List<TruthRow> read(Path file) {
        List<TruthRow> rows = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file)) {
            check(file, csv.columns());
            while (csv.hasNext()) {
                rows.add(row(csv.next()));
            }
        }
        return rows;
    }

    private static void check(Path file, List<String> columns) {
        for (String column : NEEDED) {
            if (!columns.contains(column)) {
                throw new RecordingException(file.getFileName() + ", line 1: column '" + column
                        + "' is missing; the columns are " + String.join(",", COLUMNS));
            }
        }
    }

    private static TruthRow row(CsvRow row) {
        try {
            return new TruthRow(
                    row.instant("start"),
                    row.text("end") == null ? null : row.instant("end"),
                    row.required("kind"),
                    row.required("subjectType"),
                    row.required("subject"),
                    row.text("corridor"),
                    row.number("fromM"),
                    row.number("toM"),
                    row.text("severity"),
                    row.text("cause"));
        } catch (IllegalArgumentException e) {
            throw row.problem(String.valueOf(e.getMessage()));
        }
    }
}

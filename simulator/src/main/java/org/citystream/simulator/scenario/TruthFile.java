package org.citystream.simulator.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code truth.csv}: what really happened, for scoring detectors. Rows of earlier starts of the simulator are kept; those
 * that had no end when it stopped go on if they still do, and else end where the next start takes over. A row is known by its
 * start, kind and subject, and by its cause where one subject may have several. The file is replaced whole, so that a reader never
 * sees half of it.
 */
public final class TruthFile {
    private static final String HEADER = "start,end,kind,subjectType,subject,corridor,fromM,toM,severity,cause";

    private final Path file;
    private final Map<String, String> rows = new LinkedHashMap<>();
    /** Without an end when the last start stopped. */
    private final Map<String, String[]> left = new LinkedHashMap<>();

    private String written = "";

    /** Opens the file in a directory, keeping what it holds. */
    public TruthFile(Path directory) {
        this.file = directory.resolve("truth.csv");
        try {
            Files.createDirectories(directory);
            if (Files.exists(file)) {
                Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .skip(1)
                        .forEach(this::keep);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + "; remove it or choose another --data-dir", e);
        }
    }

    private void keep(String row) {
        String[] columns = row.split(",", -1);
        if (columns.length == 10) {
            String key = columns[0] + columns[2] + columns[4] + (columns[3].equals("corridor") ? "" : columns[9]);
            if (columns[1].isEmpty()) {
                left.put(key, columns);
            } else {
                rows.put(key, row);
            }
        }
    }

    /** Another city, or another run of it, knows nothing of them. */
    private void end(List<TruthEpisode> known, Instant now) {
        known.forEach(episode -> left.remove(episode.key()));
        left.forEach((key, columns) -> {
            Instant start = Instant.parse(columns[0]);
            columns[1] = (now.isAfter(start) ? now : start).toString();
            rows.put(key, String.join(",", columns));
        });
        left.clear();
    }

    /**
     * Adds or replaces episodes; writes only if something changed.
     *
     * @param episodes all that is known of this start
     * @param now how far it has come
     */
    public void write(List<TruthEpisode> episodes, Instant now) {
        end(episodes, now);
        Map<String, String> all = new LinkedHashMap<>(rows);
        for (TruthEpisode episode : episodes) {
            String key = episode.key();
            all.put(key, row(episode));
            if (episode.end() != null) {
                rows.put(key, row(episode));
            }
        }
        String text = HEADER + "\n"
                + all.values().stream().sorted().map(row -> row + "\n").collect(Collectors.joining());
        if (text.equals(written)) {
            return;
        }
        try {
            Path fresh = file.resolveSibling("truth.csv.part");
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            written = text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String row(TruthEpisode episode) {
        TruthEpisode.Stretch stretch = episode.stretch();
        return String.join(
                ",",
                episode.start().toString(),
                episode.end() == null ? "" : episode.end().toString(),
                episode.kind(),
                episode.subjectType(),
                episode.subject(),
                episode.corridor() == null ? "" : episode.corridor(),
                stretch == null ? "" : Long.toString(Math.round(stretch.fromM())),
                stretch == null ? "" : Long.toString(Math.round(stretch.toM())),
                episode.severity(),
                episode.cause().replace(',', ';'));
    }
}

package org.citystream.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recognises the format of a folder by its files and their columns. */
final class Recordings {
    private record Format(List<String> columns, String defaultFile, List<String> needs, Function<Path, DataSet> open) {}

    private Recordings() {}

    /** @throws RecordingException naming what is there and what could be played, if nothing can */
    static DataSet recognise(Path directory, @Nullable String file, String cityId) {
        if (!Files.isDirectory(directory)) {
            throw new RecordingException(
                    "there is no folder " + directory.toAbsolutePath().normalize());
        }
        Optional<NeutralRecording> neutral = NeutralRecording.in(directory, cityId);
        if (neutral.isPresent()) {
            return neutral.get();
        }
        List<Path> tables = tables(directory);
        for (Format format : formats(directory)) {
            List<Path> playable = tables.stream()
                    .filter(table -> CsvFile.hasColumns(table, format.columns()))
                    .toList();
            if (!playable.isEmpty()) {
                for (String needed : format.needs()) {
                    if (!Files.exists(directory.resolve(needed))) {
                        throw new RecordingException(directory + " has no " + needed + ", which describes the sensors");
                    }
                }
                return format.open().apply(choose(playable, file, format.defaultFile()));
            }
        }
        throw new RecordingException(
                "no recording is recognised in " + directory.toAbsolutePath().normalize() + ", which holds "
                        + (tables.isEmpty() ? "no .csv or .csv.gz file" : named(tables))
                        + ": expected traffic.csv and/or air.csv (or .csv.gz) with native field names, see"
                        + " docs/recordings.md, or a table of one of the data sets Aarhus travel times, NDW loop"
                        + " detectors, Beijing PRSA, London Marylebone Road, known by its columns");
    }

    private static String named(List<Path> tables) {
        return tables.stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(", "));
    }

    private static List<Format> formats(Path directory) {
        return List.of(
                new Format(
                        AarhusTraffic.COLUMNS,
                        AarhusTraffic.DEFAULT_FILE,
                        List.of(AarhusTraffic.SEGMENTS),
                        file -> new AarhusTraffic(directory, file)),
                new Format(
                        NdwLoops.COLUMNS,
                        NdwLoops.DEFAULT_FILE,
                        List.of(NdwLoops.SITES),
                        file -> new NdwLoops(directory, file)),
                new Format(
                        BeijingAir.COLUMNS,
                        BeijingAir.DEFAULT_FILE,
                        List.of(BeijingAir.STATIONS),
                        file -> new BeijingAir(directory, file)),
                new Format(LondonAir.COLUMNS, LondonAir.DEFAULT_FILE, List.of(), LondonAir::new));
    }

    private static Path choose(List<Path> playable, @Nullable String file, String defaultFile) {
        String wanted = file == null ? defaultFile : file;
        Optional<Path> chosen = playable.stream()
                .filter(path -> path.getFileName().toString().equals(wanted))
                .findFirst();
        if (chosen.isEmpty() && file != null) {
            throw new RecordingException("there is no '" + file + "' to play; --file can be " + named(playable));
        }
        return chosen.orElse(playable.get(0));
    }

    private static List<Path> tables(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new RecordingException("cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}

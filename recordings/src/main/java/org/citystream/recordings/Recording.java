package org.citystream.recordings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.jspecify.annotations.Nullable;

/**
 * A recording, read through once so that it is known to be sound: how many readings, of which sensors, from when to when.
 * Files in order of time are streamed when played; one that is not is sorted in memory.
 */
public final class Recording {
    private final DataSet dataSet;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final Set<String> sensorIds = new TreeSet<>();
    private final Map<Path, List<RecordedReading>> sorted = new HashMap<>();
    private long count;
    private long empty;
    private @Nullable Instant first;
    private @Nullable Instant last;

    private Recording(DataSet dataSet, @Nullable Instant from, @Nullable Instant to) {
        this.dataSet = dataSet;
        this.from = from;
        this.to = to;
    }

    /**
     * Opens a folder and reads it through.
     *
     * @param file the file to play where a data set offers several; null: its default
     * @param cityId city of sensors that a neutral recording does not describe
     * @param from only readings observed at or after this; null: from the start
     * @param to only readings observed before or at this; null: to the end
     * @throws RecordingException if there is nothing to play, or something cannot be read
     */
    public static Recording open(
            Path directory, @Nullable String file, String cityId, @Nullable Instant from, @Nullable Instant to) {
        Recording recording = new Recording(Recordings.recognise(directory, file, cityId), from, to);
        recording.readThrough();
        if (recording.count == 0) {
            throw new RecordingException("there is no reading"
                    + (from == null && to == null ? "" : " from --from to --to") + " in " + recording.fileNames());
        }
        return recording;
    }

    /**
     * Looks whether a folder holds a recording, by its files and their columns, and reads no further.
     *
     * @throws RecordingException as {@link #open} would for these
     */
    public static void check(Path directory, @Nullable String file, String cityId) {
        DataSet dataSet = Recordings.recognise(directory, file, cityId);
        for (Path table : dataSet.files()) {
            try (CsvFile csv = CsvFile.open(table)) {
                dataSet.check(table, csv.columns());
            }
        }
    }

    private void readThrough() {
        for (Path file : dataSet.files()) {
            boolean ordered = true;
            Instant before = Instant.MIN;
            try (Rows rows = new Rows(file)) {
                while (rows.hasNext()) {
                    RecordedReading reading = rows.next();
                    ordered &= !reading.observedAt().isBefore(before);
                    before = reading.observedAt();
                    note(reading);
                }
                empty += rows.empty;
            }
            if (!ordered) {
                sorted.put(file, inOrder(file));
            }
        }
    }

    private void note(RecordedReading reading) {
        Instant observedAt = reading.observedAt();
        count++;
        sensorIds.add(reading.sensorId());
        first = first == null || observedAt.isBefore(first) ? observedAt : first;
        last = last == null || observedAt.isAfter(last) ? observedAt : last;
    }

    private List<RecordedReading> inOrder(Path file) {
        List<RecordedReading> readings = new ArrayList<>();
        try (Rows rows = new Rows(file)) {
            rows.forEachRemaining(readings::add);
        }
        readings.sort(Comparator.comparing(RecordedReading::observedAt));
        return readings;
    }

    public String name() {
        return dataSet.name();
    }

    public List<String> notes() {
        return dataSet.notes();
    }

    public String fileNames() {
        return String.join(
                ", ",
                dataSet.files().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    /** Readings that will be played. */
    public long count() {
        return count;
    }

    /** Rows left out because they hold no observation. */
    public long empty() {
        return empty;
    }

    /** When the first reading was observed. */
    public Instant first() {
        return present(first);
    }

    /** When the last reading was observed. */
    public Instant last() {
        return present(last);
    }

    private static Instant present(@Nullable Instant instant) {
        if (instant == null) {
            throw new IllegalStateException("the recording has not been read");
        }
        return instant;
    }

    /** Registry entries of the sensors that occur, without version. */
    public List<Sensor> sensors() {
        return sensorIds.stream().map(dataSet::sensor).toList();
    }

    /** Whether there are readings of this kind. */
    public boolean has(SensorKind kind) {
        return sensors().stream().anyMatch(sensor -> sensor.kind() == kind);
    }

    /** The readings in order of time. @throws RecordingException while iterating, if a file cannot be read any more */
    public Iterator<RecordedReading> readings() {
        return new Merged();
    }

    /** Several files as one sequence in order of time. */
    private final class Merged implements Iterator<RecordedReading> {
        private record Head(RecordedReading reading, int file, Iterator<RecordedReading> rest) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>(
                Comparator.comparing((Head head) -> head.reading().observedAt()).thenComparing(Head::file));

        Merged() {
            for (int i = 0; i < dataSet.files().size(); i++) {
                Path file = dataSet.files().get(i);
                List<RecordedReading> inMemory = sorted.get(file);
                push(i, inMemory == null ? new Rows(file) : inMemory.iterator());
            }
        }

        private void push(int file, Iterator<RecordedReading> rest) {
            if (rest.hasNext()) {
                heads.add(new Head(rest.next(), file, rest));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public RecordedReading next() {
            Head head = heads.remove();
            push(head.file(), head.rest());
            return head.reading();
        }
    }

    /** The readings of one file that lie within the wanted time; the file is closed at its end. */
    private final class Rows implements Iterator<RecordedReading>, AutoCloseable {
        private final Path file;
        private final CsvFile csv;
        private Optional<RecordedReading> next;
        private long empty;

        Rows(Path file) {
            this.file = file;
            this.csv = CsvFile.open(file);
            dataSet.check(file, csv.columns());
            this.next = advance();
        }

        private Optional<RecordedReading> advance() {
            while (csv.hasNext()) {
                Optional<RecordedReading> reading = dataSet.read(file, csv.next());
                if (reading.isEmpty()) {
                    empty++;
                } else if (isWanted(reading.get().observedAt())) {
                    return reading;
                }
            }
            csv.close();
            return Optional.empty();
        }

        private boolean isWanted(Instant observedAt) {
            return (from == null || !observedAt.isBefore(from)) && (to == null || !observedAt.isAfter(to));
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public RecordedReading next() {
            RecordedReading current = next.orElseThrow(NoSuchElementException::new);
            next = advance();
            return current;
        }

        @Override
        public void close() {
            csv.close();
        }
    }
}

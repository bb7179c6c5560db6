package org.citystream.recordings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.citystream.model.place.Sensor;

/** What the files of a recording mean: the one place that knows a data set's units, time zone and traps. */
interface DataSet {
    /** For the log. */
    String name();

    /** Assumptions and conversions people should know of. */
    List<String> notes();

    /** The files that are played. */
    List<Path> files();

    /** Checks a file's columns before its first row. @throws RecordingException if they cannot be played */
    default void check(Path file, List<String> columns) {}

    /** The row as a reading; empty if it holds no observation. @throws RecordingException if it cannot be read */
    Optional<RecordedReading> read(Path file, CsvRow row);

    /** Registry entry, without version, of a sensor that occurs. */
    Sensor sensor(String sensorId);
}

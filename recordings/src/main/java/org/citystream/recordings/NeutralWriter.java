package org.citystream.recordings;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorGeoJson;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Writes a recording in the neutral format. A file comes into being with its first reading. Not thread-safe. */
public final class NeutralWriter implements Closeable {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final Path directory;
    private @Nullable CSVPrinter traffic;
    private @Nullable CSVPrinter air;

    private NeutralWriter(Path directory) {
        this.directory = directory;
    }

    /**
     * Begins a recording in a folder, which is made if need be.
     *
     * @throws RecordingException if there is a recording already, which is never overwritten, or no folder can be made
     */
    public static NeutralWriter create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new RecordingException("cannot make the folder " + directory.toAbsolutePath() + ": " + e, e);
        }
        Stream.of(NeutralRecording.TRAFFIC_FILES, NeutralRecording.AIR_FILES, List.of(NeutralRecording.SENSORS))
                .flatMap(List::stream)
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst()
                .ifPresent(file -> {
                    throw new RecordingException("there is a recording already: " + file.toAbsolutePath()
                            + "; give a folder of its own, or remove it");
                });
        return new NeutralWriter(directory);
    }

    /** Writes what is known of the sensors. */
    public void sensors(Collection<Sensor> sensors) {
        Path file = directory.resolve(NeutralRecording.SENSORS);
        try {
            Files.write(file, JsonCodec.write(SensorGeoJson.write(sensors)));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Adds a reading. @throws RecordingException if it cannot be written */
    public void write(RecordedReading reading) {
        try {
            if (reading instanceof RecordedReading.Traffic observed) {
                write(observed.reading());
            } else if (reading instanceof RecordedReading.Air observed) {
                write(observed.reading());
            }
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private void write(TrafficReading reading) throws IOException {
        if (traffic == null) {
            traffic = begin(NeutralRecording.TRAFFIC_FILES.get(0), NeutralRecording.TRAFFIC);
        }
        traffic.printRecord(
                reading.sensorId(),
                Rfc3339.text(reading.observedAt()),
                reading.periodSeconds(),
                reading.bootId(),
                reading.sequence(),
                reading.laneId(),
                reading.vehicleCount(),
                reading.averageSpeedKmh(),
                reading.occupancy());
    }

    private void write(AirQualityReading reading) throws IOException {
        if (air == null) {
            air = begin(NeutralRecording.AIR_FILES.get(0), NeutralRecording.AIR);
        }
        air.printRecord(
                reading.sensorId(),
                Rfc3339.text(reading.observedAt()),
                reading.periodSeconds(),
                reading.bootId(),
                reading.sequence(),
                reading.pm25UgM3(),
                reading.pm10UgM3(),
                reading.no2UgM3(),
                reading.o3UgM3(),
                reading.so2UgM3(),
                reading.coMgM3(),
                reading.temperatureC(),
                reading.relativeHumidity(),
                reading.windSpeedMs(),
                reading.windDirectionDeg());
    }

    private CSVPrinter begin(String name, List<String> measures) throws IOException {
        Writer file = Files.newBufferedWriter(directory.resolve(name), StandardOpenOption.CREATE_NEW);
        CSVPrinter printer = new CSVPrinter(file, FORMAT);
        printer.printRecord(Stream.concat(NeutralRecording.IDENTITY.stream(), measures.stream()));
        return printer;
    }

    private static RecordingException unwritable(Path path, IOException e) {
        return new RecordingException("cannot write " + path.toAbsolutePath() + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try (CSVPrinter first = traffic;
                CSVPrinter second = air) {
            traffic = null;
            air = null;
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }
}

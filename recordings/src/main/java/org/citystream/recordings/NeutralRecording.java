package org.citystream.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citystream.model.place.InvalidSensorsException;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorGeoJson;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;

/**
 * The neutral format: {@code traffic.csv} and {@code air.csv} (or {@code .gz}) whose columns are the native field names,
 * and {@code sensors.geojson}. Described in {@code docs/recordings.md}.
 */
final class NeutralRecording implements DataSet {
    static final String SENSORS = "sensors.geojson";
    static final List<String> TRAFFIC_FILES = List.of("traffic.csv", "traffic.csv.gz");
    static final List<String> AIR_FILES = List.of("air.csv", "air.csv.gz");
    static final List<String> IDENTITY = List.of("sensorId", "observedAt", "periodSeconds", "bootId", "sequence");
    static final List<String> TRAFFIC = List.of("laneId", "vehicleCount", "averageSpeedKmh", "occupancy");
    static final List<String> AIR = List.of(
            "pm25UgM3",
            "pm10UgM3",
            "no2UgM3",
            "o3UgM3",
            "so2UgM3",
            "coMgM3",
            "temperatureC",
            "relativeHumidity",
            "windSpeedMs",
            "windDirectionDeg");

    private final List<Path> files;
    private final String cityId;
    private final boolean described;
    private final Map<String, Sensor> sensors = new HashMap<>();

    private NeutralRecording(Path directory, List<Path> files, String cityId) {
        this.files = files;
        this.cityId = cityId;
        Path file = directory.resolve(SENSORS);
        this.described = Files.exists(file);
        if (described) {
            try {
                SensorGeoJson.read(Files.readAllBytes(file)).forEach(sensor -> sensors.put(sensor.sensorId(), sensor));
            } catch (IOException | InvalidSensorsException e) {
                throw new RecordingException(SENSORS + ": " + e.getMessage(), e);
            }
        }
    }

    /** The recording in a folder, if it has such files. @param cityId of sensors that the folder does not describe */
    static Optional<NeutralRecording> in(Path directory, String cityId) {
        List<Path> files = new ArrayList<>();
        for (List<String> names : List.of(TRAFFIC_FILES, AIR_FILES)) {
            names.stream()
                    .map(directory::resolve)
                    .filter(Files::exists)
                    .findFirst()
                    .ifPresent(files::add);
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(new NeutralRecording(directory, files, cityId));
    }

    @Override
    public String name() {
        return "neutral recording";
    }

    @Override
    public List<String> notes() {
        return described
                ? List.of()
                : List.of(
                        "there is no " + SENSORS + ": sensors are registered in city '" + cityId + "' without a place");
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public void check(Path file, List<String> columns) {
        List<String> known = Stream.concat(IDENTITY.stream(), (isTraffic(file) ? TRAFFIC : AIR).stream())
                .toList();
        for (String column : columns) {
            if (!known.contains(column)) {
                String nearest = known.stream()
                        .min(Comparator.comparingInt(name -> Spelling.distance(name, column)))
                        .orElse("");
                throw new RecordingException(file.getFileName() + ", line 1: column '" + column
                        + "' is unknown; did you mean '" + nearest + "'? Known are " + String.join(", ", known));
            }
        }
        for (String column : List.of("sensorId", "observedAt")) {
            if (!columns.contains(column)) {
                throw new RecordingException(file.getFileName() + ", line 1: column '" + column + "' is missing");
            }
        }
    }

    private static boolean isTraffic(Path file) {
        return TRAFFIC_FILES.contains(file.getFileName().toString());
    }

    @Override
    public Optional<RecordedReading> read(Path file, CsvRow row) {
        String sensorId = row.required("sensorId");
        SensorKind kind = isTraffic(file) ? SensorKind.TRAFFIC : SensorKind.AIR;
        Sensor sensor = sensors.computeIfAbsent(sensorId, id -> unknown(row, id, kind));
        if (sensor.kind() != kind) {
            throw row.problem(
                    "sensorId", "is registered as " + sensor.kind().wireName() + " sensor: '" + sensorId + "'");
        }
        return isTraffic(file) ? traffic(row) : air(row);
    }

    private Sensor unknown(CsvRow row, String sensorId, SensorKind kind) {
        try {
            return RecordedSensors.unknown(sensorId, kind, cityId);
        } catch (IllegalArgumentException e) {
            throw row.problem(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<RecordedReading> traffic(CsvRow row) {
        TrafficReading reading = new TrafficReading(
                row.required("sensorId"),
                row.instant("observedAt"),
                row.integer("periodSeconds"),
                row.text("bootId"),
                row.whole("sequence"),
                row.integer("laneId"),
                row.integer("vehicleCount"),
                row.number("averageSpeedKmh"),
                row.number("occupancy"),
                null,
                null,
                null,
                null,
                null);
        boolean measured =
                reading.vehicleCount() != null || reading.averageSpeedKmh() != null || reading.occupancy() != null;
        return measured ? Optional.of(new RecordedReading.Traffic(reading)) : Optional.empty();
    }

    private static Optional<RecordedReading> air(CsvRow row) {
        AirQualityReading reading = new AirQualityReading(
                row.required("sensorId"),
                row.instant("observedAt"),
                row.integer("periodSeconds"),
                row.text("bootId"),
                row.whole("sequence"),
                row.number("pm25UgM3"),
                row.number("pm10UgM3"),
                row.number("no2UgM3"),
                row.number("o3UgM3"),
                row.number("so2UgM3"),
                row.number("coMgM3"),
                row.number("temperatureC"),
                row.number("relativeHumidity"),
                row.number("windSpeedMs"),
                row.number("windDirectionDeg"),
                null,
                null,
                null,
                null,
                null);
        return AirMeasures.any(reading) ? Optional.of(new RecordedReading.Air(reading)) : Optional.empty();
    }

    @Override
    public Sensor sensor(String sensorId) {
        Sensor sensor = sensors.get(sensorId);
        if (sensor == null) {
            throw new RecordingException("no sensor " + sensorId + " has been read");
        }
        return sensor;
    }
}

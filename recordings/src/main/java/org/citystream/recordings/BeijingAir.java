package org.citystream.recordings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.AirQualityReading;
import org.jspecify.annotations.Nullable;

/**
 * Hourly air quality of twelve Beijing stations (UCI data set 501). China gave gases at 0 °C until 2018, ours are at
 * 20 °C; CO comes in µg/m³. Values at the instruments' limits (PM 999, SO2 500, CO 10000) are left as they are.
 */
final class BeijingAir implements DataSet {
    static final List<String> COLUMNS = List.of("timestamp_utc", "station", "pm25", "pm10", "so2", "no2", "co", "o3");
    static final String DEFAULT_FILE = "beijing_winter_episode_2015-11-25_2016-01-05.csv";
    static final String STATIONS = "stations.csv";
    private static final int PERIOD_SECONDS = 3_600;
    /** From 0 °C to 20 °C: a gas takes more room, so less of it is in a cubic metre. */
    private static final double TO_20_DEGREES = 273.15 / 293.15;

    private static final String PREFIX = "beijing-";

    private final List<Path> files;
    private final Map<String, Sensor> stations = new HashMap<>();

    BeijingAir(Path directory, Path file) {
        this.files = List.of(file);
        try (CsvFile csv = CsvFile.open(directory.resolve(STATIONS))) {
            while (csv.hasNext()) {
                Sensor station = station(csv.next());
                stations.put(station.sensorId(), station);
            }
        }
    }

    private static Sensor station(CsvRow row) {
        Double north = row.number("latitude");
        Double east = row.number("longitude");
        return RecordedSensors.air(
                PREFIX + row.required("station"),
                "beijing",
                row.required("station"),
                north == null || east == null ? null : new GeoPoint(north, east),
                setting(row),
                PERIOD_SECONDS,
                "Asia/Shanghai");
    }

    private static Setting setting(CsvRow row) {
        String setting = row.required("setting");
        return switch (setting) {
            case "urban" -> Setting.URBAN;
            case "suburban" -> Setting.SUBURBAN;
            case "background", "rural" -> Setting.RURAL;
            case "traffic" -> Setting.TRAFFIC;
            default -> throw row.problem("setting", "is not one of urban, suburban, background, traffic: " + setting);
        };
    }

    @Override
    public String name() {
        return "Beijing air quality (PRSA)";
    }

    @Override
    public List<String> notes() {
        return List.of(
                "hour labels are taken as the beginning of the hour",
                "gases converted from 0 to 20 degrees Celsius, CO from ug/m3 to mg/m3; saturated values left as they are");
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public Optional<RecordedReading> read(Path file, CsvRow row) {
        AirQualityReading reading = new AirQualityReading(
                PREFIX + row.required("station"),
                row.instant("timestamp_utc").plusSeconds(PERIOD_SECONDS),
                PERIOD_SECONDS,
                null,
                null,
                row.number("pm25"),
                row.number("pm10"),
                row.number("no2", TO_20_DEGREES),
                row.number("o3", TO_20_DEGREES),
                row.number("so2", TO_20_DEGREES),
                row.number("co", TO_20_DEGREES / 1000),
                row.number("temp_c"),
                humidity(row.number("temp_c"), row.number("dewp_c")),
                row.number("wind_ms"),
                windDirection(row),
                null,
                null,
                null,
                null,
                null);
        return AirMeasures.any(reading) ? Optional.of(new RecordedReading.Air(reading)) : Optional.empty();
    }

    /** Relative humidity by Magnus' formula, 0..1. */
    static @Nullable Double humidity(@Nullable Double temperatureC, @Nullable Double dewPointC) {
        if (temperatureC == null || dewPointC == null) {
            return null;
        }
        double ratio = StrictMath.exp(
                17.62 * dewPointC / (243.12 + dewPointC) - 17.62 * temperatureC / (243.12 + temperatureC));
        return Math.min(1, Math.round(ratio * 1000) / 1000.0);
    }

    private static @Nullable Double windDirection(CsvRow row) {
        String point = row.text("wind_dir");
        try {
            return point == null ? null : WindRose.degrees(point);
        } catch (IllegalArgumentException e) {
            throw row.problem("wind_dir", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Sensor sensor(String sensorId) {
        Sensor station = stations.get(sensorId);
        if (station == null) {
            throw new RecordingException(STATIONS + " does not describe station " + sensorId);
        }
        return station;
    }
}

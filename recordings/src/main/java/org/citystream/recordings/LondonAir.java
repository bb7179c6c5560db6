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
 * Hourly air quality of London sites (AURN and LAQN, from openair): gases in ppb and ppm, or in µg/m³ already, as the
 * columns say. Labels are the beginning of the hour, GMT.
 */
final class LondonAir implements DataSet {
    static final List<String> COLUMNS = List.of("timestamp_utc", "site", "pm10_ugm3", "pm25_ugm3", "wind_ms");
    static final String DEFAULT_FILE = "marylebone_2003.csv";
    private static final int PERIOD_SECONDS = 3_600;
    // µg/m³ (CO: mg/m³) per ppb (CO: ppm) at 20 °C and 101.3 kPa, as the EU and the UK convert.
    private static final double NO2 = 1.9125;
    private static final double O3 = 1.995;
    private static final double SO2 = 2.663;
    private static final double CO = 1.164;
    private static final String MARYLEBONE = "London Marylebone Road";
    private static final GeoPoint MARYLEBONE_ROAD = new GeoPoint(51.52253, -0.154611);

    private final List<Path> files;
    private final Map<String, Sensor> sites = new HashMap<>();

    LondonAir(Path file) {
        this.files = List.of(file);
    }

    @Override
    public String name() {
        return "London air quality";
    }

    @Override
    public List<String> notes() {
        return List.of(
                "hour labels are the beginning of the hour, GMT",
                "gases given in ppb and ppm are converted at 20 degrees Celsius (NO2 x 1.9125); PM10 by TEOM, unscaled");
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public Optional<RecordedReading> read(Path file, CsvRow row) {
        String id = RecordedSensors.id("", row.required("site")).substring(1);
        sites.computeIfAbsent(id, known -> site(known, row));
        AirQualityReading reading = new AirQualityReading(
                id,
                row.instant("timestamp_utc").plusSeconds(PERIOD_SECONDS),
                PERIOD_SECONDS,
                null,
                null,
                row.number("pm25_ugm3"),
                row.number("pm10_ugm3"),
                either(row.number("no2_ugm3"), row.number("no2_ppb", NO2)),
                either(row.number("o3_ugm3"), row.number("o3_ppb", O3)),
                either(row.number("so2_ugm3"), row.number("so2_ppb", SO2)),
                row.number("co_ppm", CO),
                row.number("temp_c"),
                null,
                row.number("wind_ms"),
                windDirection(row.number("wind_deg")),
                null,
                null,
                null,
                null,
                null);
        return AirMeasures.any(reading) ? Optional.of(new RecordedReading.Air(reading)) : Optional.empty();
    }

    private static @Nullable Double either(@Nullable Double first, @Nullable Double second) {
        return first != null ? first : second;
    }

    /** North is 360 in the files and 0 with us. */
    private static @Nullable Double windDirection(@Nullable Double degrees) {
        return degrees == null ? null : Double.valueOf(degrees % 360);
    }

    private static Sensor site(String id, CsvRow row) {
        Double north = row.number("lat");
        Double east = row.number("lon");
        GeoPoint location = MARYLEBONE.equals(row.text("site")) ? MARYLEBONE_ROAD : null;
        if (north != null && east != null) {
            location = new GeoPoint(north, east);
        }
        String type = row.text("site_type");
        boolean background = type != null && type.contains("Background");
        return RecordedSensors.air(
                id,
                "london",
                row.required("site"),
                location,
                background ? Setting.URBAN : Setting.TRAFFIC,
                PERIOD_SECONDS,
                "Europe/London");
    }

    @Override
    public Sensor sensor(String sensorId) {
        Sensor site = sites.get(sensorId);
        if (site == null) {
            throw new RecordingException("no site " + sensorId + " has been read");
        }
        return site;
    }
}

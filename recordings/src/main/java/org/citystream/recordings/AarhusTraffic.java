package org.citystream.recordings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.TrafficReading;

/**
 * Travel times of Aarhus from matched Bluetooth readers, every 5 minutes (CityPulse, CityBench). A row without matches
 * repeats an older speed: it is published as a count of 0 without speed.
 */
final class AarhusTraffic implements DataSet {
    static final List<String> COLUMNS = List.of("timestamp", "segment", "avg_speed_kmh", "vehicle_count");
    static final String DEFAULT_FILE = "aarhus_2014-09-01_week_40seg.csv";
    static final String SEGMENTS = "segments.csv";
    private static final ZoneId ZONE = ZoneId.of("Europe/Copenhagen");
    private static final int PERIOD_SECONDS = 300;

    private final List<Path> files;
    private final Map<String, Sensor> segments = new HashMap<>();

    AarhusTraffic(Path directory, Path file) {
        this.files = List.of(file);
        try (CsvFile csv = CsvFile.open(directory.resolve(SEGMENTS))) {
            while (csv.hasNext()) {
                Sensor sensor = segment(csv.next());
                segments.put(sensor.sensorId(), sensor);
            }
        }
    }

    private static Sensor segment(CsvRow row) {
        GeoPoint from = point(row, "from_lat", "from_lon");
        GeoPoint to = point(row, "to_lat", "to_lon");
        return RecordedSensors.traffic(
                id(row.required("segment")),
                "aarhus",
                name(row),
                new GeoPoint((from.latitude() + to.latitude()) / 2, (from.longitude() + to.longitude()) / 2),
                null,
                row.number("length_m"),
                Facility.URBAN_STREET,
                Measurement.TRAVEL_TIME,
                PERIOD_SECONDS,
                ZONE.getId(),
                List.of(List.of(from.longitude(), from.latitude()), List.of(to.longitude(), to.latitude())));
    }

    private static String name(CsvRow row) {
        String from = row.text("from_street");
        String to = row.text("to_street");
        String city = row.text("city");
        String streets = (from == null ? "?" : from) + " to " + (to == null ? "?" : to);
        return city == null ? streets : streets + ", " + city;
    }

    private static GeoPoint point(CsvRow row, String latitude, String longitude) {
        Double north = row.number(latitude);
        Double east = row.number(longitude);
        if (north == null || east == null) {
            throw row.problem(latitude + "/" + longitude, "is empty");
        }
        return new GeoPoint(north, east);
    }

    private static String id(String segment) {
        return "aarhus-" + segment;
    }

    @Override
    public String name() {
        return "Aarhus travel times";
    }

    @Override
    public List<String> notes() {
        return List.of(
                "times are Europe/Copenhagen, taken as the end of 5 minutes",
                "matched vehicles, not traffic flow; rows with 0 matches carry no speed");
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public Optional<RecordedReading> read(Path file, CsvRow row) {
        Integer matches = row.integer("vehicle_count");
        Double speed = row.number("avg_speed_kmh");
        boolean observed = matches != null && matches > 0;
        return Optional.of(new RecordedReading.Traffic(new TrafficReading(
                id(row.required("segment")),
                row.localTime("timestamp", ZONE),
                PERIOD_SECONDS,
                null,
                null,
                null,
                matches == null ? 0 : matches,
                observed ? speed : null,
                null,
                null,
                null,
                null,
                null,
                null)));
    }

    @Override
    public Sensor sensor(String sensorId) {
        Sensor sensor = segments.get(sensorId);
        if (sensor == null) {
            throw new RecordingException(SEGMENTS + " does not describe segment " + sensorId);
        }
        return sensor;
    }
}

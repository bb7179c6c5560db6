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
 * Loop detectors of the Dutch freeways, per lane and minute. Flow is the hourly rate of a 60 s count, so it is always a
 * multiple of 60.
 */
final class NdwLoops implements DataSet {
    static final List<String> COLUMNS = List.of("timestamp", "site", "lane", "flow_vph", "speed_kmh");
    static final String DEFAULT_FILE = "ndw_minute.csv";
    static final String SITES = "sites.csv";
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final int PERIOD_SECONDS = 60;
    private static final int COUNTS_PER_HOUR = 60;
    private static final String LANE = "lane";

    private final List<Path> files;
    private final Map<String, Sensor> sites = new HashMap<>();

    NdwLoops(Path directory, Path file) {
        this.files = List.of(file);
        try (CsvFile csv = CsvFile.open(directory.resolve(SITES))) {
            while (csv.hasNext()) {
                CsvRow row = csv.next();
                sites.put(row.required("site"), site(row));
            }
        }
    }

    private static Sensor site(CsvRow row) {
        Double north = row.number("lat");
        Double east = row.number("lon");
        return RecordedSensors.traffic(
                row.required("site"),
                "eindhoven",
                row.required("site"),
                north == null || east == null ? null : new GeoPoint(north, east),
                row.integer("num_lanes"),
                null,
                Facility.FREEWAY,
                Measurement.POINT,
                PERIOD_SECONDS,
                ZONE.getId(),
                null);
    }

    @Override
    public String name() {
        return "NDW loop detectors around Eindhoven";
    }

    @Override
    public List<String> notes() {
        return List.of("the file states no time zone: taken as Europe/Amsterdam, end of the minute");
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public Optional<RecordedReading> read(Path file, CsvRow row) {
        Integer flow = row.integer("flow_vph");
        if (flow != null && flow % COUNTS_PER_HOUR != 0) {
            throw row.problem("flow_vph", "is no hourly rate of a count in 60 s: " + flow);
        }
        Integer count = flow == null ? null : flow / COUNTS_PER_HOUR;
        Double speed = count != null && count == 0 ? null : row.number("speed_kmh");
        if (count == null && speed == null) {
            return Optional.empty();
        }
        return Optional.of(new RecordedReading.Traffic(new TrafficReading(
                row.required("site"),
                row.localTime("timestamp", ZONE),
                PERIOD_SECONDS,
                null,
                null,
                lane(row),
                count,
                speed,
                null,
                null,
                null,
                null,
                null,
                null)));
    }

    private static int lane(CsvRow row) {
        String lane = row.required("lane");
        try {
            return Integer.parseInt(lane.substring(lane.startsWith(LANE) ? LANE.length() : 0));
        } catch (NumberFormatException e) {
            throw row.problem("lane", "is not like lane1: '" + lane + "'");
        }
    }

    @Override
    public Sensor sensor(String sensorId) {
        Sensor sensor = sites.get(sensorId);
        if (sensor == null) {
            throw new RecordingException(SITES + " does not describe site " + sensorId);
        }
        return sensor;
    }
}

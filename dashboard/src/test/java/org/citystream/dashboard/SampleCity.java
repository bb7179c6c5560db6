package org.citystream.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Facility;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.reading.ClockState;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;

/**
 * A city to look at: a ring road with an accident on it, an arterial with both carriageways on one line and a morning
 * jam inbound, and twelve air stations, one of them at a busy road. Everything is a function of place and time.
 */
public final class SampleCity {
    /** Twenty minutes into the accident, in the morning rush of a Monday: 08:32 local time. */
    public static final Instant NOW = Instant.parse("2026-11-23T07:32:00Z");

    public static final Instant ACCIDENT = Instant.parse("2026-11-23T07:12:00Z");
    public static final String ACCIDENT_SEGMENT = "lind-ring-14";
    public static final String SILENT_SEGMENT = "lind-out-06";
    public static final String BUSY_STATION = "air-lind-03";
    public static final String STUCK_STATION = "air-lind-09";
    public static final String EPISODE = "ep-accident";

    /** An episode of the hour before. */
    public static final String OVER = "ep-over";

    private static final String CITY = "lindholm";
    private static final GeoPoint CENTRE = new GeoPoint(57.70, 11.93);
    private static final double METRES_PER_DEGREE = 111_195;

    private SampleCity() {}

    /** A road segment: where it lies and what it carries. */
    private record Segment(
            String id,
            String name,
            String corridor,
            int index,
            int of,
            Facility facility,
            double freeFlowKmh,
            List<List<Double>> line) {}

    private static final List<Segment> SEGMENTS = segments();

    private static List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        List<List<Double>> ring = new ArrayList<>();
        for (int i = 0; i <= 27 * 4; i++) {
            ring.add(polar(215 + i * 172.0 / 108, 4_000));
        }
        cut(segments, "lind-ring", "Ring road west", Facility.FREEWAY, 90, ring, 27);
        List<List<Double>> inbound = new ArrayList<>();
        for (int i = 0; i <= 20 * 4; i++) {
            double distance = 8_700 - i * 100;
            inbound.add(polar(312 + 7 * Math.sin(distance / 1_900), distance));
        }
        cut(segments, "lind-in", "North-west arterial, inbound", Facility.URBAN_STREET, 60, inbound, 20);
        List<List<Double>> outbound = new ArrayList<>(inbound);
        Collections.reverse(outbound);
        cut(segments, "lind-out", "North-west arterial, outbound", Facility.URBAN_STREET, 60, outbound, 20);
        return List.copyOf(segments);
    }

    private static void cut(
            List<Segment> segments,
            String corridor,
            String name,
            Facility facility,
            double freeFlow,
            List<List<Double>> line,
            int count) {
        int each = (line.size() - 1) / count;
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(
                    String.format(Locale.ROOT, "%s-%02d", corridor, i + 1),
                    name + ", km " + Math.round((i + 0.5) * 4.3) / 10.0,
                    corridor,
                    i,
                    count,
                    facility,
                    freeFlow,
                    List.copyOf(line.subList(i * each, (i + 1) * each + 1))));
        }
    }

    private static List<Double> polar(double bearingDeg, double distanceM) {
        double angle = Math.toRadians(bearingDeg);
        double east = METRES_PER_DEGREE * Math.cos(Math.toRadians(CENTRE.latitude()));
        return List.of(
                CENTRE.longitude() + distanceM * Math.sin(angle) / east,
                CENTRE.latitude() + distanceM * Math.cos(angle) / METRES_PER_DEGREE);
    }

    private record Station(String id, String name, Setting setting, List<Double> at, double load) {}

    private static final List<Station> STATIONS = List.of(
            new Station("air-lind-01", "Ring road north-west", Setting.TRAFFIC, polar(301, 3_900), 1.25),
            new Station("air-lind-02", "Ring road south-west", Setting.TRAFFIC, polar(237, 4_100), 1.1),
            new Station(BUSY_STATION, "Mill Gate", Setting.TRAFFIC, polar(309, 1_900), 2.3),
            new Station("air-lind-04", "Harbour Street", Setting.TRAFFIC, polar(75, 2_600), 1.5),
            new Station("air-lind-05", "Cathedral Square", Setting.URBAN, polar(10, 250), 0.95),
            new Station("air-lind-06", "University", Setting.URBAN, polar(150, 1_100), 0.8),
            new Station("air-lind-07", "Old Docks", Setting.URBAN, polar(250, 1_900), 0.9),
            new Station("air-lind-08", "North Park", Setting.URBAN, polar(350, 2_300), 0.6),
            new Station(STUCK_STATION, "Hill Estate", Setting.SUBURBAN, polar(115, 4_800), 0.5),
            new Station("air-lind-10", "Birch Field", Setting.SUBURBAN, polar(200, 5_600), 0.4),
            new Station("air-lind-11", "Lake Side", Setting.SUBURBAN, polar(30, 5_200), 0.35),
            new Station("air-lind-12", "Moor Farm", Setting.RURAL, polar(275, 9_500), 0.12));

    /** Ids of all road segments. */
    public static List<String> segmentIds() {
        return SEGMENTS.stream().map(Segment::id).toList();
    }

    /** Ids of all stations. */
    public static List<String> stationIds() {
        return STATIONS.stream().map(Station::id).toList();
    }

    /** The registry. */
    public static List<Sensor> sensors() {
        List<Sensor> sensors = new ArrayList<>();
        SEGMENTS.forEach(segment -> sensors.add(roadSensor(segment)));
        STATIONS.forEach(station -> sensors.add(airSensor(station)));
        return sensors;
    }

    private static Sensor roadSensor(Segment segment) {
        List<Double> middle = segment.line().get(segment.line().size() / 2);
        return new Sensor(
                "loop-" + segment.id(),
                SensorKind.TRAFFIC,
                CITY,
                segment.name(),
                new GeoPoint(middle.get(1), middle.get(0)),
                segment.id(),
                segment.facility() == Facility.FREEWAY ? 3 : 2,
                segment.corridor(),
                segment.index() * 430.0,
                430.0,
                segment.facility(),
                Measurement.POINT,
                segment.freeFlowKmh(),
                null,
                null,
                60,
                null,
                "Europe/Stockholm",
                null,
                false,
                segment.line(),
                null,
                1,
                Instant.EPOCH);
    }

    private static Sensor airSensor(Station station) {
        return new Sensor(
                station.id(),
                SensorKind.AIR,
                CITY,
                station.name(),
                new GeoPoint(station.at().get(1), station.at().get(0)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                station.id(),
                station.setting(),
                600,
                null,
                "Europe/Stockholm",
                null,
                false,
                null,
                null,
                1,
                Instant.EPOCH);
    }

    /** The newest summary of every segment at a moment; the silent one stopped half an hour before {@link #NOW}. */
    public static List<TrafficSummary> traffic(Instant windowEnd) {
        Instant silence = NOW.minus(Duration.ofMinutes(31));
        return SEGMENTS.stream()
                .map(segment -> traffic(
                        segment,
                        segment.id().equals(SILENT_SEGMENT) && windowEnd.isAfter(silence) ? silence : windowEnd))
                .toList();
    }

    /** The summary of one segment and minute. */
    public static TrafficSummary traffic(String segmentId, Instant windowEnd) {
        return SEGMENTS.stream()
                .filter(segment -> segment.id().equals(segmentId))
                .map(segment -> traffic(segment, windowEnd))
                .findFirst()
                .orElseThrow();
    }

    private static TrafficSummary traffic(Segment segment, Instant windowEnd) {
        double hour = windowEnd.getEpochSecond() % 86_400 / 3600.0 + 1;
        double demand = 0.12 + 0.8 * bump(hour, 7.9, 1.5) + 0.75 * bump(hour, 16.8, 2.0) + 0.5 * bump(hour, 12.5, 4);
        double noise = noise(segment.id().hashCode() * 31L + windowEnd.getEpochSecond());
        double ratio = clamp(1.02 - 0.16 * demand - jam(segment, windowEnd, hour) + 0.035 * noise, 0.06, 1);
        double speed = ratio * segment.freeFlowKmh();
        int lanes = segment.facility() == Facility.FREEWAY ? 3 : 2;
        double free = 1_700 * lanes * clamp(demand, 0.03, 1) * (1 + 0.05 * noise);
        double queued = 1_750 * lanes * clamp(ratio * 1.35, 0.12, 1) * (1 + 0.05 * noise);
        double flow = ratio < 0.72 ? Math.min(free, queued) : free;
        double density = ratio < 0.72 ? clamp(110 * (1 - ratio), 20, 120) : flow / speed / lanes;
        return new TrafficSummary(
                segment.id(),
                segment.corridor(),
                CITY,
                windowEnd.minusSeconds(60),
                windowEnd,
                1,
                true,
                lanes,
                rounded(flow, 1),
                rounded(speed, 10),
                rounded(clamp(density * 0.0065, 0, 0.95), 1000),
                rounded(density, 10),
                segment.freeFlowKmh(),
                "configured",
                rounded(ratio, 1000),
                rounded(1 / ratio, 100),
                null,
                null,
                null,
                null,
                "ABCDEF".substring(levelOf(ratio), levelOf(ratio) + 1),
                1,
                1.0,
                List.of("loop-" + segment.id()),
                null);
    }

    private static int levelOf(double ratio) {
        return ratio > 0.85 ? 1 : ratio > 0.75 ? 2 : ratio > 0.6 ? 3 : ratio > 0.45 ? 4 : 5;
    }

    /** How much slower than free: the queue behind the accident grows upstream; inbound jams each weekday morning. */
    private static double jam(Segment segment, Instant at, double hour) {
        if (segment.corridor().equals("lind-in")) {
            double place = bump(segment.index(), 14.5, 3.2);
            return 0.72 * place * bump(hour, 8.2, 0.75);
        }
        if (!segment.corridor().equals("lind-ring")) {
            return 0;
        }
        double minutes = Duration.between(ACCIDENT, at).toSeconds() / 60.0;
        double upstream = 13 - segment.index();
        if (minutes <= 0 || upstream < 0 || upstream > minutes / 4) {
            return 0;
        }
        return clamp(0.72 * Math.min(1, minutes / 5) - 0.07 * upstream, 0, 0.75);
    }

    /** The hourly summary of every station; its hour may still run at {@link #NOW}. */
    public static List<AirQualitySummary> air(Instant windowEnd) {
        return STATIONS.stream().map(station -> air(station, windowEnd)).toList();
    }

    private static AirQualitySummary air(Station station, Instant windowEnd) {
        double hour = windowEnd.getEpochSecond() % 86_400 / 3600.0 + 0.5;
        double rush = 0.35 + 0.9 * bump(hour, 8.2, 1.8) + 0.7 * bump(hour, 17.4, 2.2);
        double day = Math.max(0, Math.sin((hour - 7) / 12 * Math.PI));
        double noise = noise(station.id().hashCode() * 17L + windowEnd.getEpochSecond());
        double no2 = 12 + 40 * station.load() * rush * (1 + 0.12 * noise);
        double pm25 = 5 + 9 * station.load() * rush * (1 + 0.15 * noise);
        double pm10 = pm25 * 1.7 + 3;
        double o3 = clamp(58 + 24 * day - no2 * 0.42, 4, 140);
        int european = level(no2, pm25, pm10, o3);
        int aqi = (int) Math.round(pm25 * 3.1 + 12);
        return new AirQualitySummary(
                station.id(),
                station.setting().wireName(),
                CITY,
                windowEnd.minusSeconds(3600),
                windowEnd,
                windowEnd.isAfter(NOW) ? 3 : 1,
                !windowEnd.isAfter(NOW),
                6,
                rounded(pm25, 10),
                rounded(pm10, 10),
                rounded(no2, 10),
                rounded(o3, 10),
                station.setting() == Setting.URBAN ? rounded(3 + 0.5 * noise, 10) : null,
                station.setting() == Setting.TRAFFIC ? rounded(0.3 + 0.2 * rush, 100) : null,
                rounded(pm25 * 0.94, 10),
                rounded(pm10 * 0.96, 10),
                aqi,
                aqi > 100 ? "unhealthy-for-sensitive-groups" : aqi > 50 ? "moderate" : "good",
                "pm25",
                european,
                no2 > 60 ? "no2" : "pm25",
                null,
                rounded(4 + 3 * day, 10),
                0.82,
                2.4,
                235.0,
                null,
                null,
                null,
                Map.of("pm25", 1.0, "pm10", 1.0, "no2", 0.83, "o3", 1.0));
    }

    private static int level(double no2, double pm25, double pm10, double o3) {
        double[][] edges = {
            {10, 25, 60, 100, 150}, {5, 15, 50, 90, 140}, {15, 45, 120, 195, 270}, {60, 100, 120, 160, 180}
        };
        double[] values = {no2, pm25, pm10, o3};
        int worst = 1;
        for (int i = 0; i < values.length; i++) {
            int level = 1;
            for (double edge : edges[i]) {
                level += values[i] > edge ? 1 : 0;
            }
            worst = Math.max(worst, level);
        }
        return worst;
    }

    /** Two sensors in trouble, the others healthy. */
    public static List<SensorHealth> health() {
        return List.of(
                new SensorHealth(
                        "loop-" + SILENT_SEGMENT,
                        "traffic",
                        CITY,
                        "silent",
                        0.4,
                        NOW.minus(Duration.ofMinutes(31)),
                        NOW,
                        "No reading for 31 minutes; one is expected every minute.",
                        null),
                new SensorHealth(
                        STUCK_STATION,
                        "air",
                        CITY,
                        "stuck",
                        0.2,
                        NOW.minus(Duration.ofHours(7)),
                        NOW,
                        "PM2.5 has read 7.3 for 42 readings in a row.",
                        null),
                new SensorHealth(
                        BUSY_STATION,
                        "air",
                        CITY,
                        "healthy",
                        1,
                        NOW.minus(Duration.ofHours(40)),
                        NOW,
                        "All is well.",
                        null));
    }

    /** Open episodes, the accident first. */
    public static List<CityEvent> events() {
        List<CityEvent> events = new ArrayList<>();
        for (int index = 14; index >= 10; index--) {
            Instant started = ACCIDENT.plusSeconds((14 - index) * 240L);
            String id = "lind-ring-" + index;
            boolean severe = index >= 12;
            events.add(event(
                    index == 14 ? EPISODE : "ep-ring-" + index,
                    RuleKind.CONGESTION,
                    severe ? Severity.SEVERE : Severity.MODERATE,
                    new Subject(SubjectType.ROAD_SEGMENT, id, nameOf(id)),
                    started,
                    "Traffic on " + nameOf(id) + " moves at " + (severe ? 24 : 41) + " km/h, " + (severe ? 27 : 45)
                            + " % of free flow (90 km/h).",
                    "segment-congestion",
                    congestionEvidence(started)));
        }
        events.add(event(
                "ep-mill-gate",
                RuleKind.AIR_INDEX,
                Severity.MODERATE,
                new Subject(SubjectType.STATION, BUSY_STATION, "Mill Gate"),
                Instant.parse("2026-11-23T06:00:00Z"),
                "The European index at Mill Gate is poor: NO2 107 µg/m³.",
                "european-index-poor",
                JsonNodeFactory.instance.objectNode().put("level", "poor").put("pollutant", "no2")));
        events.add(event(
                "ep-silent",
                RuleKind.SENSOR_HEALTH,
                Severity.MINOR,
                new Subject(SubjectType.SENSOR, "loop-" + SILENT_SEGMENT, nameOf(SILENT_SEGMENT)),
                NOW.minus(Duration.ofMinutes(28)),
                "loop-" + SILENT_SEGMENT + " has been silent for 31 minutes.",
                "sensor-trouble",
                JsonNodeFactory.instance.objectNode().put("state", "silent").put("trust", 0.4)));
        return events;
    }

    private static String nameOf(String segmentId) {
        return SEGMENTS.stream()
                .filter(segment -> segment.id().equals(segmentId))
                .map(Segment::name)
                .findFirst()
                .orElse(segmentId);
    }

    private static CityEvent event(
            String episode,
            RuleKind kind,
            Severity severity,
            Subject subject,
            Instant startedAt,
            String summary,
            String rule,
            JsonNode evidence) {
        return new CityEvent(
                episode + "-1",
                episode,
                1,
                kind,
                Transition.OPENED,
                severity,
                CITY,
                subject,
                startedAt,
                startedAt.plusSeconds(180),
                null,
                null,
                null,
                "dwell-completed",
                new RuleReference(rule, 1, "9f2c41d0b7", RuleMode.ACTIVE),
                Map.of(),
                summary,
                null,
                evidence);
    }

    /** A queue on the arterial that is over: it grew for a while. */
    public static List<CityEvent> over() {
        Instant started = Instant.parse("2026-11-23T06:40:00Z");
        CityEvent opened = event(
                OVER,
                RuleKind.CONGESTION,
                Severity.MODERATE,
                new Subject(SubjectType.CORRIDOR, "lind-in", "North-west arterial, inbound"),
                started,
                "Queue of 0.9 km on North-west arterial, inbound, from km 6.0 back to km 5.1, at 22 km/h",
                "corridor-congestion",
                extent(5_160, 6_020));
        Instant ended = Instant.parse("2026-11-23T07:05:00Z");
        return List.of(
                opened,
                told(
                        opened,
                        started.plusSeconds(600),
                        Transition.UPDATED,
                        Severity.MODERATE,
                        null,
                        extent(4_300, 6_450)),
                told(opened, ended, Transition.CLOSED, Severity.MODERATE, ended, extent(4_300, 6_450)));
    }

    private static ObjectNode extent(double tailM, double headM) {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        evidence.putObject("queue").put("tailM", tailM).put("headM", headM);
        return evidence;
    }

    /** A later record of an episode. */
    public static CityEvent told(
            CityEvent e,
            Instant at,
            Transition transition,
            Severity severity,
            @Nullable Instant endedAt,
            JsonNode evidence) {
        return new CityEvent(
                e.episodeId() + "-" + at.getEpochSecond(),
                e.episodeId(),
                e.revision() + 1,
                e.kind(),
                transition,
                severity,
                e.cityId(),
                e.subject(),
                e.startedAt(),
                at,
                endedAt,
                null,
                null,
                e.reason(),
                e.rule(),
                e.labels(),
                e.summary(),
                e.location(),
                evidence);
    }

    private static ObjectNode congestionEvidence(Instant started) {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        evidence.putObject("window")
                .put("start", started.toString())
                .put("end", started.plusSeconds(180).toString());
        evidence.putObject("observed")
                .put("metric", "speedRatio")
                .put("value", 0.27)
                .put("unit", "1");
        evidence.putObject("threshold").put("speedRatioBelow", 0.5).put("for", "PT3M");
        evidence.put("freeFlowSpeedKmh", 90).put("baseline", "configured").put("completeness", 1.0);
        evidence.putArray("sensors")
                .addObject()
                .put("sensorId", "loop-" + ACCIDENT_SEGMENT)
                .put("trust", 1.0)
                .put("readings", 9);
        evidence.putArray("excluded");
        evidence.put("lateCount", 0);
        evidence.put("reproduce", "./city reproduce " + EPISODE + "-1");
        return evidence;
    }

    /** The clock that the sample stands at. */
    public static ClockState clock(Instant now) {
        return new ClockState(now, 1, now.minus(Duration.ofHours(3)), "simulated");
    }

    private static double bump(double x, double middle, double width) {
        double z = (x - middle) / width;
        return Math.exp(-z * z);
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }

    /** -1..1, the same for the same seed. */
    private static double noise(long seed) {
        long mixed = seed * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        return (mixed >>> 40) / (double) (1 << 23) - 1;
    }
}

package org.citystream.analytics.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.citystream.testsupport.RecordedData;

/** Recorded traffic, row by row as the files have it. */
public final class RecordedTraffic {
    static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * One row.
     *
     * @param lane from 1; 0: the whole segment
     * @param end of the period it counts over
     * @param count of the period; of Aarhus the matched devices, and at 0 the speed is an older one
     */
    public record Row(String sensorId, int lane, Instant end, double count, double speedKmh) {}

    private RecordedTraffic() {}

    /** A week of Aarhus, 40 segments, every five minutes. */
    public static List<Row> aarhus() {
        List<Row> rows = new ArrayList<>();
        for (CSVRecord row :
                records(RecordedData.require("aarhus-traffic").resolve("aarhus_2014-09-01_week_40seg.csv"))) {
            rows.add(new Row(
                    row.get("segment"),
                    0,
                    LocalDateTime.parse(row.get("timestamp")).atZone(COPENHAGEN).toInstant(),
                    Double.parseDouble(row.get("vehicle_count")),
                    Double.parseDouble(row.get("avg_speed_kmh"))));
        }
        return rows;
    }

    /** Thirty hours of motorway around Eindhoven, 19 lanes, each minute; times are taken as UTC. */
    public static List<Row> eindhoven() {
        List<Row> rows = new ArrayList<>();
        for (CSVRecord row : records(eindhoven("ndw_minute.csv"))) {
            rows.add(new Row(
                    row.get("site"),
                    Integer.parseInt(row.get("lane").replace("lane", "")),
                    LocalDateTime.parse(row.get("timestamp"))
                            .toInstant(ZoneOffset.UTC)
                            .plus(MINUTE),
                    Double.parseDouble(row.get("flow_vph")) / 60,
                    Double.parseDouble(row.get("speed_kmh"))));
        }
        return rows;
    }

    /** Lanes of the sites around Eindhoven. */
    static TreeMap<String, Integer> lanesOfEindhoven() {
        TreeMap<String, Integer> lanes = new TreeMap<>();
        records(eindhoven("sites.csv"))
                .forEach(row -> lanes.put(row.get("site"), Integer.parseInt(row.get("num_lanes"))));
        return lanes;
    }

    private static Path eindhoven(String file) {
        return RecordedData.require("ndw-eindhoven").resolve(file);
    }

    private static List<CSVRecord> records(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

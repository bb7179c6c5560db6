package org.citystream.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import org.awaitility.Awaitility;
import org.citystream.embedded.QuestDbServer;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;

/** Fills a QuestDB with tables of the catalogue's shape and the sample city's past. */
public final class SampleStore {
    private static final int DAY_MINUTES = 24 * 60;
    private static final int WEEK_MINUTES = 7 * DAY_MINUTES;
    /** This week and two before. */
    private static final int WEEKS_BEFORE = 3;

    private final String httpUrl;
    private final String jdbcUrl;
    private final HttpClient client = HttpClient.newHttpClient();

    public SampleStore(String httpUrl, String jdbcUrl) {
        this.httpUrl = httpUrl;
        this.jdbcUrl = jdbcUrl;
    }

    /** Creates the tables, empty. */
    public void create() {
        for (Series series : Series.ALL) {
            execute("DROP TABLE IF EXISTS " + series.measurement());
            execute(QuestDbTable.create(series));
        }
    }

    /**
     * Writes 48 hours of the accident's segment and the same hours of two weeks before, 48 hours of the stations, and the last three
     * hours of all.
     */
    public void writeSampleCity() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        long rows = 0;
        for (Instant at = SampleCity.NOW.minus(Duration.ofHours(48));
                !at.isAfter(SampleCity.NOW);
                at = at.plusSeconds(60)) {
            lines.add(line(SampleCity.traffic(SampleCity.ACCIDENT_SEGMENT, at)));
            rows++;
        }
        for (int minutesAgo = 0; minutesAgo < WEEKS_BEFORE * WEEK_MINUTES; minutesAgo++) {
            if (minutesAgo >= WEEK_MINUTES && minutesAgo % WEEK_MINUTES < DAY_MINUTES) {
                lines.add(line(SampleCity.traffic(
                        SampleCity.ACCIDENT_SEGMENT, SampleCity.NOW.minus(Duration.ofMinutes(minutesAgo)))));
                rows++;
            }
        }
        for (String segment : SampleCity.segmentIds()) {
            int first = segment.equals(SampleCity.SILENT_SEGMENT) ? 31 : 0;
            for (int minute = first; minute < 180 && !segment.equals(SampleCity.ACCIDENT_SEGMENT); minute++) {
                lines.add(line(SampleCity.traffic(segment, SampleCity.NOW.minusSeconds(60L * minute))));
                rows++;
            }
        }
        write(lines.toString());
        await("traffic", rows);
        StringJoiner air = new StringJoiner("\n", "", "\n");
        long hours = 0;
        for (Instant at = Instant.parse("2026-11-21T08:00:00Z");
                !at.isAfter(Instant.parse("2026-11-23T08:00:00Z"));
                at = at.plusSeconds(3600)) {
            SampleCity.air(at).forEach(summary -> air.add(line(summary)));
            hours++;
        }
        write(air.toString());
        await("air", hours * SampleCity.stationIds().size());
    }

    /** Posts lines of the InfluxDB line protocol. */
    public void write(String lines) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(httpUrl + "/write?precision=n"))
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError(response.body());
            }
        } catch (IOException e) {
            throw new AssertionError("cannot write", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until so many rows can be read. */
    public void await(String table, long rows) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count(table) >= rows);
    }

    private long count(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count() FROM " + table)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, QuestDbServer.USER, QuestDbServer.PASSWORD);
    }

    private static String line(TrafficSummary s) {
        Fields fields = new Fields();
        fields.number("flow_veh_h", s.vehicleFlowPerHour());
        fields.number("speed_kmh", s.spaceMeanSpeedKmh());
        fields.number("occupancy", s.occupancy());
        fields.number("density_veh_km_lane", s.densityVehKmLane());
        fields.number("speed_ratio", s.speedRatio());
        fields.number("travel_time_index", s.travelTimeIndex());
        fields.text("level_of_service", s.levelOfService());
        fields.number("completeness", s.completeness());
        return "traffic,city=lindholm,segment=" + s.roadSegmentId() + ",corridor=" + s.corridorId() + " " + fields + " "
                + nanos(s.windowEnd());
    }

    private static String line(AirQualitySummary s) {
        Fields fields = new Fields();
        fields.number("pm25", s.pm25UgM3());
        fields.number("pm10", s.pm10UgM3());
        fields.number("no2", s.no2UgM3());
        fields.number("o3", s.o3UgM3());
        fields.number("so2", s.so2UgM3());
        fields.number("co", s.coMgM3());
        fields.number("us_aqi", s.usAqi());
        fields.number("european_index", s.europeanIndex());
        fields.number("pm25_nowcast", s.pm25NowCastUgM3());
        fields.number("pm10_nowcast", s.pm10NowCastUgM3());
        fields.number("wind_direction_deg", s.windDirectionDeg());
        return "air,city=lindholm,station=" + s.stationId() + ",setting=" + s.setting() + " " + fields + " "
                + nanos(s.windowEnd());
    }

    private static String nanos(Instant at) {
        return at.getEpochSecond() + "000000000";
    }

    private static final class Fields {
        private final StringJoiner text = new StringJoiner(",");

        void number(String name, @Nullable Number value) {
            if (value != null) {
                text.add(name + "=" + value.doubleValue());
            }
        }

        void text(String name, @Nullable String value) {
            if (value != null) {
                text.add(name + "=\"" + value + "\"");
            }
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}

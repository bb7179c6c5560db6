package org.citystream.dashboard.series.questdb;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesException;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.series.Series;
import org.citystream.model.series.TagText;

/**
 * {@link TimeSeriesReader} over QuestDB's PostgreSQL wire protocol. Everything that comes from outside is a bound
 * parameter; table, field and tag names come from the catalogue alone.
 */
public final class QuestDbReader implements TimeSeriesReader {
    private final HikariDataSource pool;
    private volatile Optional<String> problem = Optional.of("not asked yet");

    /** @param url such as {@code jdbc:postgresql://127.0.0.1:8812/qdb}; connects when first needed */
    public QuestDbReader(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setPoolName("questdb");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        this.pool = new HikariDataSource(config);
    }

    /*
     * A point is stamped with the end of its window, so a window (start, end] is found by flooring the moment just
     * before the stamp; SAMPLE BY alone would put 08:05, the end of the last of five minutes, into the next five.
     */
    @Override
    public List<SeriesPoint> read(SeriesQuery query) {
        Series series = query.series();
        long stepSeconds = query.step().getSeconds();
        String sql = "SELECT timestamp_floor('" + stepSeconds + "s', dateadd('u', -1, timestamp)) AS start, "
                + Aggregates.of(series, query.field()) + " AS value FROM " + series.measurement() + " WHERE "
                + series.subjectTag() + " = ? AND timestamp > ? AND timestamp <= ? GROUP BY start ORDER BY start";
        return ask(sql, statement -> {
            statement.setString(1, TagText.encoded(query.subject()));
            statement.setObject(2, utc(query.from()));
            statement.setObject(3, utc(query.to()));
            List<SeriesPoint> points = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Object value = rows.getObject(2);
                    if (value != null) {
                        Instant end = instant(rows, 1).plusSeconds(stepSeconds);
                        points.add(new SeriesPoint(end, plain(value)));
                    }
                }
            }
            return points;
        });
    }

    @Override
    public Map<String, Map<String, Object>> latest(Series series, Instant at, Duration horizon) {
        List<String> fields = List.copyOf(series.fields().keySet());
        String subject = series.subjectTag();
        String sql = "SELECT " + subject + ", timestamp, " + String.join(", ", fields) + " FROM "
                + series.measurement() + " WHERE timestamp > ? AND timestamp <= ? LATEST ON timestamp PARTITION BY "
                + subject;
        return ask(sql, statement -> {
            statement.setObject(1, utc(at.minus(horizon)));
            statement.setObject(2, utc(at));
            Map<String, Map<String, Object>> subjects = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Map<String, Object> values = new HashMap<>();
                    values.put(TIMESTAMP, instant(rows, 2));
                    for (int i = 0; i < fields.size(); i++) {
                        Object value = rows.getObject(i + 3);
                        if (value != null) {
                            values.put(fields.get(i), plain(value));
                        }
                    }
                    subjects.put(TagText.decoded(rows.getString(1)), values);
                }
            }
            return subjects;
        });
    }

    @Override
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public void probe() {
        try {
            ask("SELECT 1", statement -> statement.execute());
        } catch (TimeSeriesException e) {
            // remembered by ask
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private interface Question<T> {
        T put(PreparedStatement statement) throws SQLException;
    }

    private <T> T ask(String sql, Question<T> question) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            T answer = question.put(statement);
            problem = Optional.empty();
            return answer;
        } catch (SQLException e) {
            problem = Optional.of("QuestDB: " + e.getMessage());
            throw new TimeSeriesException("the time-series store does not answer: " + e.getMessage(), e);
        }
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static Object plain(Object value) {
        return value instanceof Number number ? (Object) number.doubleValue() : value.toString();
    }
}

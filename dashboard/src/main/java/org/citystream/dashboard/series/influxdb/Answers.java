package org.citystream.dashboard.series.influxdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.dashboard.series.Aggregation;
import org.citystream.dashboard.series.SeriesPoint;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.model.series.Series;
import org.citystream.model.series.TagText;
import org.jspecify.annotations.Nullable;

/** What InfluxDB's answers to the questions of {@link InfluxQl} mean; times are nanoseconds since 1970. */
final class Answers {
    private static final long NANOS = 1_000_000_000L;

    private final SeriesQuery query;
    private final Map<Instant, SeriesPoint> points = new TreeMap<>();

    Answers(SeriesQuery query) {
        this.query = query;
    }

    /** Points as {@link InfluxQl#points} asks for them. */
    void points(JsonNode answer) {
        rows(answer).forEach(row -> {
            Object value = plain(row.path(1));
            if (value != null) {
                Instant end = end(row.path(0).asLong() - 1);
                points.put(end, new SeriesPoint(end, value));
            }
        });
    }

    /** Windows as {@link InfluxQl#windows} asks for them. */
    void windows(JsonNode answer) {
        Aggregation aggregation = Aggregation.of(query.series(), query.field());
        rows(answer)
                .forEach(row -> add(
                        row,
                        switch (aggregation) {
                            case MEAN, LAST, HIGHEST, LOWEST -> plain(row.path(1));
                            case SPACE_MEAN_SPEED -> spaceMean(row);
                            case DIRECTION -> direction(row);
                        }));
    }

    /** Windows as {@link InfluxQl#standstill} asks for them. */
    void standstill(JsonNode answer) {
        rows(answer).forEach(row -> {
            if (!points.containsKey(end(row))) {
                add(row, plain(row.path(1)));
            }
        });
    }

    /** Ascending. */
    List<SeriesPoint> points() {
        return List.copyOf(points.values());
    }

    private static JsonNode rows(JsonNode answer) {
        return answer.at("/results/0/series/0/values");
    }

    private void add(JsonNode row, @Nullable Object value) {
        if (value != null) {
            Instant end = end(row);
            points.put(end, new SeriesPoint(end, value));
        }
    }

    private Instant end(JsonNode row) {
        return end(row.path(0).asLong());
    }

    private Instant end(long nanosWithin) {
        long stepSeconds = query.step().getSeconds();
        long window = Math.floorDiv(Math.floorDiv(nanosWithin, NANOS), stepSeconds);
        return Instant.ofEpochSecond((window + 1) * stepSeconds);
    }

    /** Sum of flows, sum of flow / speed, number of speeds, sum of 1 / speed. */
    private static @Nullable Double spaceMean(JsonNode row) {
        double vehicles = row.path(2).asDouble();
        if (vehicles > 0) {
            return row.path(1).asDouble() / vehicles;
        }
        double pace = row.path(4).asDouble();
        return pace > 0 ? row.path(3).asDouble() / pace : null;
    }

    private static @Nullable Double direction(JsonNode row) {
        if (!row.path(1).isNumber()) {
            return null;
        }
        double degrees =
                Math.toDegrees(Math.atan2(row.path(1).asDouble(), row.path(2).asDouble()));
        return (degrees + 360) % 360;
    }

    /** Values by subject, as {@link InfluxQl#latest} asks for them. */
    static Map<String, Map<String, Object>> bySubject(Series series, JsonNode answer) {
        Map<String, Map<String, Object>> subjects = new HashMap<>();
        for (JsonNode group : answer.at("/results/0/series")) {
            JsonNode newest = group.at("/values/0");
            Map<String, Object> values = new HashMap<>();
            values.put(TimeSeriesReader.TIMESTAMP, instant(newest.path(0).asLong()));
            JsonNode columns = group.path("columns");
            for (int i = 1; i < columns.size(); i++) {
                Object value = plain(newest.path(i));
                if (value != null) {
                    values.put(columns.path(i).asText(), value);
                }
            }
            String subject = group.path("tags").path(series.subjectTag()).asText();
            subjects.put(TagText.decoded(subject), values);
        }
        return subjects;
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static @Nullable Object plain(JsonNode value) {
        return value.isNumber() ? (Object) value.asDouble() : value.isTextual() ? value.asText() : null;
    }
}

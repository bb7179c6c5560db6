package org.citystream.audit.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.citystream.audit.http.JsonOverHttp;
import org.citystream.model.series.Series;
import org.jspecify.annotations.Nullable;

/** How many points of a measurement the store holds under each timestamp. */
public interface PointCounts {
    /** Later than any point. Without a bound InfluxQL ends at the wall clock, and the deployment's may be ahead of it. */
    String END_OF_TIME = "2200-01-01T00:00:00Z";

    /** Points that share a timestamp. */
    record AtTime(Instant at, long points) {}

    /** All of them. */
    List<AtTime> of(Series series) throws InterruptedException;

    /** QuestDB over {@code /exec}. */
    static PointCounts questDb(String url, @Nullable String user, @Nullable String password) {
        JsonOverHttp http = new JsonOverHttp("QuestDB", url, basic(user, password));
        return series -> {
            String sql = "SELECT timestamp, count() FROM " + series.measurement() + " ORDER BY timestamp";
            List<AtTime> counts = new ArrayList<>();
            JsonNode answer = http.get("/exec?timings=false&query=" + JsonOverHttp.encoded(sql));
            for (JsonNode row : answer.path("dataset")) {
                counts.add(new AtTime(
                        Instant.parse(row.path(0).asText()), row.path(1).asLong()));
            }
            return counts;
        };
    }

    /** Any InfluxDB over InfluxQL; each summary's point has the field {@code completeness}. */
    static PointCounts influxDb(String url, String database, @Nullable String token) {
        JsonOverHttp http = new JsonOverHttp("InfluxDB", url, token == null ? null : "Token " + token);
        return series -> {
            String step = series.equals(Series.AIR) ? "1h" : "1m";
            String query = "SELECT count(\"completeness\") FROM \"" + series.measurement() + "\" WHERE time < '"
                    + END_OF_TIME + "' GROUP BY time(" + step + ") fill(none)";
            List<AtTime> counts = new ArrayList<>();
            JsonNode answer = http.get(
                    "/query?epoch=ms&db=" + JsonOverHttp.encoded(database) + "&q=" + JsonOverHttp.encoded(query));
            for (JsonNode row : answer.at("/results/0/series/0/values")) {
                counts.add(new AtTime(
                        Instant.ofEpochMilli(row.path(0).asLong()), row.path(1).asLong()));
            }
            return counts;
        };
    }

    private static @Nullable String basic(@Nullable String user, @Nullable String password) {
        if (user == null) {
            return null;
        }
        String pair = user + ":" + (password == null ? "" : password);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}

package org.citystream.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.helm.GrafanaDashboards.Query;
import org.citystream.model.series.Series;
import org.citystream.testsupport.InfluxOne;
import org.citystream.testsupport.InfluxOneExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every InfluxQL query of the dashboards finds what the jobs write, in the real InfluxDB 1.6.7. */
class GrafanaInfluxQlTest {
    private static final Instant END = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant BEGIN = END.minus(Duration.ofHours(6));

    @RegisterExtension
    static final InfluxOneExtension influx = new InfluxOneExtension();

    @BeforeAll
    static void sixHoursOfACity() {
        InfluxOne server = influx.server();
        Series.ALL.forEach(series -> server.execute("DROP MEASUREMENT \"" + series.measurement() + "\""));
        List<String> lines = new ArrayList<>();
        for (Instant at = BEGIN.plusSeconds(60); !at.isAfter(END); at = at.plusSeconds(60)) {
            for (int segment = 1; segment <= 3; segment++) {
                lines.add(
                        line(Series.TRAFFIC, "city=lindholm,segment=ring-" + segment + ",corridor=ring", segment, at));
            }
            lines.add(line(Series.CORRIDOR, "city=lindholm,corridor=ring", 1, at));
        }
        for (Instant at = BEGIN.plusSeconds(3600); !at.isAfter(END); at = at.plusSeconds(3600)) {
            lines.add(line(Series.AIR, "city=lindholm,station=air-07,setting=urban", 1, at));
            lines.add(line(Series.SENSOR_HEALTH, "city=lindholm,sensor=air-07,kind=air", 0, at));
            lines.add(line(Series.EVENTS, "city=lindholm,kind=congestion,severity=severe,subject=ring-2", 1, at));
            lines.add(line(Series.EVENTS, "city=lindholm,kind=air-index,severity=severe,subject=air-07", 1, at));
        }
        server.write(String.join("\n", lines));
    }

    /** Every field of the catalogue; ratios and trust below one half. */
    private static String line(Series series, String tags, int value, Instant at) {
        List<String> fields = new ArrayList<>();
        series.fields()
                .forEach((name, unit) -> fields.add(name + "="
                        + (unit.equals(Series.TEXT)
                                ? "\"text\""
                                : unit.equals("1") ? value / 10.0 + 0.1 : value + 1.5)));
        return series.measurement() + "," + tags + " " + String.join(",", fields) + " " + at.getEpochSecond()
                + "000000000";
    }

    static List<Query> queries() {
        return GrafanaDashboards.influxQl();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryFindsSomething(Query query) {
        String asked = interpolated(query.text(), variables(query.dashboard()));

        assertThat(asked).as("nothing is left to replace").doesNotContainPattern("\\$[a-zA-Z_{]");
        assertThat(values(influx.server().query(asked))).as(asked).isNotEmpty();
    }

    @Test
    void theDashboardsHaveQueries() {
        assertThat(queries()).hasSizeGreaterThan(40);
        assertThat(queries())
                .extracting(Query::dashboard)
                .contains("CityStream: the city", "CityStream: a corridor", "CityStream: an air station");
    }

    @Test
    void aQueryThatNamesNoFieldFindsNothing() {
        assertThat(values(influx.server().query("SELECT last(\"no_such_field\") FROM \"traffic\"")))
                .isEmpty();
    }

    /** As Grafana fills them: each from its own query, with those before it. */
    private static Map<String, String> variables(String title) {
        Map<String, String> values = new HashMap<>();
        for (JsonNode dashboard : GrafanaDashboards.all()) {
            if (dashboard.path("title").asText().equals(title)) {
                for (JsonNode variable : dashboard.at("/templating/list")) {
                    if (variable.path("type").asText().equals("query")) {
                        String asked = interpolated(variable.path("query").asText(), values);
                        List<String> found = values(influx.server().query(asked));
                        assertThat(found).as(asked).isNotEmpty();
                        values.put(variable.path("name").asText(), found.get(found.size() - 1));
                    }
                }
            }
        }
        return values;
    }

    private static String interpolated(String query, Map<String, String> variables) {
        String text = query.replace(
                        "$timeFilter",
                        "time >= " + BEGIN.toEpochMilli() + "ms and time <= " + END.toEpochMilli() + "ms")
                .replace("$__interval", "5m");
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace("$" + variable.getKey(), variable.getValue());
        }
        return text;
    }

    /** Everything but times and what is absent. */
    private static List<String> values(JsonNode answer) {
        List<String> values = new ArrayList<>();
        for (JsonNode series : answer.at("/results/0/series")) {
            for (JsonNode row : series.path("values")) {
                for (int column = 0; column < row.size(); column++) {
                    boolean time = series.path("columns").path(column).asText().equals("time");
                    if (!time && !row.path(column).isNull()) {
                        values.add(row.path(column).asText());
                    }
                }
            }
        }
        return values;
    }
}

package org.citystream.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The dashboards as they are shipped, and the queries in them. */
final class GrafanaDashboards {
    static final Path FOLDER = Chart.SOURCE.resolve("files/dashboards");

    private GrafanaDashboards() {}

    /**
     * A query and where it stands.
     *
     * @param text with Grafana's variables
     */
    record Query(String dashboard, String place, String text) {
        @Override
        public String toString() {
            return dashboard + ": " + place;
        }
    }

    static List<JsonNode> all() {
        try (var files = Files.list(FOLDER)) {
            List<JsonNode> dashboards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                dashboards.add(Chart.json().readTree(file.toFile()));
            }
            return dashboards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Query> influxQl() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode dashboard : all()) {
            collect(queries, dashboard, "query");
            String title = dashboard.path("title").asText();
            dashboard
                    .at("/annotations/list")
                    .forEach(annotation -> queries.add(new Query(
                            title,
                            annotation.path("name").asText(),
                            annotation.path("query").asText())));
        }
        return queries;
    }

    static List<Query> promQl() {
        List<Query> queries = new ArrayList<>();
        all().forEach(dashboard -> collect(queries, dashboard, "expr"));
        return queries;
    }

    private static void collect(List<Query> queries, JsonNode dashboard, String field) {
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                if (target.has(field)) {
                    String place = panel.path("title").asText() + " "
                            + target.path("refId").asText();
                    queries.add(new Query(
                            dashboard.path("title").asText(),
                            place,
                            target.path(field).asText()));
                }
            }
        }
    }
}

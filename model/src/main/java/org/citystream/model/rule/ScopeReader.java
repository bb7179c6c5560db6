package org.citystream.model.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.citystream.model.place.Setting;
import org.citystream.model.wire.WireName;
import org.jspecify.annotations.Nullable;

/** The {@code scope} of a rule from its document. Parts that this kind of rule can never match are refused. */
final class ScopeReader {
    private final DocumentReader scope;

    private ScopeReader(DocumentReader scope) {
        this.scope = scope;
    }

    /** @param condition null: it could not be read, and what it can match is not known */
    static Scope read(DocumentReader rule, @Nullable Condition condition) {
        rule.raw("scope");
        return rule.has("scope") ? new ScopeReader(rule.object("scope")).read(condition) : Scope.EVERYWHERE;
    }

    private Scope read(@Nullable Condition condition) {
        Scope read = new Scope(
                scope.optionalText("city"),
                scope.texts("road-segments"),
                scope.texts("corridors"),
                scope.texts("stations"),
                settings(),
                polygon());
        scope.refuseUnread();
        if (condition != null) {
            refuseMeaningless(read, condition);
        }
        return read;
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (String setting : scope.texts("settings")) {
            try {
                settings.add(WireName.parse(Setting.class, setting));
            } catch (IllegalArgumentException e) {
                scope.problem("settings", String.valueOf(e.getMessage()));
            }
        }
        return settings;
    }

    private void refuseMeaningless(Scope read, Condition condition) {
        boolean roads = !read.roadSegments().isEmpty() || !read.corridors().isEmpty();
        boolean stations = !read.stations().isEmpty() || !read.settings().isEmpty();
        if (condition instanceof Condition.Health) {
            if (roads && stations) {
                scope.problem(
                        "road-segments",
                        "no sensor belongs to a road and to a station; write one rule for each of them");
            }
            return;
        }
        boolean aboutAir = condition instanceof Condition.IndexLevel
                || condition instanceof Condition.Exceedance
                || condition instanceof Condition.RapidRise
                || (condition instanceof Condition.Threshold threshold && threshold.isAboutAir());
        if (aboutAir && roads) {
            String field = read.roadSegments().isEmpty() ? "corridors" : "road-segments";
            scope.problem(field, "this kind of rule is about stations; use stations, settings, city or polygon");
        }
        if (!aboutAir && stations) {
            String field = read.stations().isEmpty() ? "settings" : "stations";
            scope.problem(field, "this kind of rule is about roads; use road-segments, corridors, city or polygon");
        }
    }

    // ---- polygon -----------------------------------------------------------------------------------------------

    /** The one ring of a GeoJSON polygon, of a feature with such a geometry, or a plain list of positions; closed. */
    private List<List<Double>> polygon() {
        JsonNode given = scope.raw("polygon");
        if (given.isMissingNode()) {
            return List.of();
        }
        JsonNode geometry = given.path("type").asText().equals("Feature") ? given.path("geometry") : given;
        JsonNode ring = geometry;
        if (!geometry.isArray()) {
            JsonNode rings = geometry.path("coordinates");
            if (!geometry.path("type").asText().equals("Polygon") || !rings.isArray() || rings.size() != 1) {
                scope.problem("polygon", "must be a GeoJSON Polygon with one ring, or a list of [longitude, latitude]");
                return List.of();
            }
            ring = rings.path(0);
        }
        return closed(positions(ring));
    }

    private List<List<Double>> positions(JsonNode ring) {
        List<List<Double>> positions = new ArrayList<>();
        for (JsonNode position : ring) {
            if (!isPosition(position)) {
                scope.problem(
                        "polygon",
                        "a position must be [longitude, latitude] within -180..180 and -90..90 but is " + position);
                return List.of();
            }
            positions.add(List.of(position.get(0).doubleValue(), position.get(1).doubleValue()));
        }
        if (positions.stream().distinct().count() < 3) {
            scope.problem("polygon", "must have at least three different positions");
        }
        return positions;
    }

    private static boolean isPosition(JsonNode position) {
        return position.isArray()
                && position.path(0).isNumber()
                && position.path(1).isNumber()
                && Math.abs(position.get(0).doubleValue()) <= 180
                && Math.abs(position.get(1).doubleValue()) <= 90;
    }

    private static List<List<Double>> closed(List<List<Double>> positions) {
        if (!positions.isEmpty() && !positions.get(0).equals(positions.get(positions.size() - 1))) {
            positions.add(positions.get(0));
        }
        return positions;
    }
}

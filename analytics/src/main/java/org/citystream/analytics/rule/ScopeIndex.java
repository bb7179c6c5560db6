package org.citystream.analytics.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Rules by the most telling part of their scope, so that a place meets those that may cover it and none of the others:
 * ids of segments or stations, else corridors, a polygon, the city, a setting. Whether a scope really covers the place is
 * not decided here.
 */
final class ScopeIndex {
    private final PatternIndex subjects = new PatternIndex();
    private final PatternIndex corridors = new PatternIndex();
    private final PolygonIndex polygons = new PolygonIndex();
    private final Map<String, Set<String>> cities = new HashMap<>();
    private final Map<Setting, Set<String>> settings = new HashMap<>();
    private final Set<String> others = new HashSet<>();

    /** A rule may be added under several scopes, as its versions come. */
    void add(Scope scope, String ruleId) {
        if (PatternIndex.takes(scope.roadSegments())) {
            subjects.add(scope.roadSegments(), ruleId);
        } else if (PatternIndex.takes(scope.stations())) {
            subjects.add(scope.stations(), ruleId);
        } else if (PatternIndex.takes(scope.corridors())) {
            corridors.add(scope.corridors(), ruleId);
        } else if (PolygonIndex.takes(scope.polygon())) {
            polygons.add(scope.polygon(), ruleId);
        } else if (scope.city() != null) {
            cities.computeIfAbsent(scope.city(), key -> new HashSet<>()).add(ruleId);
        } else if (!scope.settings().isEmpty()) {
            scope.settings()
                    .forEach(setting -> settings.computeIfAbsent(setting, key -> new HashSet<>())
                            .add(ruleId));
        } else {
            others.add(ruleId);
        }
    }

    /** Ids of the rules that may cover a place, ascending. */
    TreeSet<String> candidates(Place place) {
        TreeSet<String> found = new TreeSet<>(others);
        subjects.collect(place.subjectId(), found);
        String corridorId = place.corridorId();
        if (corridorId != null) {
            corridors.collect(corridorId, found);
        }
        GeoPoint location = place.location();
        if (location != null) {
            polygons.collect(location, found);
        }
        found.addAll(under(cities, place.cityId()));
        found.addAll(under(settings, place.setting()));
        return found;
    }

    private static <K> Set<String> under(Map<K, Set<String>> index, @Nullable K key) {
        return key == null ? Set.of() : index.getOrDefault(key, Set.of());
    }
}

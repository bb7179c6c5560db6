package org.citystream.model.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @ParameterizedTest
    @CsvSource({
        "ring-*,    ring-07,   true",
        "ring-*,    arterial,  false",
        "*,         anything,  true",
        "*-07,      ring-07,   true",
        "r*g-*7,    ring-07,   true",
        "r*g-*7,    ring-08,   false",
        "ring,      ring-07,   false",
        "ab*ba,     aba,       false",
        "a.c,       abc,       false"
    })
    void patternsKnowTheStarOnly(String pattern, String id, boolean covered) {
        Scope scope = new Scope(null, List.of(pattern), List.of(), List.of(), List.of(), List.of());

        assertThat(scope.coversSegment("city", id, null, null)).isEqualTo(covered);
    }

    @Test
    void aScopeOfStationsLeavesRoadsAlone() {
        Scope stations = new Scope(null, List.of(), List.of(), List.of("air-*"), List.of(), List.of());
        Scope settings = new Scope(null, List.of(), List.of(), List.of(), List.of(Setting.TRAFFIC), List.of());

        assertThat(stations.coversSegment("c", "air-1", null, null)).isFalse();
        assertThat(stations.coversStation("c", "air-1", null, null)).isTrue();
        assertThat(settings.coversStation("c", "air-1", Setting.TRAFFIC, null)).isTrue();
        assertThat(settings.coversStation("c", "air-1", Setting.RURAL, null)).isFalse();
    }

    @Test
    void aPolygonCoversWhatLiesInsideAndHasAKnownPlace() {
        Scope square = new Scope(
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        List.of(10.0, 56.0),
                        List.of(11.0, 56.0),
                        List.of(11.0, 57.0),
                        List.of(10.0, 57.0),
                        List.of(10.0, 56.0)));

        assertThat(square.coversSegment("c", "s", null, new GeoPoint(56.5, 10.5)))
                .isTrue();
        assertThat(square.coversSegment("c", "s", null, new GeoPoint(57.5, 10.5)))
                .isFalse();
        assertThat(square.coversSegment("c", "s", null, null)).isFalse();
    }

    @Test
    void anotherCityIsNotCovered() {
        Scope aarhus = new Scope("aarhus", List.of(), List.of(), List.of(), List.of(), List.of());

        assertThat(aarhus.coversSegment("aarhus", "s", null, null)).isTrue();
        assertThat(aarhus.coversSegment("odense", "s", null, null)).isFalse();
        assertThat(aarhus.coversSegment(null, "s", null, null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: Polygon, coordinates: [[[10, 56], [11, 56], [11, 57], [10, 57], [10, 56]]]}",
                "{type: Feature, properties: {}, geometry: {type: Polygon, coordinates: [[[10, 56], [11, 56], [11, 57], [10, 57], [10, 56]]]}}",
                "[[10, 56], [11, 56], [11, 57], [10, 57]]"
            })
    void aPolygonIsWrittenAsGeoJsonOrAsAPlainRing(String polygon) throws InvalidRuleException {
        Scope scope = scope("polygon: " + polygon);

        assertThat(scope.polygon())
                .containsExactly(
                        List.of(10.0, 56.0),
                        List.of(11.0, 56.0),
                        List.of(11.0, 57.0),
                        List.of(10.0, 57.0),
                        List.of(10.0, 56.0));
        assertThat(scope.coversSegment("c", "s", null, new GeoPoint(56.5, 10.5)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: MultiPolygon, coordinates: []}",
                "{type: Polygon, coordinates: [[[0, 0], [9, 0], [9, 9], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]]}",
                "[[10, 56], [11, 56], [10, 56]]",
                "[[10, 156], [11, 56], [10, 57]]",
                "[[10], [11, 56], [10, 57]]",
                "everywhere"
            })
    void whatIsNoPolygonOfOneRingIsRefused(String polygon) {
        assertThatThrownBy(() -> scope("polygon: " + polygon)).hasMessageContaining("[0].scope.polygon");
    }

    private static Scope scope(String scope) throws InvalidRuleException {
        return RuleCodec.readDocument(
                        "{id: x, kind: sensor-health, states: [stuck], for: PT1M, scope: {" + scope + "}}")
                .get(0)
                .scope();
    }
}

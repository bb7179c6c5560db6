package org.citystream.analytics.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.citystream.analytics.district.DistrictLife.NO2_RULE;
import static org.citystream.analytics.district.DistrictLife.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citystream.analytics.airquality.StationValues;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which area is which: breaking, meeting, ending, and what is said of stations of which little is known. */
class DistrictAreasTest {
    private final DistrictLife life = new DistrictLife();

    @Test
    void milderAirIsToldAsSuch() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.no2(Map.of("a", 350, "b", 250));
        life.no2(Map.of("a", 351, "b", 251));
        life.no2(Map.of("a", 250, "b", 252));

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::severity, CityEvent::reason)
                .containsExactly(
                        tuple(Transition.OPENED, Severity.SEVERE, "neighbours-above"),
                        tuple(Transition.DEESCALATED, Severity.MODERATE, "severity-milder"));
    }

    @Test
    void reasonsSayWhyAnAreaIsToldOfAgain() throws Exception {
        life.rule(NO2_RULE);
        life.row("abc");
        life.no2(Map.of("a", 250, "b", 250, "c", 50));
        life.no2(Map.of("a", 251, "b", 251, "c", 250));
        life.no2(Map.of("a", 252, "b", 350, "c", 251));
        life.no2(Map.of("a", 253, "b", 351, "c", 252));
        life.no2(Map.of("a", 50, "b", 50, "c", 50));

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::reason)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above"),
                        tuple(Transition.UPDATED, "extent-changed"),
                        tuple(Transition.ESCALATED, "severity-worse"),
                        tuple(Transition.CLOSED, "none-above"));
    }

    @Test
    void ofTwoEqualHalvesTheFirstGoesOnAndTheOtherIsAnAreaFromNowOn() throws Exception {
        life.rule(NO2_RULE);
        life.row("abcde");
        life.above("abcde", "abcde");
        life.above("abcde", "abcde");
        life.above("abcde", "abde");

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::startedAt, DistrictAreasTest::stations)
                .containsExactly(
                        tuple(Transition.OPENED, at(0), "abcde"),
                        tuple(Transition.UPDATED, at(0), "ab"),
                        tuple(Transition.OPENED, at(2), "de"));
        assertThat(life.events().get(1).episodeId())
                .isEqualTo(life.events().get(0).episodeId());
    }

    @Test
    void thePartWithMostOfItsOwnStationsGoesOnThoughTheOtherHasGrown() throws Exception {
        life.rule(NO2_RULE);
        life.row("abcdef");
        life.above("abcdef", "abcd");
        life.above("abcdef", "abcdef");
        life.above("abcdef", "abdef");

        assertThat(life.events())
                .extracting(CityEvent::transition, DistrictAreasTest::stations)
                .containsExactly(
                        tuple(Transition.OPENED, "abcd"),
                        tuple(Transition.UPDATED, "ab"),
                        tuple(Transition.OPENED, "def"));
        assertThat(life.events().get(1).episodeId())
                .isEqualTo(life.events().get(0).episodeId());
    }

    /** Ids are hashes, so that among several rules either area has the smaller one. */
    @ParameterizedTest
    @ValueSource(strings = {"no2", "nitrogen", "traffic-fumes", "winter", "harbour", "ring"})
    void ofAreasThatStartedTogetherTheSmallerIdStays(String ruleId) throws Exception {
        life.rule(NO2_RULE.replace("id: no2", "id: " + ruleId));
        life.row("abcde");
        life.above("abcde", "abde");
        life.above("abcde", "abcde");
        life.above("abcde", "abcde");

        List<String> ids = life.events().stream()
                .filter(event -> event.transition() == Transition.OPENED)
                .map(CityEvent::episodeId)
                .sorted()
                .toList();
        assertThat(life.events())
                .filteredOn(event -> event.transition() != Transition.OPENED)
                .extracting(CityEvent::transition, CityEvent::episodeId, CityEvent::replacedBy, CityEvent::reason)
                .containsExactly(
                        tuple(Transition.WITHDRAWN, ids.get(1), ids.get(0), "merged"),
                        tuple(Transition.UPDATED, ids.get(0), null, "extent-changed"));
    }

    @Test
    void areasAreKeptByTheirStart() throws Exception {
        life.rule(NO2_RULE);
        life.row("abcde");
        life.above("abcde", "de");
        life.above("abcde", "abde");
        life.above("abcde", "abde");
        life.above("abcde", "");

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::startedAt)
                .containsExactly(
                        tuple(Transition.OPENED, at(0)),
                        tuple(Transition.OPENED, at(1)),
                        tuple(Transition.CLOSED, at(0)),
                        tuple(Transition.CLOSED, at(1)));
    }

    @Test
    void aSilentMemberIsNamedWithoutAValueAndWorstIsWhoeverMeasures() throws Exception {
        life.rule(NO2_RULE);
        life.row("abcd");
        life.no2(Map.of("a", 250, "b", 290, "c", 50));
        life.no2(Map.of("a", 251, "b", 291, "c", 250));
        life.no2(Map.of("a", 252, "c", 251));

        CityEvent updated = life.last();
        assertThat(updated.transition()).isEqualTo(Transition.UPDATED);
        assertThat(updated.summary()).endsWith("worst at a (252 µg/m³)");
        JsonNode evidence = updated.evidence();
        assertThat(evidence.path("observed"))
                .hasToString("{\"pollutant\":\"no2\",\"averaging\":\"1h\",\"unit\":\"µg/m³\",\"value\":252.0,"
                        + "\"stationId\":\"a\",\"stationsAbove\":3,\"stationsHeard\":2,\"stations\":4}");
        assertThat(evidence.path("window"))
                .hasToString("{\"start\":\"2026-11-23T00:00:00Z\",\"end\":\"2026-11-23T03:00:00Z\"}");
        assertThat(evidence.path("stations").path(0))
                .hasToString("{\"stationId\":\"a\",\"name\":\"a\",\"value\":252.0,\"since\":\"2026-11-23T00:00:00Z\","
                        + "\"severity\":\"moderate\"}");
        assertThat(evidence.path("stations").path(1))
                .hasToString("{\"stationId\":\"b\",\"name\":\"b\",\"value\":null,\"since\":\"2026-11-23T00:00:00Z\","
                        + "\"severity\":\"moderate\"}");
    }

    @Test
    void anIndexIsALevelInWordsAndAsANumber() throws Exception {
        life.rule("""
                id: bad-air
                kind: air-index
                index: european
                enter: {level-at-least: poor, for: PT1H}
                exit: {level-at-most: moderate, for: PT2H}
                """);
        life.row("ab");
        life.no2(Map.of("a", 90, "b", 120));

        CityEvent opened = life.last();
        assertThat(opened.summary()).endsWith(", 8.0 km across, worst at b (very poor)");
        assertThat(opened.evidence().path("observed"))
                .hasToString("{\"index\":\"european\",\"unit\":\"1\",\"value\":5,\"stationId\":\"b\","
                        + "\"stationsAbove\":2,\"stationsHeard\":2,\"stations\":2}");
    }

    /** A station without an index measures something, but not the pollutants that an index needs. */
    @Test
    void anIndexThatIsNotKnownOfAStationIsLeftOpen() throws Exception {
        life.rule("{id: bad-air, kind: air-index, index: european, enter: {level-at-least: poor, for: PT1H},"
                + " exit: {level-at-most: moderate, for: PT2H}}");
        life.row("abc");
        life.no2(Map.of("a", 90, "b", 130, "c", 50));
        life.city().hour("b", at(1), StationValues.of("temperatureC", 10));
        life.no2(Map.of("a", 91, "c", 131));

        CityEvent updated = life.last();
        assertThat(updated.transition()).isEqualTo(Transition.UPDATED);
        assertThat(updated.evidence().path("stations").path(1).path("stationId").asText())
                .isEqualTo("b");
        assertThat(updated.evidence().path("stations").path(1).path("value").isNull())
                .isTrue();
        assertThat(updated.summary()).endsWith("worst at c (very poor)");
    }

    @Test
    void ofStationsThatAreEquallyBadTheFirstIsCalledTheWorst() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.above("ab", "ab");
        life.above("ab", "ab");

        assertThat(life.last().summary()).endsWith("worst at a (250 µg/m³)");
    }

    @Test
    void relabelledItGoesOnAsTheSameEpisode() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.above("ab", "ab");
        life.above("ab", "ab");
        life.rule(NO2_RULE + "labels: {team: night}", 2, at(2));
        life.above("ab", "ab");
        life.above("ab", "ab");

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::reason)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above"), tuple(Transition.UPDATED, "rule-revised"));
        assertThat(life.last().episodeId()).isEqualTo(life.events().get(0).episodeId());
    }

    @Test
    void aDistrictWithoutStationsHasNoEpisodes() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.above("ab", "ab");
        life.above("ab", "ab");
        retire("a");
        retire("b");
        life.city().clockSteadilyTo(at(14), Duration.ofMinutes(1));

        assertThat(life.last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(life.last().reason()).isEqualTo("subject-retired");
        assertThat(life.last().endedAt()).isEqualTo(at(3));
    }

    @Test
    void anAreaEndsWhereItsStationsLeaveThoughOthersMeasureOn() throws Exception {
        life.rule(NO2_RULE);
        life.row("abc");
        life.above("abc", "ab");
        life.above("abc", "ab");
        retire("a");
        retire("b");
        life.above("abc", "ab");
        life.no2(Map.of("c", 51));

        assertThat(life.last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(life.last().reason()).isEqualTo("none-above");
        assertThat(life.last().endedAt()).as("nobody saw them leave").isEqualTo(at(3));
    }

    private void retire(String stationId) {
        SubjectProfile profile = life.city().registry().profile(SensorKind.AIR, stationId, at(2).toEpochMilli());
        life.city()
                .add(Objects.requireNonNull(profile.sensor(stationId))
                        .asRetired()
                        .withVersion(2, at(3)));
    }

    @Test
    void neighboursAreTenKilometresApartAtMost() throws Exception {
        life.rule(NO2_RULE);
        // A degree of latitude is 111.195 km: 9.99 and 10.01 km.
        life.city()
                .with("a", new GeoPoint(56, 10), null)
                .with("b", new GeoPoint(56.08984, 10), null)
                .with("c", new GeoPoint(56.08984 + 0.09002, 10), null);
        life.row("");
        life.above("abc", "abc");
        life.above("abc", "abc");

        assertThat(life.events()).extracting(DistrictAreasTest::stations).containsExactly("ab");
    }

    private static String stations(CityEvent event) {
        StringBuilder ids = new StringBuilder();
        event.evidence()
                .path("stations")
                .forEach(station -> ids.append(station.path("stationId").asText()));
        return ids.toString();
    }
}

package org.citystream.analytics.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.district.DistrictRules.rule;
import static org.citystream.analytics.district.Places.km;
import static org.citystream.analytics.district.Station.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Words and data of an episode: what is said, what is left out, which station is the worst. */
class AreaEvidenceTest {
    private static final Station HARBOUR = new Station("a", "Harbour", km(0, 0));
    private static final Station B = new Station("b", null, km(3, 4));
    private static final Station C = new Station("c", null, km(3, 0));
    private static final Station NOWHERE = new Station("n", null, null);

    private static EpisodeSubject district(@Nullable String name) {
        return new EpisodeSubject(new Subject(SubjectType.DISTRICT, Station.CITY, name), Station.CITY, null);
    }

    private static AreaEvidence evidence(String document, Neighbour... above) throws Exception {
        return new AreaEvidence(rule(document), List.of(above), List.of(above), Map.of());
    }

    private static JsonNode json(String document, Neighbour... above) throws Exception {
        return evidence(document, above).json(at(0), at(1));
    }

    private static String summary(String document, Neighbour... above) throws Exception {
        return evidence(document, above).summary(district(null));
    }

    /** Of a right triangle with legs of 3 and 4 km; 310.25 to one decimal is 310.3. */
    @Test
    void aLimitInWordsAndAsData() throws Exception {
        Neighbour a = HARBOUR.says(250.0, null, null);
        Neighbour b = B.says(310.25, null, null, "no2");
        Neighbour c = C.says(201.0, null, null);
        Hysteresis standing = new Hysteresis(
                at(2).toEpochMilli(),
                at(0).toEpochMilli(),
                0,
                Severity.MODERATE,
                at(0).toEpochMilli(),
                Severity.MODERATE,
                Hysteresis.NONE,
                Hysteresis.NONE,
                Severity.MODERATE);
        AreaEvidence evidence = new AreaEvidence(
                rule(DistrictRules.NO2), List.of(a, b, c, NOWHERE.silent()), List.of(a, b, c), Map.of("a", standing));

        assertThat(evidence.summary(district("Old Town")))
                .isEqualTo("NO2 above 200 µg/m³ at 3 neighbouring stations in Old Town, 5.0 km across, worst at b"
                        + " (at least 310.3 µg/m³)");
        JsonNode json = evidence.json(at(0), at(2));
        assertThat(json.path("window").toString())
                .isEqualTo("{\"start\":\"2026-11-23T00:00:00Z\",\"end\":\"2026-11-23T02:00:00Z\"}");
        assertThat(json.path("observed").toString())
                .isEqualTo("{\"pollutant\":\"no2\",\"averaging\":\"1h\",\"unit\":\"µg/m³\",\"value\":310.25,"
                        + "\"stationId\":\"b\",\"stationsAbove\":3,\"stationsHeard\":3,\"stations\":4}");
        assertThat(json.path("extent").path("acrossM").asInt()).isEqualTo(5000);
        assertThat(json.path("extent").path("areaKm2").asDouble()).isEqualTo(6.0);
        assertThat(json.path("stations").toString())
                .isEqualTo("[{\"stationId\":\"a\",\"name\":\"Harbour\",\"value\":250.0,"
                        + "\"since\":\"2026-11-23T00:00:00Z\",\"severity\":\"moderate\"},"
                        + "{\"stationId\":\"b\",\"name\":\"b\",\"value\":310.25,\"lowerBound\":true},"
                        + "{\"stationId\":\"c\",\"name\":\"c\",\"value\":201.0}]");
    }

    @Test
    void aLevelOfTheEuropeanIndexInWordsAndAsData() throws Exception {
        Neighbour[] above = {HARBOUR.says(null, 4, null), B.says(null, 5, null)};

        assertThat(summary(DistrictRules.EUROPEAN, above))
                .isEqualTo("European air quality index poor or worse at 2 neighbouring stations in testville,"
                        + " 5.0 km across, worst at b (very poor)");
        JsonNode json = json(DistrictRules.EUROPEAN, above);
        assertThat(json.path("observed").toString())
                .isEqualTo("{\"index\":\"european\",\"unit\":\"1\",\"value\":5,\"stationId\":\"b\","
                        + "\"stationsAbove\":2,\"stationsHeard\":2,\"stations\":2}");
        assertThat(json.path("threshold").toString())
                .isEqualTo("{\"enterLevelAtLeast\":\"poor\",\"enterFor\":\"PT1H\",\"exitLevelAtMost\":\"moderate\","
                        + "\"exitFor\":\"PT2H\"}");
        assertThat(json.path("stations").path(1).path("value").isInt()).isTrue();
    }

    /** A lower bound of a mean is none of the index. */
    @Test
    void aLevelOfTheUsIndexIsItsCategory() throws Exception {
        Neighbour alone = HARBOUR.says(400.0, 2, "very-unhealthy", "no2");

        assertThat(summary(DistrictRules.US_AQI, alone))
                .isEqualTo("US AQI unhealthy or worse at 1 station in testville, worst at Harbour (very unhealthy)");
        assertThat(json(DistrictRules.US_AQI, alone).path("stations").toString())
                .isEqualTo("[{\"stationId\":\"a\",\"name\":\"Harbour\",\"value\":5}]");
    }

    @Test
    void ofEquallyBadStationsTheFirstIsTheWorst() throws Exception {
        assertThat(summary(DistrictRules.NO2, HARBOUR.says(250.0, null, null), B.says(250.0, null, null)))
                .endsWith("worst at Harbour (250 µg/m³)");
    }

    @Test
    void aStationThatHasNotMeasuredIsNeverTheWorst() throws Exception {
        Neighbour[] noLevel = {HARBOUR.says(300.0, null, null), B.says(null, 4, null)};

        assertThat(summary(DistrictRules.EUROPEAN, noLevel)).endsWith("worst at b (poor)");
        assertThat(json(DistrictRules.EUROPEAN, noLevel)
                        .path("stations")
                        .path(0)
                        .toString())
                .isEqualTo("{\"stationId\":\"a\",\"name\":\"Harbour\",\"value\":null}");
        assertThat(summary(DistrictRules.NO2, HARBOUR.silent(), B.says(null, 4, null)))
                .endsWith("5.0 km across");
    }

    @Test
    void whereNoStationHasMeasuredNoValueIsTold() throws Exception {
        JsonNode json = json(DistrictRules.NO2, HARBOUR.silent(), B.says(null, 4, null));

        assertThat(json.path("observed").toString())
                .isEqualTo("{\"pollutant\":\"no2\",\"averaging\":\"1h\",\"unit\":\"µg/m³\",\"stationsAbove\":2,"
                        + "\"stationsHeard\":1,\"stations\":2}");
    }

    @Test
    void withoutAPlaceThereIsNoExtent() throws Exception {
        AreaEvidence evidence = evidence(DistrictRules.NO2, NOWHERE.says(250.0, null, null));

        assertThat(evidence.centre()).isNull();
        assertThat(evidence.json(at(0), at(1)).has("extent")).isFalse();
        assertThat(evidence.summary(district(null)))
                .isEqualTo("NO2 above 200 µg/m³ at 1 station in testville, worst at n (250 µg/m³)");
    }

    @Test
    void noMoreThanTwentyStationsAreListed() throws Exception {
        Neighbour[] above = IntStream.range(0, 21)
                .mapToObj(i -> new Station("s" + (10 + i), null, km(i, 0)).says(250.0, null, null))
                .toArray(Neighbour[]::new);
        JsonNode json = json(DistrictRules.NO2, above);

        assertThat(json.path("stations")).hasSize(20);
        assertThat(json.path("stations").path(19).path("stationId").asText()).isEqualTo("s29");
        assertThat(json.path("observed").path("stationsAbove").asInt()).isEqualTo(21);
    }
}

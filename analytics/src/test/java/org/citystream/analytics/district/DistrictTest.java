package org.citystream.analytics.district;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.citystream.analytics.district.DistrictLife.MIDNIGHT;
import static org.citystream.analytics.district.DistrictLife.NO2_RULE;
import static org.citystream.analytics.district.DistrictLife.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.airquality.StationValues;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.Severity;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Neighbouring stations above the same limit or level are one episode. */
class DistrictTest {
    private final DistrictLife life = new DistrictLife();

    /** State keeps events as JSON: one that has been there must say the same as one that has not. */
    @AfterEach
    void eventsReadBackAreTheSameText() {
        for (CityEvent event : life.events()) {
            byte[] told = JsonCodec.write(event);
            assertThat(JsonCodec.write(JsonCodec.read(told, CityEvent.class)))
                    .asString()
                    .isEqualTo(new String(told, UTF_8));
        }
    }

    @Test
    void neighboursAboveTogetherAreOneEpisodeThatGrowsAndShrinks() throws Exception {
        life.rule(NO2_RULE);
        life.row("abc");
        life.no2(Map.of("a", 250, "b", 50, "c", 50));
        life.no2(Map.of("a", 250, "b", 250, "c", 50));
        assertThat(life.events()).as("one station is no district").isEmpty();
        life.no2(Map.of("a", 250, "b", 260, "c", 50));
        life.no2(Map.of("a", 250, "b", 250, "c", 310));
        life.no2(Map.of("a", 250, "b", 250, "c", 310));
        life.no2(Map.of("a", 50, "b", 50, "c", 310));
        life.no2(Map.of("a", 50, "b", 50, "c", 50));

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::severity, CityEvent::at)
                .containsExactly(
                        tuple(Transition.OPENED, Severity.MODERATE, at(3)),
                        tuple(Transition.ESCALATED, Severity.SEVERE, at(5)),
                        tuple(Transition.UPDATED, Severity.SEVERE, at(6)),
                        tuple(Transition.CLOSED, Severity.SEVERE, at(7)));
        CityEvent opened = life.events().get(0);
        assertThat(opened.startedAt()).as("since both have been above").isEqualTo(at(1));
        assertThat(opened.subject().type()).isEqualTo(SubjectType.DISTRICT);
        assertThat(opened.subject().id()).isEqualTo("testville");
        assertThat(opened.cityId()).isEqualTo("testville");
        assertThat(opened.summary())
                .isEqualTo("NO2 above 200 µg/m³ at 2 neighbouring stations in testville, 8.0 km across, worst at b"
                        + " (260 µg/m³)");
        assertThat(life.events().get(2).summary())
                .isEqualTo("NO2 above 200 µg/m³ at 1 station in testville, worst at c (310 µg/m³)");
        assertThat(life.events().get(3).endedAt()).isEqualTo(at(6));
        assertThat(life.events()).extracting(CityEvent::episodeId).containsOnly(opened.episodeId());
        assertThat(life.city().events())
                .as("the stations' own episodes are told all the same")
                .filteredOn(event -> event.transition() == Transition.OPENED)
                .extracting(event -> event.subject().id())
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void theEvidenceSaysHowFarItReaches() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.city().with("c", new GeoPoint(56.15 + 0.072, 10.2), null);
        life.no2(Map.of("a", 250, "b", 250, "c", 250));
        life.no2(Map.of("a", 250, "b", 280, "c", 250));

        JsonNode evidence = life.events().get(0).evidence();
        assertThat(evidence.path("threshold").toString())
                .isEqualTo("{\"above\":200.0,\"unit\":\"µg/m³\",\"averaging\":\"1h\",\"consecutiveHours\":2}");
        assertThat(evidence.path("observed").path("value").asDouble()).isEqualTo(280);
        assertThat(evidence.path("observed").path("stationId").asText()).isEqualTo("b");
        assertThat(evidence.path("observed").path("stationsAbove").asInt()).isEqualTo(3);
        assertThat(evidence.path("extent").path("acrossM").asInt()).isBetween(11_250, 11_400);
        assertThat(evidence.path("extent").path("areaKm2").asDouble()).isBetween(31.8, 32.2);
        assertThat(evidence.path("extent").path("outline")).hasSize(3);
        assertThat(evidence.path("stations")).hasSize(3);
        assertThat(evidence.path("stations").path(0).path("since").asText()).isEqualTo("2026-11-23T00:00:00Z");
        GeoPoint centre = java.util.Objects.requireNonNull(life.events().get(0).location());
        assertThat(centre.latitude()).isBetween(56.17, 56.18);
    }

    @Test
    void stationsFarApartShareNothingButWhatLiesBetweenConnectsThem() throws Exception {
        life.rule(NO2_RULE);
        life.row("abc");
        life.no2(Map.of("a", 250, "b", 50, "c", 250));
        life.no2(Map.of("a", 250, "b", 50, "c", 250));
        assertThat(life.events()).isEmpty();
        life.no2(Map.of("a", 250, "b", 250, "c", 250));
        life.no2(Map.of("a", 250, "b", 250, "c", 250));

        assertThat(life.events())
                .singleElement()
                .satisfies(event -> assertThat(
                                event.evidence().path("extent").path("acrossM").asInt())
                        .isBetween(15_900, 16_100));
    }

    @Test
    void aDistrictThatSomebodyHasDrawnIsOneWhateverTheDistances() throws Exception {
        life.rule(NO2_RULE);
        life.city()
                .with("a", new GeoPoint(56, 10), "north")
                .with("b", new GeoPoint(57, 10), "north")
                .with("c", new GeoPoint(56, 10), "south")
                .with("d", null, "south");
        life.city().clock(MIDNIGHT);
        life.no2(Map.of("a", 250, "b", 250, "c", 250, "d", 50));
        life.no2(Map.of("a", 250, "b", 250, "c", 250, "d", 50));

        assertThat(life.events()).extracting(event -> event.subject().id()).containsExactly("north");
    }

    @Test
    void areasThatMeetBecomeTheOlderAndTheBiggerPartOfOneThatBreaksGoesOn() throws Exception {
        life.rule(NO2_RULE);
        life.row("abcde");
        life.no2(Map.of("a", 250, "b", 250, "c", 50, "d", 50, "e", 50));
        life.no2(Map.of("a", 250, "b", 250, "c", 50, "d", 250, "e", 250));
        life.no2(Map.of("a", 250, "b", 250, "c", 250, "d", 250, "e", 250));
        life.no2(Map.of("a", 250, "b", 250, "c", 250, "d", 250, "e", 250));
        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::startedAt)
                .containsExactly(
                        tuple(Transition.OPENED, at(0)),
                        tuple(Transition.OPENED, at(1)),
                        tuple(Transition.WITHDRAWN, at(1)),
                        tuple(Transition.UPDATED, at(0)));
        assertThat(life.events().get(2).replacedBy())
                .isEqualTo(life.events().get(0).episodeId());

        life.no2(Map.of("a", 250, "b", 50, "c", 250, "d", 250, "e", 250));
        assertThat(life.events().get(4)).satisfies(goesOn -> {
            assertThat(goesOn.episodeId()).isEqualTo(life.events().get(0).episodeId());
            assertThat(goesOn.evidence().path("stations")).hasSize(3);
        });
        assertThat(life.events()).as("a alone is no area").hasSize(5);
    }

    @Test
    void silenceOfAStationEndsNothingAndOfAllMakesItStale() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.no2(Map.of("a", 250, "b", 250));
        life.no2(Map.of("a", 250, "b", 250));
        life.no2(Map.of("a", 250));
        assertThat(life.events()).hasSize(1);
        life.city().clockSteadilyTo(at(12), Duration.ofMinutes(1));

        assertThat(life.events())
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.STALE);
    }

    @Test
    void aRuleThatEndsWhileNobodyMeasuresEndsItsEpisodesThere() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.no2(Map.of("a", 250, "b", 250));
        life.no2(Map.of("a", 250, "b", 250));
        life.city()
                .add(RuleCodec.readDocument(NO2_RULE + "mode: deleted").get(0).withVersion(2, at(6)));
        life.city().clockSteadilyTo(at(14), Duration.ofMinutes(1));

        assertThat(life.events()).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.reason()).isEqualTo("rule-off");
            assertThat(event.endedAt()).isEqualTo(at(6));
        });
        assertThat(life.events())
                .filteredOn(event -> event.transition() == Transition.CLOSED)
                .hasSize(1);
    }

    @Test
    void aRuleThatIsToldToOthersWhileNobodyMeasuresGoesOnAndSaysSo() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.no2(Map.of("a", 250, "b", 250));
        life.no2(Map.of("a", 250, "b", 250));
        life.city()
                .add(RuleCodec.readDocument(NO2_RULE + "labels: {team: night}")
                        .get(0)
                        .withVersion(2, at(4)));
        life.city().clockSteadilyTo(at(14), Duration.ofMinutes(1));

        assertThat(life.events())
                .filteredOn(event -> event.reason().equals("rule-revised"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.at()).isEqualTo(at(4));
                    assertThat(event.labels()).containsEntry("team", "night");
                    assertThat(event.episodeId()).isEqualTo(life.events().get(0).episodeId());
                });
        assertThat(life.events()).noneMatch(event -> event.transition() == Transition.CLOSED);
    }

    @Test
    void lateHoursOfAStationCorrectTheDistrict() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.no2(Map.of("a", 250));
        life.no2(Map.of("a", 250));
        life.no2(Map.of("a", 250));
        assertThat(life.events()).isEmpty();
        for (int late = 0; late < 3; late++) {
            life.city().hour("b", at(late), StationValues.of("no2UgM3", 250));
        }
        life.city().clockSteadilyTo(at(3).plusSeconds(180), Duration.ofSeconds(5));

        assertThat(life.events()).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.startedAt()).isEqualTo(at(0));
        });
    }

    @Test
    void aRuleThatEndsOrChangesEndsItsEpisodes() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.no2(Map.of("a", 250, "b", 250));
        life.no2(Map.of("a", 250, "b", 250));
        Rule changed = RuleCodec.readDocument(
                        NO2_RULE.replace("above: 200 ug/m3\nconsecutive", "above: 210 ug/m3\nconsecutive"))
                .get(0)
                .withVersion(2, at(2));
        life.city().add(changed);
        life.no2(Map.of("a", 250, "b", 250));
        life.no2(Map.of("a", 250, "b", 250));
        life.city()
                .add(RuleCodec.readDocument(NO2_RULE + "mode: deleted").get(0).withVersion(3, at(4)));
        life.no2(Map.of("a", 250, "b", 250));

        assertThat(life.events())
                .extracting(CityEvent::transition, CityEvent::reason, CityEvent::startedAt)
                .containsExactly(
                        tuple(Transition.OPENED, "neighbours-above", at(0)),
                        tuple(Transition.CLOSED, "rule-changed", at(0)),
                        tuple(Transition.OPENED, "neighbours-above", at(2)),
                        tuple(Transition.CLOSED, "rule-off", at(2)));
    }

    @Test
    void levelsOfAnIndexAndMeansOfADayAreSharedToo() throws Exception {
        life.rule("""
                id: bad-air
                kind: air-index
                index: european
                enter: {level-at-least: poor, for: PT1H}
                exit: {level-at-most: moderate, for: PT2H}
                severity: {moderate: {level-at-least: poor}, severe: {level-at-least: very-poor}}
                """);
        life.rule(
                "{id: day, kind: air-exceedance, pollutant: no2, above: 100 ug/m3, averaging: day, consecutive-days: 1}");
        life.row("ab");
        for (int i = 0; i < 24; i++) {
            // The same value for a day would be a sensor that is stuck.
            int more = i % 2 == 0 ? 1 : -1;
            life.no2(Map.of("a", 120 + more, "b", i < 23 ? 110 + more : 61));
        }

        Map<String, CityEvent> byRule = new TreeMap<>();
        life.events().forEach(event -> byRule.put(event.rule().id(), event));
        assertThat(byRule).containsOnlyKeys("bad-air", "day");
        assertThat(byRule.get("bad-air")).satisfies(event -> {
            assertThat(event.startedAt()).isEqualTo(at(0));
            assertThat(event.summary())
                    .startsWith("European air quality index poor or worse at 2 neighbouring stations in testville");
            assertThat(event.evidence()
                            .path("threshold")
                            .path("enterLevelAtLeast")
                            .asText())
                    .isEqualTo("poor");
        });
        assertThat(byRule.get("day")).satisfies(event -> {
            assertThat(event.startedAt()).isEqualTo(at(0));
            assertThat(event.at()).isEqualTo(at(24));
            assertThat(event.evidence().path("observed").path("value").asDouble())
                    .isEqualTo(120);
        });
    }
}

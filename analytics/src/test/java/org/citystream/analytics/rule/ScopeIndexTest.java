package org.citystream.analytics.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.RuleCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A place meets the rules that may cover it and none of the others, however many there are. */
class ScopeIndexTest {
    private static final String ROAD_RULE = "{id: r, kind: threshold, metric: traffic.occupancy, window: PT1M, "
            + "enter: {above: 0.5}, exit: {below: 0.3}, scope: {%s}}";
    private static final String AIR_RULE = "{id: r, kind: threshold, metric: air.temperatureC, window: PT1H, "
            + "enter: {above: 30}, exit: {below: 29}, scope: {%s}}";

    private final ScopeIndex index = new ScopeIndex();

    private void add(String ruleId, String document, String scope) throws InvalidRuleException {
        index.add(RuleCodec.readDocument(document.formatted(scope)).get(0).scope(), ruleId);
    }

    private void road(String ruleId, String scope) throws InvalidRuleException {
        add(ruleId, ROAD_RULE, scope);
    }

    private void air(String ruleId, String scope) throws InvalidRuleException {
        add(ruleId, AIR_RULE, scope);
    }

    private static Place road(String segmentId, @Nullable String corridorId, double longitude, double latitude) {
        return new Place(
                SensorKind.TRAFFIC, segmentId, "lindholm", corridorId, null, new GeoPoint(latitude, longitude));
    }

    @Test
    void idsTellMoreThanCorridorsTheseMoreThanPolygonsAndCities() throws InvalidRuleException {
        road("segment", "road-segments: [ring-1], corridors: [ring], city: lindholm");
        road("corridor", "corridors: [ring], city: lindholm");
        road("polygon", "polygon: [[12, 57], [12.1, 57], [12, 57.1]], city: lindholm");
        road("city", "city: lindholm");
        road("anywhere", "");

        assertThat(index.candidates(road("ring-1", "ring", 12.05, 57.05)))
                .containsExactly("anywhere", "city", "corridor", "polygon", "segment");
        assertThat(index.candidates(road("harbour", "ring", 13, 58))).containsExactly("anywhere", "city", "corridor");
        assertThat(index.candidates(road("harbour", null, 12.05, 57.05)))
                .containsExactly("anywhere", "city", "polygon");
        assertThat(index.candidates(Place.unregistered(SensorKind.TRAFFIC, "ring-1", null)))
                .containsExactly("anywhere", "segment");
    }

    @Test
    void stationsAreFoundByIdOrSetting() throws InvalidRuleException {
        air("station", "stations: [park], settings: [urban]");
        air("setting", "settings: [urban, rural]");

        assertThat(index.candidates(new Place(SensorKind.AIR, "park", null, null, Setting.TRAFFIC, null)))
                .containsExactly("station");
        assertThat(index.candidates(new Place(SensorKind.AIR, "street", null, null, Setting.RURAL, null)))
                .containsExactly("setting");
        assertThat(index.candidates(new Place(SensorKind.AIR, "street", null, null, null, null)))
                .isEmpty();
    }

    @Test
    void patternsAreFoundByWhatIdsBeginWith() throws InvalidRuleException {
        road("ring", "road-segments: [\"ring-*\"]");
        road("ring-12", "road-segments: [\"ring-12*\", \"quay*\"]");
        road("endings", "road-segments: [\"*-12\", harbour], city: oslo");

        assertThat(index.candidates(road("ring-1", null, 0, 0))).containsExactly("ring");
        assertThat(index.candidates(road("ring-123", null, 0, 0))).containsExactly("ring", "ring-12");
        assertThat(index.candidates(road("quay", null, 0, 0))).containsExactly("ring-12");
        assertThat(index.candidates(road("harbour", null, 0, 0)))
                .as("a pattern that begins with anything leaves the city to tell")
                .isEmpty();
        assertThat(index.candidates(new Place(SensorKind.TRAFFIC, "x", "oslo", null, null, null)))
                .containsExactly("endings");
    }

    @Test
    void aPolygonIsMetWithinAHundredthOfADegreeOfItsBox() throws InvalidRuleException {
        road("box", "polygon: [[-0.005, -0.005], [0.025, -0.005], [0.025, 0.015], [-0.005, 0.015]]");

        for (double longitude : new double[] {-0.005, 0, 0.01, 0.025}) {
            for (double latitude : new double[] {-0.005, 0, 0.015}) {
                assertThat(index.candidates(road("r", null, longitude, latitude)))
                        .as("%s %s", longitude, latitude)
                        .containsExactly("box");
            }
        }
        assertThat(index.candidates(road("r", null, -0.0101, 0))).isEmpty();
        assertThat(index.candidates(road("r", null, 0.0301, 0))).isEmpty();
        assertThat(index.candidates(road("r", null, 0, -0.0101))).isEmpty();
        assertThat(index.candidates(road("r", null, 0, 0.0201))).isEmpty();
    }

    /** A grid of 64 by 64 cells is the largest. */
    @Test
    void aPolygonTooLargeForTheGridLeavesTheCityToTell() throws InvalidRuleException {
        road("largest", "polygon: [[0.005, 0.005], [0.635, 0.005], [0.635, 0.635]], city: oslo");
        road("wider", "polygon: [[0.005, 0.005], [0.645, 0.005], [0.645, 0.635]], city: oslo");
        road("taller", "polygon: [[0.005, 0.005], [0.635, 0.005], [0.635, 0.645]], city: oslo");

        assertThat(index.candidates(road("r", null, 0.3, 0.3))).containsExactly("largest");
        assertThat(index.candidates(new Place(SensorKind.TRAFFIC, "r", "oslo", null, null, null)))
                .containsExactly("taller", "wider");
    }
}

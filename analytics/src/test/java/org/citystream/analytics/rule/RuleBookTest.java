package org.citystream.analytics.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final String CROWDED = "{id: %s, kind: threshold, metric: traffic.occupancy, window: PT1M, "
            + "enter: {above: 0.5}, exit: {below: 0.3}%s}";

    private final RuleBook book = new RuleBook();

    @Test
    void aPaneIsDecidedByTheVersionInForceAtItsStart() throws InvalidRuleException {
        Rule rule = rule("r", "");
        SubjectProfile road = road("a", "");
        book.apply(rule("r", ", mode: off").withVersion(3, EIGHT.plusSeconds(120)));
        book.apply(rule.withVersion(2, EIGHT.plusSeconds(60)));
        book.apply(rule.withVersion(1, EIGHT));

        assertThat(versions(road, EIGHT.minusMillis(1))).isEmpty();
        assertThat(versions(road, EIGHT)).containsExactly(1);
        assertThat(versions(road, EIGHT.plusSeconds(60))).containsExactly(2);
        assertThat(versions(road, EIGHT.plusSeconds(120))).isEmpty();
    }

    @Test
    void ofTwoVersionsFromTheSameMinuteTheHigherDecides() throws InvalidRuleException {
        Rule rule = rule("r", "");
        book.apply(rule.withVersion(2, EIGHT));
        book.apply(rule.withVersion(1, EIGHT));

        assertThat(versions(road("a", ""), EIGHT)).containsExactly(2);
    }

    @Test
    void aFingerprintChangesOnlyForWhomTheVersionIsAboutAndWhenItHolds() throws InvalidRuleException {
        SubjectProfile here = road("here", "");
        SubjectProfile there = road("there", "");
        book.apply(rule("r", ", scope: {road-segments: [here]}").withVersion(1, EIGHT));
        long before = book.fingerprint(here, EIGHT.toEpochMilli());
        long after = book.fingerprint(here, EIGHT.toEpochMilli() + 1);
        long elsewhere = book.fingerprint(there, Long.MAX_VALUE);
        book.apply(rule("r", ", scope: {road-segments: [here]}, mode: off").withVersion(2, EIGHT));

        assertThat(book.fingerprint(here, EIGHT.toEpochMilli())).isEqualTo(before);
        assertThat(book.fingerprint(here, EIGHT.toEpochMilli() + 1)).isNotEqualTo(after);
        assertThat(book.fingerprint(there, Long.MAX_VALUE)).isEqualTo(elsewhere);
    }

    @Test
    void aVersionThatIsKnownIsNoChange() throws InvalidRuleException {
        Rule rule = rule("r", "").withVersion(1, EIGHT);
        assertThat(book.apply(rule)).isTrue();
        assertThat(book.apply(rule)).isFalse();
        assertThat(book.apply(rule.withVersion(2, EIGHT))).isTrue();
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void aRuleDecidesWhileItsScheduleIsOn() throws InvalidRuleException {
        book.apply(rule("r", ", schedule: {days: [mon], from: \"08:00\", to: \"09:00\", time-zone: UTC}")
                .withVersion(1, EIGHT.minusSeconds(86_400)));
        SubjectProfile road = road("a", "");

        assertThat(versions(road, EIGHT.minusSeconds(60))).isEmpty();
        assertThat(versions(road, EIGHT)).containsExactly(1);
        assertThat(versions(road, EIGHT.plusSeconds(3600))).isEmpty();
    }

    @Test
    void rulesAreGivenOnlyToThoseTheyAreAbout() throws InvalidRuleException {
        book.apply(rule("full-road", "").withVersion(1, EIGHT));
        book.apply(document("{id: slow, kind: congestion, enter: {speed-ratio-below: 0.5, for: PT3M}, "
                + "exit: {speed-ratio-above: 0.7, for: PT5M}}"));
        book.apply(document("{id: frost, kind: threshold, metric: air.temperatureC, window: PT2H, "
                + "enter: {below: 0}, exit: {above: 1}}"));
        book.apply(document("{id: rise, kind: air-rapid-rise, pollutant: pm25, "
                + "rise: {at-least: 20 ug/m3, within: PT3H, sigmas: 4}}"));
        book.apply(document("{id: trouble, kind: sensor-health, states: [silent], for: PT10M}"));

        SubjectProfile road = road("a", "");
        SubjectProfile station = profile(SensorKind.AIR, "a", "");
        assertThat(ids(book.rulesFor(road, EIGHT))).containsExactly("full-road", "slow");
        assertThat(ids(book.rulesFor(station, EIGHT))).containsExactly("frost", "rise");
        assertThat(ids(book.healthRulesFor("s1", Place.of(road), EIGHT))).containsExactly("trouble");
        assertThat(book.evaluations()).as("each time counted").isEqualTo(5);
        assertThat(book.fingerprint(road, Long.MAX_VALUE)).isNotEqualTo(book.fingerprint(station, Long.MAX_VALUE));
    }

    @Test
    void aVersionAboutOthersEndsWhatItDecidedBefore() throws InvalidRuleException {
        SubjectProfile road = road("a", "");
        book.apply(rule("r", "").withVersion(1, EIGHT));
        long before = book.fingerprint(road, Long.MAX_VALUE);
        assertThat(versions(road, EIGHT.plusSeconds(60))).containsExactly(1);

        book.apply(document("{id: r, kind: threshold, metric: air.temperatureC, window: PT2H, "
                        + "enter: {below: 0}, exit: {above: 1}}")
                .withVersion(2, EIGHT.plusSeconds(60)));

        assertThat(versions(road, EIGHT)).containsExactly(1);
        assertThat(versions(road, EIGHT.plusSeconds(60))).isEmpty();
        assertThat(book.fingerprint(road, Long.MAX_VALUE)).isNotEqualTo(before);
    }

    @Test
    void aVersionThatNoLongerCoversThePlaceEndsWhatItDecidedBefore() throws InvalidRuleException {
        SubjectProfile road = road("a", "");
        book.apply(rule("r", "").withVersion(1, EIGHT));
        book.apply(rule("r", ", scope: {road-segments: [b]}").withVersion(2, EIGHT.plusSeconds(60)));

        assertThat(versions(road, EIGHT)).containsExactly(1);
        assertThat(versions(road, EIGHT.plusSeconds(60))).isEmpty();
    }

    @Test
    void aFingerprintDoesNotDependOnTheOrderInWhichVersionsArrive() throws InvalidRuleException {
        SubjectProfile road = road("a", "");
        Rule later = rule("a", "").withVersion(1, EIGHT.plusSeconds(3600));
        Rule earlier = rule("b", "").withVersion(1, EIGHT);
        book.apply(later);
        book.apply(earlier);
        RuleBook other = new RuleBook();
        other.apply(earlier);
        long upTo = EIGHT.plusSeconds(60).toEpochMilli();

        assertThat(book.fingerprint(road, upTo))
                .as("what comes later has no part in it")
                .isEqualTo(other.fingerprint(road, upTo));
        other.apply(later);
        assertThat(book.fingerprint(road, Long.MAX_VALUE)).isEqualTo(other.fingerprint(road, Long.MAX_VALUE));
    }

    @Test
    void aRoadThatMovesToAnotherCorridorIsCoveredThere() throws InvalidRuleException {
        book.apply(rule("r", ", scope: {corridors: [ring]}").withVersion(1, EIGHT));

        assertThat(versions(road("a", ",'corridorId':'quay'"), EIGHT)).isEmpty();
        assertThat(versions(road("a", ",'corridorId':'ring'"), EIGHT)).containsExactly(1);
        assertThat(versions(road("a", ",'corridorId':'quay'"), EIGHT)).isEmpty();
    }

    @Test
    void aSensorIsCoveredWhereItStandsNow() throws InvalidRuleException {
        book.apply(document("{id: trouble, kind: sensor-health, states: [silent], for: PT10M, "
                + "scope: {road-segments: [ring-1]}}"));
        Place ring = Place.unregistered(SensorKind.TRAFFIC, "ring-1", null);
        Place harbour = Place.unregistered(SensorKind.TRAFFIC, "harbour", null);

        assertThat(ids(book.healthRulesFor("s1", ring, EIGHT))).containsExactly("trouble");
        assertThat(book.healthRulesFor("s1", harbour, EIGHT)).isEmpty();
        assertThat(ids(book.healthRulesFor("s1", ring, EIGHT))).containsExactly("trouble");
    }

    @Test
    void aRuleForASettingCoversItsStationsAlone() throws InvalidRuleException {
        book.apply(document("{id: frost, kind: threshold, metric: air.temperatureC, window: PT2H, "
                + "enter: {below: 0}, exit: {above: 1}, scope: {settings: [traffic, urban]}}"));
        book.apply(document("{id: heat, kind: threshold, metric: air.temperatureC, window: PT2H, "
                + "enter: {above: 30}, exit: {below: 29}, scope: {stations: [park]}}"));

        assertThat(ids(book.rulesFor(profile(SensorKind.AIR, "street", ",'setting':'traffic'"), EIGHT)))
                .containsExactly("frost");
        assertThat(ids(book.rulesFor(profile(SensorKind.AIR, "park", ",'setting':'rural'"), EIGHT)))
                .containsExactly("heat");
        assertThat(book.rulesFor(profile(SensorKind.AIR, "unknown", ""), EIGHT)).isEmpty();
    }

    private static List<String> ids(List<Rule> rules) {
        return rules.stream().map(Rule::id).toList();
    }

    /** In force from eight. */
    private static Rule document(String document) throws InvalidRuleException {
        return RuleCodec.readDocument(document).get(0).withVersion(1, EIGHT);
    }

    /** The index may only ever be quicker than asking every rule. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theIndexFindsTheRulesWhoseScopesCoverAPlaceAndNoOthers(long seed) throws InvalidRuleException {
        Random random = new Random(seed);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Rule rule = rule("r" + i, ", scope: {" + scope(random) + "}").withVersion(1, EIGHT);
            rules.add(rule);
            book.apply(rule);
        }
        for (int i = 0; i < 100; i++) {
            SubjectProfile road = road(
                    random.nextInt(3) + "-road-" + random.nextInt(10),
                    String.format(
                            Locale.ROOT,
                            ",'corridorId':'ring-%d','location':{'longitude':%.3f,'latitude':%.3f}",
                            random.nextInt(4),
                            12 + random.nextDouble(),
                            57 + random.nextDouble()));
            List<String> covering = rules.stream()
                    .filter(rule -> Place.of(road).isCoveredBy(rule.scope()))
                    .map(Rule::id)
                    .sorted()
                    .toList();

            assertThat(book.rulesFor(road, EIGHT))
                    .as("seed %d, %s", seed, road)
                    .extracting(Rule::id)
                    .isEqualTo(covering);
        }
    }

    private static String scope(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "road-segments: [\"" + random.nextInt(3) + "-road-*\"]";
            case 1 -> "road-segments: [\"*-" + random.nextInt(10) + "\"], corridors: [ring-" + random.nextInt(4) + "]";
            case 2 -> "corridors: [ring-" + random.nextInt(4) + ", ring-" + random.nextInt(4) + "]";
            case 3 -> "city: " + (random.nextBoolean() ? "testville" : "elsewhere");
            case 4 -> "corridors: [\"*\"], " + polygon(random, 0.2);
            default -> polygon(random, random.nextInt(5) == 0 ? 5 : 0.3);
        };
    }

    private static String polygon(Random random, double width) {
        double west = 12 + random.nextDouble();
        double south = 57 + random.nextDouble();
        return String.format(
                Locale.ROOT,
                "polygon: [[%1$.4f, %2$.4f], [%3$.4f, %2$.4f], [%1$.4f, %4$.4f]]",
                west,
                south,
                west + width,
                south + width);
    }

    private List<Integer> versions(SubjectProfile road, Instant at) {
        return book.rulesFor(road, at).stream().map(Rule::version).toList();
    }

    private static Rule rule(String id, String more) throws InvalidRuleException {
        return RuleCodec.readDocument(CROWDED.formatted(id, more)).get(0);
    }

    private static SubjectProfile road(String id, String attributes) {
        return profile(SensorKind.TRAFFIC, id, attributes);
    }

    private static SubjectProfile profile(SensorKind kind, String id, String attributes) {
        SensorLog sensors = new SensorLog();
        String json = "{'sensorId':'" + id + "','kind':'" + kind.wireName() + "','cityId':'testville','version':1"
                + attributes + "}";
        sensors.apply(JsonCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Sensor.class));
        return sensors.profile(kind, id, EIGHT.toEpochMilli());
    }
}

package org.citystream.analytics.district;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citystream.analytics.district.DistrictLife.MIDNIGHT;
import static org.citystream.analytics.district.DistrictLife.NO2_RULE;
import static org.citystream.analytics.district.DistrictLife.at;
import static org.citystream.analytics.district.Station.CITY;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.analytics.pane.Codecs;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.Written;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

/** What the kernel asks of a district: silence, retirement, what changes its decisions, and its state in bytes. */
class DistrictFoldTest {
    private final SensorLog sensors = new SensorLog();
    private final RuleBook rules = new RuleBook();
    private final DistrictFold fold = new DistrictFold(sensors, rules);
    private final DistrictLife life = new DistrictLife();

    private static Sensor station(String id, int everySeconds) {
        return new Station(id, null, null).sensor(everySeconds);
    }

    @Test
    void itIsSilentAfterThreeOfItsLongestIntervalsAndNeverBeforeThreeHours() {
        assertThat(fold.silentAfterMillis(CITY, MIDNIGHT))
                .isEqualTo(Duration.ofHours(3).toMillis());
        sensors.apply(station("a", 600));
        assertThat(fold.silentAfterMillis(CITY, MIDNIGHT))
                .isEqualTo(Duration.ofHours(3).toMillis());
        sensors.apply(station("b", 2 * 3600));
        assertThat(fold.silentAfterMillis(CITY, MIDNIGHT))
                .isEqualTo(Duration.ofHours(6).toMillis());
    }

    @Test
    void itIsGoneOnceItsLastStationIs() {
        sensors.apply(station("a", 3600));
        sensors.apply(station("b", 3600));
        sensors.apply(station("a", 3600).asRetired().withVersion(2, at(1)));
        assertThat(fold.retiredSince(CITY)).isEqualTo(Long.MAX_VALUE);
        sensors.apply(station("b", 3600).asRetired().withVersion(2, at(2)));

        assertThat(fold.retiredSince(CITY)).isEqualTo(at(2).toEpochMilli());
        assertThat(fold.retiredAt(CITY, at(0).toEpochMilli(), at(5).toEpochMilli()))
                .isEqualTo(at(2).toEpochMilli());
    }

    @Test
    void onlyWhatCouldHaveDecidedChangesTheFingerprint() throws Exception {
        long empty = fold.controlFingerprint(CITY, at(1));
        sensors.apply(station("a", 3600));
        long one = fold.controlFingerprint(CITY, at(1));
        sensors.apply(station("b", 3600));
        long two = fold.controlFingerprint(CITY, at(1));
        rules.apply(DistrictRules.rule(NO2_RULE));
        long ruled = fold.controlFingerprint(CITY, at(1));
        rules.apply(DistrictRules.rule(NO2_RULE + "mode: deleted", 2, at(1)));

        assertThat(List.of(empty, one, two, ruled)).doesNotHaveDuplicates();
        assertThat(fold.controlFingerprint(CITY, at(1)))
                .as("a version from one o'clock on says nothing of the time before")
                .isEqualTo(ruled);
        assertThat(fold.controlFingerprint(CITY, at(2))).isNotEqualTo(ruled);
    }

    @Test
    void itRestsOnWhatStationsSayOfReadingsOfTheAir() {
        assertThat(fold.readingsTopic()).isEqualTo("city.readings.air.v1");
        assertThat(fold.takesParts()).isTrue();
        assertThat(fold.expectedAfter(CITY, MIDNIGHT)).isZero();
    }

    @Test
    void cleanAirLeavesNothingToRemember() throws Exception {
        sensors.apply(station("a", 3600));
        rules.apply(DistrictRules.rule(NO2_RULE));

        assertThat(fold.next(CITY, fold.initial(), MIDNIGHT, new Pane()).state().areas())
                .isEmpty();
    }

    @Test
    void aRuleThatComesWhileAnotherHasAnEpisodeOpenChangesNothingInSilence() throws Exception {
        life.rule(NO2_RULE);
        life.row("ab");
        life.above("ab", "ab");
        life.above("ab", "ab");
        life.rule(NO2_RULE.replace("id: no2", "id: another"), 1, at(4));
        life.city().clockSteadilyTo(at(12), Duration.ofMinutes(1));

        assertThat(life.events())
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.STALE);
        assertThat(life.last().cityId()).isEqualTo(CITY);
    }

    @Test
    void aStateComesBackFromBytes() throws Exception {
        life.rule(NO2_RULE);
        life.row("abcde");
        life.above("abcde", "abde");
        life.above("abcde", "abcde");
        TreeMap<String, Hysteresis> standings = new TreeMap<>();
        standings.put("c", Hysteresis.QUIET);
        DistrictState state = new DistrictState(new TreeMap<>(Map.of(
                "no2",
                new Areas(
                        7,
                        42,
                        standings,
                        List.of(
                                new Area(life.events().get(0), members("ab")),
                                new Area(life.events().get(1), members("de")))))));
        byte[] bytes = Written.bytes(fold.codec(), state);

        DistrictState back = Written.read(fold.codec(), bytes);
        assertThat(Written.bytes(fold.codec(), back)).isEqualTo(bytes);
        assertThat(back.areas()).containsOnlyKeys("no2").extractingByKey("no2").satisfies(areas -> {
            assertThat(areas.version()).isEqualTo(7);
            assertThat(areas.conditionKey()).isEqualTo(42);
            assertThat(areas.standings()).isEqualTo(standings);
            assertThat(areas.open()).extracting(Area::members).containsExactly(members("ab"), members("de"));
        });
        assertThat(fold.openEpisodes(back))
                .extracting(event -> new String(JsonCodec.write(event), UTF_8))
                .containsExactlyElementsOf(life.events().stream()
                        .map(event -> new String(JsonCodec.write(event), UTF_8))
                        .toList());
        assertThat(fold.codec().copy(state)).isSameAs(state);
    }

    private static TreeSet<String> members(String ids) {
        return new TreeSet<>(List.of(ids.split("")));
    }

    @Test
    void bytesOfAnotherVersionAreRefused() throws Exception {
        byte[] bytes = Written.bytes(fold.codec(), fold.initial());
        bytes[0]++;

        assertThatThrownBy(() -> Written.read(fold.codec(), bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("district");
    }

    @Test
    void anAreaWithoutAnEventIsRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Codecs.writeEvent(new DataOutputStream(bytes), null);
        bytes.write(0);

        assertThatThrownBy(() -> Area.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isInstanceOf(IOException.class)
                .hasMessage("an area without an event");
    }
}

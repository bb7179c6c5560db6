package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.SensorWatcher.Outcome;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The alarm about a sensor that fell silent at 08:03, of three missed minutes: what it says, and what becomes of it as rules change. */
class SensorAlarmTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant SILENT = EIGHT.plusSeconds(180);
    private static final Instant ALARM = SILENT.plusSeconds(600);
    private static final Instant LATER = EIGHT.plusSeconds(3600);
    private static final long SINCE = EIGHT.minus(Duration.ofDays(1)).toEpochMilli();
    private static final Rule RULE = rule("for: PT10M, labels: {team: roads}");

    private final List<CityEvent> events = new ArrayList<>();
    private @Nullable Sensor registered = sensor(
            "\"name\":\"Ring east\",\"expectedIntervalSeconds\":60,\"location\":{\"latitude\":57.7,\"longitude\":11.9},");
    private SensorWatch watch = SensorWatch.NEW;

    private static Sensor sensor(String more) {
        return JsonCodec.read(
                ("{\"sensorId\":\"loop-1\",\"kind\":\"traffic\",\"cityId\":\"lindholm\"," + more + "\"version\":1}")
                        .getBytes(StandardCharsets.UTF_8),
                Sensor.class);
    }

    private static Rule rule(String more) {
        try {
            return RuleCodec.readDocument(
                            "{id: trouble, kind: sensor-health, states: [silent], severity: minor, " + more + "}")
                    .get(0)
                    .withVersion(1, Instant.EPOCH);
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private void reading(Instant at, @Nullable String cityId) {
        Observation observation = new Observation(
                "all-traffic",
                at.toEpochMilli(),
                at.toEpochMilli(),
                Identity.NO_BOOT,
                new TreeMap<>(Map.of("vehicleCount", 12.0 + at.getEpochSecond() % 7, "averageSpeedKmh", 48.0)));
        watch = watch.withReading(SensorTrust.observe(watch.record(), observation), cityId);
    }

    private Outcome look(Instant clock, Rule... rules) {
        Outcome outcome = new SensorWatcher("loop-1", SensorKind.TRAFFIC, registered)
                .look(watch, clock.toEpochMilli(), SINCE, List.of(rules));
        watch = outcome.watch();
        events.addAll(outcome.events());
        return outcome;
    }

    private CityEvent alarm() {
        reading(EIGHT, "elsewhere");
        look(EIGHT, RULE);
        look(SILENT.plusMillis(1), RULE);
        look(ALARM, RULE);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private CityEvent last() {
        return events.get(events.size() - 1);
    }

    @Test
    void theAlarmSaysWhatIsWrongSinceWhenAndByWhatItWasDecided() {
        CityEvent alarm = alarm();
        JsonNode evidence = alarm.evidence();

        assertThat(evidence.path("state").asText()).isEqualTo("silent");
        assertThat(evidence.path("finding").asText()).isEqualTo("no reading since 2026-11-23T08:00:00Z");
        assertThat(evidence.path("since").asText()).isEqualTo("2026-11-23T08:03:00Z");
        assertThat(evidence.path("observed")).hasToString("{\"name\":\"trust\",\"value\":0.0,\"unit\":\"1\"}");
        assertThat(evidence.path("lasting").asText()).isEqualTo("PT10M");
        assertThat(evidence.path("uploadIntervalSeconds").asDouble()).isEqualTo(60);
        assertThat(evidence.path("findings"))
                .hasToString("[{\"kind\":\"silent\",\"credit\":0.0,\"since\":\"2026-11-23T08:03:00Z\","
                        + "\"detail\":\"no reading since 2026-11-23T08:00:00Z\"}]");
        assertThat(alarm.cityId()).as("the registry's word counts more").isEqualTo("lindholm");
        assertThat(alarm.location()).isNotNull();
        assertThat(alarm.labels()).containsExactly(Map.entry("team", "roads"));
        assertThat(alarm.rule().id()).isEqualTo("trouble");
        assertThat(alarm.reason()).isEqualTo("dwell-completed");
        assertThat(alarm.revision()).isEqualTo(1);
    }

    @Test
    void aStrangersAlarmNamesItsOwnCityAndTheIntervalItHasShown() {
        registered = null;
        for (int minute = -9; minute <= 0; minute++) {
            reading(EIGHT.plusSeconds(60L * minute), "elsewhere");
        }
        look(EIGHT, RULE);
        look(ALARM, RULE);

        assertThat(events).singleElement().satisfies(alarm -> {
            assertThat(alarm.cityId()).isEqualTo("elsewhere");
            assertThat(alarm.subject().name()).isNull();
            assertThat(alarm.location()).isNull();
            assertThat(alarm.evidence().path("uploadIntervalSeconds").asDouble())
                    .isEqualTo(60);
        });
    }

    @Test
    void whereNobodySaysTheCityItIsUnknown() {
        registered = null;
        for (int minute = -9; minute <= 0; minute++) {
            reading(EIGHT.plusSeconds(60L * minute), null);
        }
        look(EIGHT, RULE);
        look(ALARM, RULE);

        assertThat(events).singleElement().extracting(CityEvent::cityId).isEqualTo("unknown");
    }

    @Test
    void theAlarmIsDueAfterTenMinutesAndNotAMillisecondBefore() {
        reading(EIGHT, null);
        look(EIGHT, RULE);
        Outcome silent = look(SILENT.plusMillis(1), RULE);
        assertThat(silent.nextLook())
                .as("rules may change at the next minute")
                .isEqualTo(SILENT.plusSeconds(60).toEpochMilli());
        look(ALARM.minusMillis(1), RULE);
        assertThat(events).isEmpty();
        look(ALARM, RULE);
        assertThat(events).extracting(CityEvent::at).containsExactly(ALARM);
        look(ALARM.plusSeconds(60), RULE);
        assertThat(events).as("told once").hasSize(1);
    }

    @Test
    void anAlarmThatIsDueWithinTheMinuteIsLookedForThen() {
        Rule quick = rule("for: PT30S");
        reading(EIGHT, null);
        look(EIGHT, quick);

        assertThat(look(SILENT.plusMillis(1), quick).nextLook())
                .isEqualTo(SILENT.plusSeconds(30).toEpochMilli());
    }

    @Test
    void anAlarmEndsWithItsRule() {
        CityEvent alarm = alarm();
        look(LATER);

        assertThat(events).hasSize(2);
        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(last().reason()).isEqualTo("rule-off");
        assertThat(last().endedAt()).isEqualTo(LATER);
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().episodeId()).isEqualTo(alarm.episodeId());
        assertThat(watch.troubles()).isEmpty();
    }

    @Test
    void aRuleThatLooksForSomethingElseEndsTheAlarmAndAnotherBeginsWithIt() {
        alarm();
        Rule longer = rule("for: PT20M, labels: {team: roads}").withVersion(2, LATER);
        look(LATER, longer);
        assertThat(events).hasSize(2);
        assertThat(last().reason()).isEqualTo("rule-changed");
        assertThat(last().endedAt()).isEqualTo(LATER);

        look(LATER.plusSeconds(1199), longer);
        assertThat(events).as("a rule knows nothing of the time before it").hasSize(2);
        look(LATER.plusSeconds(1200), longer);
        assertThat(last().transition()).isEqualTo(Transition.OPENED);
        assertThat(last().at()).isEqualTo(LATER.plusSeconds(1200));
        assertThat(last().startedAt()).isEqualTo(SILENT);
        assertThat(last().rule().version()).isEqualTo(2);
    }

    @Test
    void aRuleThatTellsOthersIsToldOnceAndTheAlarmGoesOn() {
        CityEvent alarm = alarm();
        Rule shadow = rule("for: PT10M, labels: {team: night}, mode: shadow").withVersion(2, LATER);
        look(LATER, shadow);
        look(LATER.plusSeconds(60), shadow);

        assertThat(events).hasSize(2);
        assertThat(last().transition()).isEqualTo(Transition.UPDATED);
        assertThat(last().reason()).isEqualTo("rule-revised");
        assertThat(last().at()).isEqualTo(LATER);
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().episodeId()).isEqualTo(alarm.episodeId());
        assertThat(last().labels()).containsExactly(Map.entry("team", "night"));
        assertThat(last().rule().mode()).isEqualTo(RuleMode.SHADOW);
        assertThat(last().rule().version()).isEqualTo(2);
        assertThat(watch.troubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.version()).isEqualTo(2);
            assertThat(trouble.startedAt()).isEqualTo(SILENT.toEpochMilli());
        });
    }

    @Test
    void aVersionThatSaysTheSameIsNotTold() {
        alarm();
        look(LATER, RULE.withVersion(2, LATER));
        assertThat(events).hasSize(1);
        assertThat(watch.troubles())
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.version()).isEqualTo(2));
    }

    @Test
    void whatHasNotBecomeAnAlarmYetEndsUntold() {
        reading(EIGHT, null);
        look(EIGHT, RULE);
        look(SILENT.plusMillis(1), RULE);
        assertThat(SensorWatcher.retired(watch, LATER.toEpochMilli())).isEmpty();

        look(SILENT.plusSeconds(60));
        assertThat(events).isEmpty();
        assertThat(watch.troubles()).isEmpty();
    }

    @Test
    void nobodyWatchesARetiredSensor() {
        CityEvent alarm = alarm();

        assertThat(SensorWatcher.retired(watch, LATER.toEpochMilli()))
                .singleElement()
                .satisfies(ended -> {
                    assertThat(ended.transition()).isEqualTo(Transition.CLOSED);
                    assertThat(ended.reason()).isEqualTo("subject-retired");
                    assertThat(ended.at()).isEqualTo(LATER);
                    assertThat(ended.endedAt()).isEqualTo(LATER);
                    assertThat(ended.revision()).isEqualTo(2);
                    assertThat(ended.episodeId()).isEqualTo(alarm.episodeId());
                });
    }

    @Test
    void nothingIsSaidOfAnUnheardSensorBeforeIntakeIsKnownToBeWhole() {
        Outcome outcome = new SensorWatcher("loop-1", SensorKind.TRAFFIC, registered)
                .look(SensorWatch.NEW, EIGHT.toEpochMilli(), Long.MIN_VALUE, List.of(RULE));

        assertThat(outcome).isEqualTo(new Outcome(SensorWatch.NEW, null, List.of(), SensorWatch.NEVER));
    }

    @Test
    void aSensorWhoseIntervalNobodyDeclaredIsMissedByTheOneItHasShown() {
        registered = sensor("");
        reading(EIGHT.minusSeconds(300), null);
        assertThat(look(EIGHT.minusSeconds(300)).nextLook())
                .as("the usual interval, before it has shown one")
                .isEqualTo(EIGHT.minusSeconds(300)
                                .plusSeconds(3L * Sensor.DEFAULT_INTERVAL_SECONDS)
                                .toEpochMilli()
                        + 1);
        for (int i = -9; i <= 0; i++) {
            reading(EIGHT.plusSeconds(30L * i), null);
        }
        assertThat(look(EIGHT).nextLook()).isEqualTo(EIGHT.plusSeconds(90).toEpochMilli() + 1);
    }
}

package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.sensortrust.SensorWatcher.Outcome;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.summary.SensorHealth;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of a sensor in trouble, and what becomes of an alarm whose rule or sensor changes or goes. */
class SensorWatcherRulesTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final long SINCE = EIGHT.minus(Duration.ofDays(1)).toEpochMilli();
    private static final String TROUBLE = "{id: trouble, kind: sensor-health, states: [implausible], for: PT10M}";
    private static final String PLACED = """
            {"sensorId":"no2-1","kind":"air","cityId":"lindholm","name":"Harbour","expectedIntervalSeconds":3600,
             "location":{"latitude":56.15,"longitude":10.2},"version":1}""";

    private final List<CityEvent> events = new ArrayList<>();
    private final List<SensorHealth> told = new ArrayList<>();
    private @Nullable Sensor registered = sensor(PLACED);
    private SensorWatch watch = SensorWatch.NEW;
    private long nextLook = SensorWatch.NEVER;
    private Instant last = EIGHT;

    @Test
    void anAlarmTellsStateReasonsAndWhatTheRuleAsksFor() {
        measures(10, 11, 12, 13, -999, -999, -999);
        look(last, rule(TROUBLE, 1));
        look(last.plusSeconds(599), rule(TROUBLE, 1));
        assertThat(events).isEmpty();
        look(last.plusSeconds(600), rule(TROUBLE, 1));

        CityEvent opened = events.get(0);
        assertThat(opened.at()).isEqualTo(last.plusSeconds(600));
        assertThat(opened.startedAt()).isEqualTo(EIGHT.plusSeconds(300));
        assertThat(opened.revision()).isEqualTo(1);
        assertThat(opened.reason()).isEqualTo("dwell-completed");
        assertThat(opened.cityId()).isEqualTo("lindholm");
        assertThat(opened.subject().name()).isEqualTo("Harbour");
        assertThat(opened.location()).isNotNull();
        String reason = "no2UgM3 -999.0 cannot be true (3 of the last 7 readings)";
        assertThat(opened.summary()).isEqualTo("Sensor no2-1 is implausible: " + reason);
        assertThat(opened.evidence())
                .hasToString("{\"state\":\"implausible\",\"finding\":\"" + reason
                        + "\",\"since\":\"2026-11-23T08:05:00Z\",\"observed\":{\"name\":\"trust\",\"value\":0.57,"
                        + "\"unit\":\"1\"},\"lasting\":\"PT10M\",\"uploadIntervalSeconds\":3600.0,"
                        + "\"findings\":[{\"kind\":\"out-of-range\",\"credit\":0.57,"
                        + "\"since\":\"2026-11-23T08:05:00Z\",\"detail\":\"" + reason + "\"}]}");
        assertThat(told).singleElement().satisfies(health -> {
            assertThat(health.trust()).isEqualTo(0.57);
            assertThat(health.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.credit()).isEqualTo(0.57));
        });
    }

    @Test
    void ofAStrangerOnlyWhatItsReadingsSaidIsTold() {
        registered = null;
        measures(-999, -999, -999);
        look(last, rule(TROUBLE, 1));
        look(last.plusSeconds(600), rule(TROUBLE, 1));

        assertThat(told.get(0).cityId()).isNull();
        CityEvent opened = events.get(0);
        assertThat(opened.cityId()).isEqualTo("unknown");
        assertThat(opened.subject().name()).isNull();
        assertThat(opened.location()).isNull();
        assertThat(opened.evidence().has("uploadIntervalSeconds")).isFalse();

        events.clear();
        watch = SensorWatch.NEW.withReading(watch.record(), "elsewhere").withReading(watch.record(), null);
        look(last, rule(TROUBLE, 1));
        look(last.plusSeconds(600), rule(TROUBLE, 1));
        assertThat(told.get(1).cityId()).isEqualTo("elsewhere");
        assertThat(events.get(0).cityId()).isEqualTo("elsewhere");
    }

    @Test
    void healthWithoutFindingsTellsNone() {
        measures(10);
        look(last, rule(TROUBLE, 1));
        assertThat(told.get(0).findings()).isNull();
        assertThat(told.get(0).trust()).isEqualTo(1);
    }

    private void opened() {
        measures(-999, -999, -999);
        look(last, rule(TROUBLE, 1));
        look(last.plusSeconds(600), rule(TROUBLE, 1));
        assertThat(events).hasSize(1);
    }

    @Test
    void anAlarmEndsWithItsRule() {
        opened();
        look(last.plusSeconds(700), List.of());
        assertThat(events).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.reason()).isEqualTo("rule-off");
            assertThat(event.revision()).isEqualTo(2);
            assertThat(event.endedAt()).isEqualTo(last.plusSeconds(700));
        });
        assertThat(watch.troubles()).isEmpty();
    }

    @Test
    void aRuleThatIsOffBeforeItsTimeIsUpTellsNothing() {
        measures(-999, -999, -999);
        look(last, rule(TROUBLE, 1));
        assertThat(watch.troubles()).hasSize(1);
        look(last.plusSeconds(60), List.of());
        assertThat(watch.troubles()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void anotherConditionStartsAnewFromWhenItHolds() {
        opened();
        Instant changed = last.plusSeconds(700);
        List<Rule> longer = rule(TROUBLE.replace("PT10M", "PT20M"), 2, changed);
        look(changed.plusSeconds(5), longer);
        assertThat(events).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.CLOSED);
            assertThat(event.reason()).isEqualTo("rule-changed");
        });
        look(changed.plusSeconds(1204), longer);
        assertThat(events).hasSize(2);
        look(changed.plusSeconds(1205), longer);
        assertThat(events).hasSize(3).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.rule().version()).isEqualTo(2);
        });
    }

    @Test
    void aConditionThatChangesBeforeAnAlarmStartsAnewToo() {
        measures(-999, -999, -999);
        look(last, rule(TROUBLE, 1));
        List<Rule> longer = rule(TROUBLE.replace("PT10M", "PT20M"), 2);
        look(last.plusSeconds(300), longer);
        look(last.plusSeconds(1499), longer);
        assertThat(events).isEmpty();
        look(last.plusSeconds(1500), longer);
        assertThat(events).hasSize(1);
    }

    @Test
    void otherLabelsAreToldOnceAndTheAlarmGoesOn() {
        opened();
        List<Rule> labelled = rule(TROUBLE.replace("}", ", labels: {team: north}}"), 2);
        look(last.plusSeconds(700), labelled);
        look(last.plusSeconds(710), labelled);
        assertThat(events).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.UPDATED);
            assertThat(event.reason()).isEqualTo("rule-revised");
            assertThat(event.revision()).isEqualTo(2);
            assertThat(event.labels()).isEqualTo(Map.of("team", "north"));
            assertThat(event.episodeId()).isEqualTo(events.get(0).episodeId());
        });
        assertThat(watch.troubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.version()).isEqualTo(2);
            assertThat(trouble.metAtClock()).isEqualTo(last.toEpochMilli());
        });
    }

    @Test
    void aVersionThatSaysTheSameIsOnlyRemembered() {
        opened();
        look(last.plusSeconds(700), rule(TROUBLE, 2));
        assertThat(events).hasSize(1);
        assertThat(watch.troubles().get(0).version()).isEqualTo(2);
    }

    @Test
    void aVersionThatSaysTheSameDoesNotPutAnAlarmOff() {
        measures(-999, -999, -999);
        look(last, rule(TROUBLE, 1));
        look(last.plusSeconds(300), rule(TROUBLE, 2));
        look(last.plusSeconds(600), rule(TROUBLE, 2));
        assertThat(events).hasSize(1);
    }

    @Test
    void whatIsOpenEndsWithItsSensor() {
        opened();
        assertThat(SensorWatcher.retired(watch, last.plusSeconds(900).toEpochMilli()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.transition()).isEqualTo(Transition.CLOSED);
                    assertThat(event.reason()).isEqualTo("subject-retired");
                    assertThat(event.revision()).isEqualTo(2);
                    assertThat(event.endedAt()).isEqualTo(last.plusSeconds(900));
                });
    }

    @Test
    void whatIsNotToldYetEndsInSilence() {
        measures(-999, -999, -999);
        look(last, rule(TROUBLE, 1));
        assertThat(SensorWatcher.retired(watch, last.plusSeconds(900).toEpochMilli()))
                .isEmpty();
    }

    @Test
    void anAlarmThatTurnsIntoAnotherKindOfTroubleIsUpdated() {
        List<Rule> both = rule(TROUBLE.replace("[implausible]", "[implausible, silent]"), 1);
        measures(-999, -999, -999);
        look(last, both);
        look(last.plusSeconds(600), both);
        look(last.plus(Duration.ofHours(3)).plusMillis(1), both);
        assertThat(events).hasSize(2).last().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.UPDATED);
            assertThat(event.reason()).isEqualTo("now-silent");
            assertThat(event.revision()).isEqualTo(2);
        });
    }

    // ---- when there is something to tell, and when to look again ----------------------------------------------------

    @Test
    void trustIsToldAgainWhenItMovedByATenth() {
        measures(10, 11, 12, 13, 14, 15, 16, 17, 18);
        look(last, List.of());
        Instant healthySince = last;
        measures(-999);
        look(last, List.of());
        assertThat(told).extracting(SensorHealth::trust).containsExactly(1.0, 0.9);
        assertThat(told).extracting(SensorHealth::since).containsOnly(healthySince);
        measures(10);
        look(last, List.of());
        assertThat(told).as("0.91 is no news").hasSize(2);
    }

    @Test
    void nothingIsDecidedBeforeItIsKnownSinceWhenWeListen() {
        Outcome outcome = watcher().look(watch, EIGHT.toEpochMilli(), Long.MIN_VALUE, List.of());
        assertThat(outcome.health()).isNull();
        assertThat(outcome.nextLook()).isEqualTo(SensorWatch.NEVER);
        assertThat(watcher().look(watch, EIGHT.toEpochMilli(), SINCE, List.of()).health())
                .isNotNull();
        measures(10);
        assertThat(watcher()
                        .look(watch, EIGHT.toEpochMilli(), Long.MIN_VALUE, List.of())
                        .health())
                .isNotNull();
    }

    @Test
    void aSensorInTroubleIsLookedAtEveryWholeMinuteAndWhenAnAlarmIsDue() {
        List<Rule> rules = new ArrayList<>(rule(TROUBLE, 1));
        rules.addAll(rule("{id: a, kind: sensor-health, states: [drifting], for: PT1M}", 1));
        measures(-999, -999, -999);
        Instant met = last.plusSeconds(30);
        look(met, rules);
        assertThat(nextLook).isEqualTo(met.plusSeconds(30).toEpochMilli());
        look(met.plusSeconds(580), rules);
        assertThat(nextLook).isEqualTo(met.plusSeconds(600).toEpochMilli());
        look(met.plusSeconds(610), rules);
        assertThat(events).hasSize(1);
        assertThat(nextLook).isEqualTo(met.plusSeconds(630).toEpochMilli());
    }

    @Test
    void aHealthyStrangerIsNotLookedAtUntilItSpeaks() {
        registered = null;
        measures(10);
        look(last, List.of());
        assertThat(nextLook).isEqualTo(SensorWatch.NEVER);
    }

    @Test
    void whatTheSensorHasShownCountsWhereTheRegistryDeclaresNoInterval() {
        registered = sensor("{\"sensorId\":\"no2-1\",\"kind\":\"air\",\"cityId\":\"lindholm\",\"version\":1}");
        measures(10);
        look(last, List.of());
        long presumed = 3L * registered.uploadInterval();
        assertThat(nextLook).isEqualTo(last.plusSeconds(presumed).toEpochMilli() + 1);

        measures(11, 12, 13, 14, 15, 16);
        look(last, List.of());
        assertThat(nextLook).isEqualTo(last.plusSeconds(180).toEpochMilli() + 1);

        registered = sensor(PLACED);
        look(last, List.of());
        assertThat(nextLook).isEqualTo(last.plusSeconds(3 * 3600).toEpochMilli() + 1);
    }

    /** A reading a minute of NO2, which arrives as it is measured. */
    private void measures(double... no2) {
        for (double value : no2) {
            last = last.plusSeconds(60);
            Observation observation = new Observation(
                    "all-air", last.toEpochMilli(), last.toEpochMilli(), Identity.NO_BOOT, Map.of("no2UgM3", value));
            watch = watch.withReading(SensorTrust.observe(watch.record(), observation), null);
        }
    }

    private SensorWatcher watcher() {
        return new SensorWatcher("no2-1", SensorKind.AIR, registered);
    }

    private void look(Instant clock, List<Rule> rules) {
        Outcome outcome = watcher().look(watch, clock.toEpochMilli(), SINCE, rules);
        watch = outcome.watch();
        nextLook = outcome.nextLook();
        events.addAll(outcome.events());
        if (outcome.health() != null) {
            told.add(outcome.health());
        }
    }

    private static List<Rule> rule(String document, int version) {
        return rule(document, version, Instant.EPOCH);
    }

    private static List<Rule> rule(String document, int version, Instant from) {
        try {
            return List.of(RuleCodec.readDocument(document).get(0).withVersion(version, from));
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private static Sensor sensor(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), Sensor.class);
    }
}

package org.citystream.alerting.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.citystream.alerting.scenario.City.Hook;
import org.citystream.alerting.store.postgres.EmptyDatabase;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.Severity;
import org.citystream.testsupport.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counterparts of Alertmanager's acceptance tests, whose names stand behind ours, and what cities need beyond them. */
class RoutingScenariosTest {
    private static final String GROUPED = """
            route:
              receiver: desk
              group-by: [city]
              group-wait: 10s
              group-interval: 1m
              repeat-interval: 1h
            """;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private City city;

    @BeforeAll
    static void prepare() {
        EmptyDatabase.prepare(postgres);
    }

    @BeforeEach
    void begin() {
        city = new City(postgres);
    }

    @AfterEach
    void end() {
        city.close();
    }

    @Test
    void withoutConfigurationEachChangeIsToldAtOnceByItself() {
        Hook desk = city.webhook("desk");
        city.at("1s").opens("ring-1");
        city.at("2s").becomes("ring-1", Severity.SEVERE).opens("ring-2");
        city.at("3s").resolves("ring-1");
        city.at("2d");

        assertThat(desk.heard())
                .containsExactly("1s opened ring-1", "2s escalated ring-1", "2s opened ring-2", "3s resolved ring-1");
    }

    /** TestMergeAlerts. */
    @Test
    void theSameAlertAgainIsNotToldAgain() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("1s").opens("ring-1");
        city.at("2s").repeats("ring-1");
        city.at("5s").repeats("ring-1");
        city.at("20m").repeats("ring-1");
        city.at("30m");

        assertThat(desk.heard()).containsExactly("11s group new-alerts: ring-1 opened");
    }

    /** TestRepeat. */
    @Test
    void whatIsStillOpenIsRepeatedAfterTheRepeatInterval() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("2h1m");

        assertThat(desk.heard())
                .containsExactly(
                        "10s group new-alerts: ring-1 opened",
                        "1h10s group repeat: ring-1 still firing",
                        "2h10s group repeat: ring-1 still firing");
        assertThat(new HashSet<>(desk.ids())).hasSize(3);
    }

    /** TestRetry. */
    @Test
    void aFailingEndpointIsTriedAgainAndTheHealthyOneIsLeftAlone() {
        city.routes(GROUPED);
        Hook healthy = city.webhook("healthy");
        Hook failing = city.webhook("failing").answers(500);
        city.at("0s").opens("ring-1");
        city.at("12s");
        failing.answers(200);
        city.at("1m");

        assertThat(healthy.heard()).containsExactly("10s group new-alerts: ring-1 opened");
        assertThat(failing.heard())
                .containsExactly("! 10s group new-alerts: ring-1 opened", "15s group new-alerts: ring-1 opened");
        assertThat(new HashSet<>(failing.ids())).hasSize(1);
    }

    /** TestBatching. */
    @Test
    void whatComesTogetherIsToldTogether() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("1s").opens("ring-1");
        city.at("3s").opens("ring-2");
        city.at("20s").opens("ring-3");
        city.at("40s").opens("ring-4");
        city.at("10m");

        assertThat(desk.heard())
                .containsExactly(
                        "11s group new-alerts: ring-1 opened, ring-2 opened",
                        "1m11s group new-alerts: ring-3 opened, ring-4 opened, ring-1 still firing, ring-2 still firing");
    }

    /** TestResolved. */
    @Test
    void theEndIsToldWithTheGroupsNextMessage() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1").opens("ring-2");
        city.at("20s").resolves("ring-1");
        city.at("5m").resolves("ring-2");
        city.at("1d");

        assertThat(desk.heard())
                .containsExactly(
                        "10s group new-alerts: ring-1 opened, ring-2 opened",
                        "1m10s group resolved: ring-1 resolved, ring-2 still firing",
                        "5m10s group resolved: ring-2 resolved");
        assertThat(desk.bodies().get(2).path("data").path("state").textValue()).isEqualTo("resolved");
    }

    /** TestResolvedFilter. */
    @Test
    void whoDoesNotWantEndsIsNotToldOfThem() {
        city.routes(GROUPED);
        Hook all = city.webhook("all");
        Hook openings = city.webhook("openings", List.of("alert.opened"));
        city.at("0s").opens("ring-1");
        city.at("1m").resolves("ring-1");
        city.at("10m");

        assertThat(all.heard()).hasSize(2);
        assertThat(openings.heard()).containsExactly("10s group new-alerts: ring-1 opened");
    }

    @Test
    void whatIsOverBeforeTheGroupSpeaksIsNeverTold() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("8s").resolves("ring-1");
        city.at("1d");

        assertThat(desk.heard()).isEmpty();
    }

    /** TestColdStart. */
    @Test
    void aRestartDuringTheWaitKeepsTheAppointment() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("5s").restarts();
        city.at("1h30m").restarts();
        city.at("1h31m");

        assertThat(desk.heard())
                .containsExactly("10s group new-alerts: ring-1 opened", "1h10s group repeat: ring-1 still firing");
    }

    @Test
    void whatFellDueWhileNobodyRanIsToldAtTheStart() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.restarts();
        city.at("10s");

        assertThat(desk.heard()).containsExactly("10s group new-alerts: ring-1 opened");
    }

    /** TestReload. */
    @Test
    void aNewReceiverHearsOfWhatIsOpenAndNobodyHearsTwice() {
        Hook desk = city.webhook("desk");
        Hook night = city.webhook("night", "night-shift");
        city.at("0s").opens("ring-1").opens("ring-2", Severity.SEVERE);
        city.at("1m").routes("""
                route:
                  receiver: default
                  routes:
                    - matchers: ['severity="severe"']
                      receiver: night-shift
                      continue: true
                    - matchers: ['severity=~".*"']
                      receiver: default
                """);
        city.at("2m").restarts().resolves("ring-2");

        assertThat(desk.heard()).containsExactly("0s opened ring-1", "0s opened ring-2", "2m resolved ring-2");
        assertThat(night.heard()).containsExactly("1m opened ring-2", "2m resolved ring-2");
    }

    @Test
    void aReloadThatGroupsOtherwiseTellsNobodyTwiceAndGoesOnRepeating() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("1m").routes("""
                route:
                  receiver: desk
                  routes:
                    - name: by-corridor
                      matchers: ['kind="congestion"']
                      group-by: [corridor]
                      repeat-interval: 1h
                """);
        city.at("1h30m").resolves("ring-1");
        city.at("2h");

        assertThat(desk.heard())
                .containsExactly(
                        "10s group new-alerts: ring-1 opened",
                        "1h1m group repeat: ring-1 still firing",
                        "1h30m30s group resolved: ring-1 resolved");
    }

    /** TestWebhookTimeout. */
    @Test
    void anEndpointThatHangsIsTriedAgainWithTheSameId() {
        Hook desk = city.webhook("desk").hangs();
        city.at("0s").opens("ring-1");
        city.at("4s");
        desk.answers(200);
        city.at("1h");

        assertThat(desk.heard()).containsExactly("! 0s opened ring-1", "5s opened ring-1");
        assertThat(new HashSet<>(desk.ids())).hasSize(1);
    }

    @Test
    void theEndWaitsBehindAnOpeningThatCannotBeDelivered() {
        Hook desk = city.webhook("desk").answers(500);
        city.at("0s").opens("ring-1");
        city.at("1s").resolves("ring-1");
        city.at("2s").opens("ring-2");
        desk.answers(200);
        city.at("1m");

        assertThat(desk.heard())
                .containsExactly(
                        "! 0s opened ring-1",
                        "! 2s opened ring-2",
                        "5s opened ring-1",
                        "5s resolved ring-1",
                        "7s opened ring-2");
    }

    @Test
    void anEndpointThatAsksForRestGetsIt() {
        Hook desk = city.webhook("desk").answersLater(429, Duration.ofMinutes(2));
        city.at("0s").opens("ring-1");
        desk.answers(200);
        city.at("30s").opens("ring-2");
        city.at("3m");

        assertThat(desk.heard())
                .startsWith("! 0s opened ring-1")
                .containsExactlyInAnyOrder("! 0s opened ring-1", "2m opened ring-1", "2m opened ring-2");
    }

    /** TestInhibiting. */
    @Test
    void aSilentStationIsNotToldWhileItsGatewayIsDown() {
        Hook desk = city.routes("""
                        route: {receiver: desk}
                        inhibit-rules:
                          - name: outage
                            source-matchers: ['outage="power"']
                            target-matchers: ['kind="sensor-health"', 'outage=""']
                            equal: [city]
                        """).webhook("desk");
        city.at("0s").opens("loop-1", Severity.MINOR, RuleKind.SENSOR_HEALTH, Map.of());
        city.at("1m").opens("substation", Severity.SEVERE, RuleKind.THRESHOLD, Map.of("outage", "power"));
        city.at("2m").opens("loop-2", Severity.MINOR, RuleKind.SENSOR_HEALTH, Map.of());
        city.at("3m").opens("loop-3", Severity.MINOR, RuleKind.SENSOR_HEALTH, Map.of());
        city.at("4m").resolves("loop-3");
        city.at("10m").resolves("substation");
        city.at("11m");

        assertThat(desk.heard())
                .containsExactly(
                        "0s opened loop-1", "1m opened substation", "10m resolved substation", "10m30s opened loop-2");
    }

    @Test
    void inhibitionAsksForEqualLabels() {
        Hook desk = city.routes("""
                        route: {receiver: desk}
                        inhibit-rules:
                          - source-matchers: ['kind="incident"']
                            target-matchers: ['kind="congestion"']
                            equal: [corridor]
                        """).webhook("desk");
        city.lies("ring-1", "ring", null).lies("ring-2", "ring", null).lies("harbour-1", "harbour", null);
        city.at("0s").opens("ring-1", Severity.SEVERE, RuleKind.INCIDENT, Map.of());
        city.at("1s").opens("ring-2").opens("harbour-1");
        city.at("5m");

        assertThat(desk.heard()).containsExactly("0s opened ring-1", "1s opened harbour-1");
    }

    @Test
    void anInhibitedAlertIsLeftOutOfItsGroup() {
        Hook desk = city.routes(GROUPED + """
                inhibit-rules:
                  - source-matchers: ['kind="incident"']
                    target-matchers: ['kind="congestion"']
                """).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("1s").opens("ring-2", Severity.SEVERE, RuleKind.INCIDENT, Map.of());
        city.at("10m");

        assertThat(desk.heard()).containsExactly("10s group new-alerts: ring-2 opened");
    }

    @Test
    void theFirstRouteThatMatchesTakesTheAlertUnlessItContinues() {
        city.routes("""
                route:
                  receiver: desk
                  routes:
                    - {matchers: ['severity=~"severe|extreme"'], receiver: pager, continue: true}
                    - {matchers: ['kind="congestion"'], receiver: traffic}
                    - {matchers: ['kind="congestion"'], receiver: never}
                """);
        Hook desk = city.webhook("desk");
        Hook pager = city.webhook("pager", "pager");
        Hook traffic = city.webhook("traffic", "traffic");
        Hook never = city.webhook("never", "never");
        city.at("0s").opens("ring-1", Severity.EXTREME);
        city.at("1s").opens("ring-2");
        city.at("2s").opens("air-1", Severity.MINOR, RuleKind.AIR_INDEX, Map.of());

        assertThat(pager.heard()).containsExactly("0s opened ring-1");
        assertThat(traffic.heard()).containsExactly("0s opened ring-1", "1s opened ring-2");
        assertThat(desk.heard()).containsExactly("2s opened air-1");
        assertThat(never.heard()).isEmpty();
    }

    @Test
    void whoWasToldOfAnAlertHearsItsEndWhereverItsSeverityTakesIt() {
        city.routes("""
                route:
                  receiver: desk
                  routes:
                    - {matchers: ['severity=~"severe|extreme"'], receiver: pager}
                """);
        Hook desk = city.webhook("desk");
        Hook pager = city.webhook("pager", "pager");
        city.at("0s").opens("ring-1");
        city.at("1m").becomes("ring-1", Severity.SEVERE);
        city.at("2m").becomes("ring-1", Severity.MINOR);
        city.at("3m").resolves("ring-1");

        assertThat(pager.heard()).containsExactly("1m escalated ring-1", "2m deescalated ring-1", "3m resolved ring-1");
        assertThat(desk.heard())
                .containsExactly(
                        "0s opened ring-1", "1m escalated ring-1", "2m deescalated ring-1", "3m resolved ring-1");
    }

    @Test
    void oneCorridorIsOneMessage() {
        Hook desk = city.routes("""
                        route: {receiver: desk, group-by: [corridor], group-wait: 10s}
                        """).webhook("desk");
        city.lies("ring-1", "ring", null).lies("ring-2", "ring", null).lies("harbour-1", "harbour", null);
        city.at("0s").opens("ring-1").opens("harbour-1").opens("ring-2");
        city.at("1m");

        assertThat(desk.heard())
                .containsExactlyInAnyOrder(
                        "10s group new-alerts: ring-1 opened, ring-2 opened", "10s group new-alerts: harbour-1 opened");
    }

    @Test
    void oneDistrictIsOneMessageAndWhatLiesNowhereStandsAlone() {
        Hook desk = city.routes("""
                        route: {receiver: desk, group-by: [district], group-wait: 10s}
                        """).webhook("desk");
        city.lies("ring-1", "ring", "north").lies("air-1", null, "north");
        city.at("0s")
                .opens("ring-1")
                .opens("air-1", Severity.MINOR, RuleKind.AIR_INDEX, Map.of())
                .opens("nowhere-1")
                .opens("nowhere-2");
        city.at("1m");

        assertThat(desk.heard())
                .containsExactlyInAnyOrder(
                        "10s group new-alerts: air-1 opened, ring-1 opened",
                        "10s group new-alerts: nowhere-1 opened",
                        "10s group new-alerts: nowhere-2 opened");
    }

    @Test
    void threeDotsMakeEachAlertAGroupThatRepeats() {
        Hook desk = city.routes("""
                        route: {receiver: desk, group_by: ['...'], group_wait: 0s, repeat_interval: 30m}
                        """).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("10m").opens("ring-2").becomes("ring-1", Severity.SEVERE);
        city.at("31m");

        assertThat(desk.heard())
                .containsExactly(
                        "0s group new-alerts: ring-1 opened",
                        "10m group new-alerts: ring-2 opened",
                        "10m group changed: ring-1 escalated");
    }

    @Test
    void aGroupThatHasEndedAndComesBackWaitsAgain() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("2m").resolves("ring-1");
        city.at("5m").opens("ring-2");
        city.at("10m");

        assertThat(desk.heard())
                .containsExactly(
                        "10s group new-alerts: ring-1 opened",
                        "2m10s group resolved: ring-1 resolved",
                        "5m10s group new-alerts: ring-2 opened");
        assertThat(new HashSet<>(desk.ids())).hasSize(3);
    }

    @Test
    void aStaleAlertIsToldAndIsNotOver() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.at("0s").opens("ring-1");
        city.at("5m").goesStale("ring-1");
        city.at("1h10m");

        assertThat(desk.heard())
                .containsExactly(
                        "10s group new-alerts: ring-1 opened",
                        "5m10s group changed: ring-1 stale",
                        "1h5m10s group repeat: ring-1 still stale");
    }

    /** TestSilencing. */
    @Test
    void whatIsSilencedIsToldWhenTheSilenceEndsIfItIsStillOpen() {
        Hook desk = city.webhook("desk");
        city.silence(s -> s.matching("subject=~\"ring-.*\"").to("1h"));
        city.at("1m").opens("ring-1").opens("ring-2").opens("harbour-1");
        city.at("30m").resolves("ring-2").becomes("ring-1", Severity.SEVERE);
        city.at("2h");

        assertThat(desk.heard()).containsExactly("1m opened harbour-1", "1h escalated ring-1");
    }

    @Test
    void takingASilenceBackTellsAtOnce() {
        Hook desk = city.webhook("desk");
        String silence = city.silence(s -> s.corridor("ring"));
        city.lies("ring-1", "ring", null);
        city.at("1m").opens("ring-1");
        city.at("10m10s").unsilence(silence);

        assertThat(desk.heard()).containsExactly("10m10s opened ring-1");
    }

    @Test
    void theEndOfWhatWasToldBeforeASilenceIsToldAfterIt() {
        Hook desk = city.webhook("desk");
        city.at("0s").opens("ring-1");
        city.silence(s -> s.matching("kind=congestion").from("1m").to("1h"));
        city.at("10m").resolves("ring-1");
        city.at("2h");

        assertThat(desk.heard()).containsExactly("0s opened ring-1", "1h resolved ring-1");
    }

    @Test
    void silencesCompareWithTheTimeOfTheEventNotWithItsArrival() {
        Hook desk = city.webhook("desk");
        city.silence(s -> s.matching("kind=congestion").from("0s").to("1h"));
        city.at("2h").openedLate("ring-1", "30m").resolvedLate("ring-1", "40m");
        city.openedLate("ring-2", "1h30m");
        city.at("3h");

        assertThat(desk.heard()).containsExactly("2h opened ring-2");
    }

    @Test
    void aSilenceKnowsSensorsAndPolygons() {
        Hook desk = city.webhook("desk");
        city.lies("ring-1", null, null).liesAt("harbour-1", 56.15, 10.22).liesAt("harbour-2", 56.15, 10.5);
        city.silence(s -> s.sensor("ring-1-loop"));
        city.silence(s -> s.within(56.1, 10.2, 56.2, 10.3).matching("kind!=\"incident\""));
        city.at("0s").opens("ring-1").opens("harbour-1").opens("harbour-2").opens("nowhere");
        city.at("1s").opens("harbour-1", Severity.SEVERE, RuleKind.INCIDENT, Map.of());

        assertThat(desk.heard()).containsExactly("0s opened harbour-2", "0s opened nowhere", "1s opened harbour-1");
    }

    @Test
    void aSilencedAlertIsLeftOutOfItsGroupAndJoinsWhenTheSilenceEnds() {
        Hook desk = city.routes(GROUPED).webhook("desk");
        city.silence(s -> s.matching("subject=ring-2").to("30m"));
        city.at("0s").opens("ring-1").opens("ring-2");
        city.at("40m");

        assertThat(desk.heard())
                .containsExactly(
                        "10s group new-alerts: ring-1 opened",
                        "30m10s group new-alerts: ring-2 opened, ring-1 still firing");
    }

    /** TestTimeIntervals: the mute one. The start is a Monday, 08:00 UTC, 09:00 in Copenhagen. */
    @Test
    void aMutedRouteTellsWhenTheIntervalIsOver() {
        Hook desk = city.routes("""
                        route:
                          receiver: desk
                          routes:
                            - {matchers: ['kind="congestion"'], mute-time-intervals: [school-run]}
                        time-intervals:
                          - name: school-run
                            time-intervals:
                              - {times: [{start-time: "09:00", end-time: "10:00"}], weekdays: ['monday:friday'],
                                 location: Europe/Copenhagen}
                        """).webhook("desk");
        city.at("10m").opens("ring-1").opens("air-1", Severity.MINOR, RuleKind.AIR_INDEX, Map.of());
        city.at("59m").opens("ring-2");
        city.at("59m30s").resolves("ring-2");
        city.at("2h").opens("ring-3");

        assertThat(desk.heard()).containsExactly("10m opened air-1", "1h opened ring-1", "2h opened ring-3");
    }

    @Test
    void aRouteThatIsActiveInOfficeHoursKeepsHolidays() {
        Hook desk = city.routes("""
                        route:
                          receiver: desk
                          routes:
                            - {matchers: ['kind="congestion"'], active-time-intervals: [office-hours]}
                        holidays:
                          city: ['11-23', '2026-12-25:2026-12-26']
                        time-intervals:
                          - name: office-hours
                            time-intervals:
                              - {weekdays: ['monday:friday'], except-dates: [city],
                                 times: [{start-time: "08:00", end-time: "16:00"}]}
                        """).webhook("desk");
        city.at("23h30m").opens("ring-1");
        city.at("24h10m");

        assertThat(desk.heard()).containsExactly("24h opened ring-1");
    }

    @Test
    void whoDoesNotAcknowledgeIsHeldUpToTheNextInLine() {
        city.routes("""
                route:
                  receiver: desk
                  escalation:
                    - {after: 10m, receiver: shift-leader}
                    - {after: 30m, receiver: head-of-traffic}
                """);
        Hook desk = city.webhook("desk");
        Hook leader = city.webhook("leader", "shift-leader");
        Hook head = city.webhook("head", "head-of-traffic");
        city.at("0s").opens("ring-1").opens("ring-2").opens("ring-3");
        city.at("5m").acknowledges("ring-1").resolves("ring-2");
        city.at("20m").acknowledges("ring-3");
        city.at("1h").resolves("ring-3");

        assertThat(leader.heard())
                .containsExactly("10m opened ring-3", "20m acknowledged ring-3", "1h resolved ring-3");
        assertThat(head.heard()).isEmpty();
        assertThat(desk.heard()).contains("1h resolved ring-3").hasSize(7);
    }

    @Test
    void aGroupEscalatesAlertByAlertAndARestartDoesNotForgetIt() {
        city.routes(GROUPED + """
                  escalation: [{after: 10m, receiver: shift-leader}]
                """);
        city.webhook("desk");
        Hook leader = city.webhook("leader", "shift-leader");
        city.at("0s").opens("ring-1");
        city.at("5m").opens("ring-2").restarts();
        city.at("12m").resolves("ring-2");
        city.at("1d");

        assertThat(leader.heard()).containsExactly("10m10s opened ring-1");
    }

    @Test
    void nobodyIsHeldUpOverASilencedAlert() {
        city.routes("route: {receiver: desk, escalation: [{after: 10m, receiver: shift-leader}]}");
        Hook desk = city.webhook("desk");
        Hook leader = city.webhook("leader", "shift-leader");
        city.silence(s -> s.matching("kind=congestion").to("1h"));
        city.at("0s").opens("ring-1");
        city.at("2h");

        assertThat(desk.heard()).containsExactly("1h opened ring-1");
        assertThat(leader.heard()).containsExactly("1h10m opened ring-1");
    }

    @Test
    void aNewWebhookIsToldWhatItsReceiverWasTold() {
        city.routes("""
                route:
                  receiver: desk
                  routes: [{matchers: ['kind="air-index"'], receiver: health}]
                """);
        city.at("0s").opens("ring-1").opens("air-1", Severity.MINOR, RuleKind.AIR_INDEX, Map.of());
        Hook health = city.at("1m").webhook("health", "health");
        Hook desk = city.webhook("desk");

        assertThat(health.heard()).containsExactly("1m opened air-1");
        assertThat(desk.heard()).containsExactly("1m opened ring-1");
    }

    @Test
    void whoWasToldHearsTheEndHoweverLongAgoThatWas() {
        Hook desk = city.webhook("desk");
        city.at("1s").opens("ring-1");
        city.at("2s").becomes("ring-1", Severity.SEVERE);
        city.at("40d").forgets(Duration.ofDays(30));
        city.resolves("ring-1");

        assertThat(desk.heard()).endsWith("960h resolved ring-1").hasSize(3);
    }

    @Test
    void whatASilenceHeldBackIsToldHoweverLongItLasted() {
        Hook desk = city.webhook("desk");
        String silence = city.silence(plan -> plan.matching("kind=congestion").to("5h"));
        city.at("1s").opens("ring-1");
        city.at("10m").forgets(Duration.ofMinutes(5));
        city.unsilence(silence);

        assertThat(desk.heard()).containsExactly("10m opened ring-1");
    }

    @Test
    void instancesWithDifferentRoutesDoNotUndoWhatTheOtherDoes() {
        city.routes(GROUPED).anotherInstanceKeepsTheseRoutes();
        Hook desk = city.webhook("desk", "desk");
        city.routes("""
                route:
                  receiver: desk
                  routes:
                    - name: by-kind
                      matchers: ['kind="congestion"']
                      group-by: [kind]
                      group-wait: 10s
                      group-interval: 1m
                      repeat-interval: 1h
                """);
        city.at("1s").opens("ring-1");
        city.at("2m");

        assertThat(city.isRoutedByItsOwnRoutes()).isTrue();
        assertThat(desk.heard()).containsExactly("11s group new-alerts: ring-1 opened");
    }

    @Test
    void whatFailsIsPutOffAndKeepsNothingElse() {
        Hook desk = city.webhook("desk");
        String silence = city.silence(plan -> plan.matching("kind=congestion"));
        city.at("1s").opens("ring-1").opens("ring-2");
        postgres.execute("UPDATE alerting.alerts SET event = '{}' WHERE subject_id = 'ring-1'");

        city.at("2s").unsilence(silence);

        assertThat(desk.heard()).containsExactly("2s opened ring-2");
    }

    @Test
    void aRouteUnderAnotherNameTellsNobodyTwice() {
        String named = """
                route:
                  receiver: desk
                  routes: [{name: %s, matchers: [kind=congestion], group-by: [kind], group-wait: 10s}]
                """;
        Hook desk = city.routes(named.formatted("one")).webhook("desk", "desk");
        city.at("0s").opens("ring-1");
        city.at("1m").routes(named.formatted("another"));
        city.at("20m").resolves("ring-1");
        city.at("1h");

        assertThat(desk.heard())
                .containsExactly("10s group new-alerts: ring-1 opened", "20m10s group resolved: ring-1 resolved");
    }

    @Test
    void aRouteThatGroupsForAnotherReceiverTellsTheNewOneAndTheOldOneHearsTheEnd() {
        city.routes(GROUPED);
        Hook desk = city.webhook("desk", "desk");
        Hook office = city.webhook("office", "office");
        city.at("0s").opens("ring-1");
        city.at("5m").routes(GROUPED.replace("receiver: desk", "receiver: office"));
        city.at("20m").resolves("ring-1");
        city.at("1h");

        assertThat(desk.heard()).containsExactly("10s group new-alerts: ring-1 opened", "20m resolved ring-1");
        assertThat(office.heard())
                .containsExactly("5m10s group new-alerts: ring-1 opened", "20m10s group resolved: ring-1 resolved");
    }

    @Test
    void aNewcomerHearsOfAGroupThatHasSpoken() {
        city.routes(GROUPED);
        city.at("0s").opens("ring-1");
        city.at("10m");

        Hook late = city.webhook("late", "desk");

        assertThat(late.heard()).containsExactly("10m group new-alerts: ring-1 opened");
    }
}

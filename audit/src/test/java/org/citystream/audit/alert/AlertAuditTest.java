package org.citystream.audit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import org.citystream.audit.alert.KnownAlert.Change;
import org.citystream.audit.report.Line;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertAuditTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant SETTLED = EIGHT.plusSeconds(600);

    private final EpisodeAudit episodes = new EpisodeAudit();

    @Test
    void eachEpisodeHasItsAlertInTheStateOfItsLastEvent() {
        event("ep-1", Transition.OPENED, null);
        event("ep-1", Transition.CLOSED, null);
        event("ep-2", Transition.OPENED, null);

        List<Line> lines = episodes.lines(List.of(alert("ep-1", true), alert("ep-2", false)), SETTLED, Instant.MIN);

        assertThat(lines).noneMatch(Line::isFailure);
        assertThat(count(lines, "episodes")).isEqualTo(2);
    }

    @Test
    void episodesWithoutAlertAlertsBehindAndAlertsFromNowhereAreFound() {
        event("ep-1", Transition.OPENED, null);
        event("ep-2", Transition.CLOSED, null);

        List<Line> lines = episodes.lines(List.of(alert("ep-2", false), alert("ep-9", false)), SETTLED, Instant.MIN);

        assertThat(line(lines, "episodes-without-alert").examples())
                .singleElement()
                .asString()
                .contains("episode ep-1 (congestion at ring-3, opened");
        assertThat(count(lines, "alerts-in-other-state")).isEqualTo(1);
        assertThat(count(lines, "alerts-without-episode")).isEqualTo(1);
        assertThat(lines).filteredOn(Line::isFailure).hasSize(3);
    }

    @Test
    void anEpisodeThatWasReplacedLeavesItsAlertToTheNext() {
        event("ep-1", Transition.WITHDRAWN, "ep-2");
        event("ep-2", Transition.OPENED, null);

        assertThat(episodes.lines(List.of(alert("ep-2", false)), SETTLED, Instant.MIN))
                .noneMatch(Line::isFailure);
    }

    @Test
    void aSecondAlertForAnEpisodeAndASecondOpeningOfAnAlertAreFound() {
        event("ep-1", Transition.CLOSED, null);
        event("ep-2", Transition.OPENED, null);
        KnownAlert second = new KnownAlert("al-second", "ep-1", true, List.of());
        KnownAlert again = new KnownAlert(
                "al-again",
                "ep-2",
                false,
                List.of(new Change(1, "alert.opened", EIGHT, true), new Change(2, "alert.opened", EIGHT, true)));

        List<Line> lines = episodes.lines(List.of(alert("ep-1", true), second, again), SETTLED, Instant.MIN);

        assertThat(line(lines, "episodes-with-two-alerts").examples())
                .containsExactly("episode ep-1: alerts al-ep-1, al-second");
        assertThat(line(lines, "alerts-opened-twice").examples()).containsExactly("alert al-again");
        assertThat(lines).filteredOn(Line::isFailure).hasSize(2);
    }

    @Test
    void whatHasJustHappenedMayBeOnItsWay() {
        event("ep-1", Transition.OPENED, null);

        assertThat(episodes.lines(List.of(), EIGHT, Instant.MIN)).noneMatch(Line::isFailure);
    }

    @Test
    void anAlertWhoseEventsMayBeForgottenIsTold() {
        List<KnownAlert> alerts = List.of(alert("ep-1", true));

        List<Line> older = episodes.lines(alerts, SETTLED, EIGHT.plusSeconds(1));
        List<Line> younger = episodes.lines(alerts, SETTLED, EIGHT);

        assertThat(count(older, "episodes-forgotten")).isEqualTo(1);
        assertThat(older).noneMatch(Line::isFailure);
        assertThat(count(younger, "alerts-without-episode")).isEqualTo(1);
    }

    private static KnownAlert alert(String episode, boolean resolved) {
        return new KnownAlert(
                "al-" + episode,
                episode,
                resolved,
                List.of(
                        new Change(1, "alert.opened", EIGHT, true),
                        new Change(2, "alert.resolved", EIGHT.plusSeconds(300), true),
                        new Change(3, "alert.amended", SETTLED.plusSeconds(1), true)));
    }

    private void event(String episode, Transition transition, @Nullable String replacedBy) {
        CityEvent event = new CityEvent(
                episode + transition,
                episode,
                1,
                RuleKind.CONGESTION,
                transition,
                Severity.MODERATE,
                "aarhus",
                new Subject(SubjectType.ROAD_SEGMENT, "ring-3", "Ring road"),
                EIGHT,
                EIGHT,
                null,
                null,
                replacedBy,
                "test",
                new RuleReference("ring", 1, "h", RuleMode.ACTIVE),
                null,
                "Congestion on the ring road",
                null,
                JsonNodeFactory.instance.objectNode());
        episodes.event(event, EIGHT);
    }

    private static long count(List<Line> lines, String name) {
        return line(lines, name).count();
    }

    private static Line line(List<Line> lines, String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

package org.citystream.alerting.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.alerting.Events.EIGHT;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Alert;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;

/** What is taken for a job's repetition, for how long, and what is believed in the end. */
class RepetitionTest {
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final FakeAlerts alerts = new FakeAlerts(new Lifecycle(SETTLING));
    private final Events ring = Events.on("ring-3");

    @Test
    void aPendingRecordIsToldWhenTheSettlingTimeIsOverAndNotBefore() {
        CityEvent opened = ring.opened();
        alerts.receive(opened);
        alerts.receive(ring.escalated());
        alerts.receive(opened);

        alerts.wait(SETTLING.minusMillis(1));
        assertThat(alerts.told()).hasSize(2);
        alerts.wait(Duration.ofMillis(1));
        assertThat(alerts.told()).last().isEqualTo("3 alert.deescalated firing moderate");
        alerts.wait(SETTLING);
        assertThat(alerts.told()).as("once").hasSize(3);
    }

    @Test
    void anotherContentUnderTheSameRevisionMayBeARepetition() {
        CityEvent opened = ring.opened();
        alerts.receive(opened);
        alerts.receive(Events.revised(ring.escalated(), opened.revision()));

        assertThat(alerts.told()).hasSize(1);
        assertThat(alerts.only().pending()).isNotNull();
    }

    @Test
    void aRevisionWithoutNewsStillMakesWhatLiesBeforeItARepetition() {
        CityEvent opened = ring.opened();
        CityEvent escalated = ring.escalated();
        alerts.receive(opened);
        alerts.receive(Events.revised(opened, 7));
        assertThat(alerts.only().current().revision()).isEqualTo(7);

        alerts.receive(escalated);
        assertThat(alerts.told()).as("held back").hasSize(1);
        alerts.receive(Events.revised(opened, 3));
        assertThat(alerts.only().current().revision()).as("never goes back").isEqualTo(7);
        assertThat(alerts.only().pending()).isNull();
    }

    @Test
    void aRepetitionLeavesNothingToWrite() {
        Lifecycle lifecycle = new Lifecycle(SETTLING);
        CityEvent opened = ring.opened();
        Alert alert = Objects.requireNonNull(
                lifecycle.receive(new Known(null, null, null), opened, EIGHT).alert());

        assertThat(lifecycle
                        .receive(new Known(alert, null, null), opened, EIGHT)
                        .alert())
                .isNull();
        assertThat(lifecycle.settle(alert, EIGHT).alert()).isNull();
    }

    @Test
    void whatGaveWayToAKnownAlertBeforeItWasSeenIsPartOfIt() {
        alerts.receive(ring.opened());
        Events merged = Events.on("ring-4");
        merged.opened();
        alerts.receive(Events.linked(merged.withdrawn(), null, ring.episodeId()));

        assertThat(alerts.told()).containsExactly("1 alert.opened firing moderate");
        assertThat(alerts.only().current().episodeId()).isEqualTo(ring.episodeId());
    }

    @Test
    void anEpisodeThatTheAlertHasLeftBehindIsNotHeard() {
        CityEvent opened = ring.opened();
        CityEvent escalated = ring.escalated();
        alerts.receive(opened);
        Events moved = ring.movedTo(EIGHT.minusSeconds(300));
        alerts.receive(moved.opened());
        List<String> told = alerts.told();

        alerts.receive(escalated);
        alerts.wait(SETTLING);

        assertThat(alerts.told()).isEqualTo(told);
        assertThat(alerts.only().current().episodeId()).isEqualTo(moved.episodeId());
    }

    @Test
    void anEpisodeThatTakesTheAlertBackIsBelievedInTheEnd() {
        alerts.receive(ring.opened());
        Events moved = ring.movedTo(EIGHT.minusSeconds(300));
        alerts.receive(moved.opened());
        CityEvent back = ring.again(Transition.OPENED);
        alerts.receive(Events.linked(back, moved.episodeId(), null));
        assertThat(alerts.only().current().episodeId()).isEqualTo(moved.episodeId());
        alerts.receive(Events.linked(ring.escalated(), null, null));
        assertThat(alerts.only().pending())
                .isNotNull()
                .satisfies(pending -> assertThat(pending.event().severity())
                        .as("what follows on what is pending is pending too")
                        .isEqualTo(Severity.SEVERE));
        alerts.wait(SETTLING);

        assertThat(alerts.told()).last().isEqualTo("3 alert.amended firing severe");
        assertThat(alerts.only().current().episodeId()).isEqualTo(ring.episodeId());
    }

    @Test
    void anAlertRemembersWhoLooksAfterItWhateverHappens() {
        CityEvent opened = ring.opened();
        alerts.receive(opened);
        alerts.put(alerts.only().assigned("Ada"));
        alerts.receive(Events.revised(opened, 2));
        alerts.receive(Events.revised(ring.escalated(), 3));
        alerts.receive(Events.revised(opened, 2));

        assertThat(alerts.only().assignedTo()).isEqualTo("Ada");
        assertThat(alerts.only().pending()).isNotNull();
    }
}

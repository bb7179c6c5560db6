package org.citystream.alerting.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.alerting.Events.EIGHT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.citystream.alerting.Events;
import org.citystream.alerting.alert.Acknowledgement;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertState;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final FakeAlerts alerts = new FakeAlerts(new Lifecycle(SETTLING));
    private final Events ring = Events.on("ring-3");

    @Test
    void aMorningOnTheRingIsToldStepByStep() {
        alerts.receive(ring.opened());
        alerts.receive(ring.escalated());
        alerts.receive(ring.deescalated());
        alerts.receive(ring.stale());
        alerts.receive(ring.again(Transition.UPDATED));
        alerts.receive(ring.closed());

        assertThat(alerts.told())
                .containsExactly(
                        "1 alert.opened firing moderate",
                        "2 alert.escalated firing severe",
                        "3 alert.deescalated firing moderate",
                        "4 alert.stale stale moderate",
                        "5 alert.updated firing moderate",
                        "6 alert.resolved resolved moderate");
    }

    @Test
    void theSameContentUnderAnotherRevisionIsNoNews() {
        alerts.receive(ring.opened());
        alerts.receive(ring.again(Transition.UPDATED));
        alerts.receive(ring.again(Transition.AMENDED));

        assertThat(alerts.told()).containsExactly("1 alert.opened firing moderate");
    }

    @Test
    void whatIsOverBeforeItIsSeenIsRecordedAndNotTold() {
        ring.opened();
        alerts.receive(ring.closed());

        assertThat(alerts.told()).isEmpty();
        assertThat(alerts.only().state()).isEqualTo(AlertState.RESOLVED);
        assertThat(alerts.recorded()).containsExactly("1 alert.resolved resolved moderate");
    }

    @Test
    void aSilentSensorLeavesTheAlertStaleAndItsReturnRevivesIt() {
        alerts.receive(ring.opened());
        alerts.receive(ring.stale());

        assertThat(alerts.only().state()).isEqualTo(AlertState.STALE);
    }

    @Test
    void aShadowRuleIsRecordedAndNeverTold() {
        ring.shadow();
        alerts.receive(ring.opened());
        alerts.receive(ring.escalated());
        alerts.receive(ring.closed());

        assertThat(alerts.told()).isEmpty();
        assertThat(alerts.only().shadow()).isTrue();
        assertThat(alerts.recorded()).hasSize(3);
    }

    @Test
    void anEpisodeThatLeavesTheShadowOpensForPeople() {
        alerts.receive(ring.shadow().opened());
        alerts.receive(ring.active().escalated());

        assertThat(alerts.told()).containsExactly("2 alert.opened firing severe");
        assertThat(alerts.only().shadow()).isFalse();
    }

    @Test
    void whatWasToldIsToldToItsEndEvenIfTheRuleGoesIntoTheShadow() {
        alerts.receive(ring.opened());
        alerts.receive(ring.shadow().closed());

        assertThat(alerts.told()).last().isEqualTo("2 alert.resolved resolved moderate");
    }

    @Test
    void aStartMovedByLateDataKeepsOneAlert() {
        alerts.receive(ring.opened());
        Events moved = ring.movedTo(EIGHT.minusSeconds(300));
        alerts.receive(ring.withdrawn());
        alerts.receive(moved.opened());
        alerts.wait(SETTLING);
        alerts.receive(moved.closed());

        assertThat(alerts.told())
                .containsExactly(
                        "1 alert.opened firing moderate",
                        "2 alert.amended firing moderate",
                        "3 alert.resolved resolved moderate");
        assertThat(alerts.only().current().startedAt()).isEqualTo(EIGHT.minusSeconds(300));
    }

    @Test
    void theSuccessorMayComeBeforeTheWithdrawal() {
        alerts.receive(ring.opened());
        Events moved = ring.movedTo(EIGHT.minusSeconds(300));
        alerts.receive(moved.opened());
        alerts.receive(ring.withdrawn());
        alerts.wait(SETTLING);

        assertThat(alerts.told()).containsExactly("1 alert.opened firing moderate", "2 alert.amended firing moderate");
        assertThat(alerts.only().current().episodeId()).isEqualTo(moved.episodeId());
    }

    @Test
    void aWithdrawalInFavourOfAnEpisodeThatNeverComesIsTold() {
        alerts.receive(ring.opened());
        ring.movedTo(EIGHT.minusSeconds(300));
        alerts.receive(ring.withdrawn());
        assertThat(alerts.told()).hasSize(1);

        alerts.wait(SETTLING);

        assertThat(alerts.told()).last().isEqualTo("2 alert.withdrawn resolved moderate");
    }

    @Test
    void anEpisodeMergedIntoAnotherAlertIsWithdrawnAtOnce() {
        Events merged = Events.on("ring-4");
        alerts.receive(merged.opened());
        Events stays = Events.on("ring-3");
        alerts.receive(stays.opened());
        alerts.receive(Events.linked(merged.withdrawn(), null, stays.episodeId()));

        assertThat(alerts.told())
                .containsExactlyInAnyOrder(
                        "1 alert.opened firing moderate",
                        "1 alert.opened firing moderate",
                        "2 alert.withdrawn resolved moderate");
    }

    @Test
    void aWithdrawalWithoutSuccessorIsToldAtOnce() {
        alerts.receive(ring.opened());
        alerts.receive(ring.withdrawn());

        assertThat(alerts.told()).last().isEqualTo("2 alert.withdrawn resolved moderate");
    }

    @Test
    void anEndMovedByLateDataIsAmended() {
        alerts.receive(ring.opened());
        alerts.receive(ring.closed());
        alerts.receive(ring.closedAt(55));

        assertThat(alerts.told()).last().isEqualTo("3 alert.amended resolved moderate");
    }

    @Test
    void aRestartedJobThatRepeatsItselfIsNotHeard() {
        List<CityEvent> morning = List.of(ring.opened(), ring.escalated(), ring.closed());
        morning.forEach(alerts::receive);
        List<String> told = alerts.told();

        morning.forEach(alerts::receive);
        alerts.wait(SETTLING);

        assertThat(alerts.told()).isEqualTo(told);
        assertThat(alerts.only().state()).isEqualTo(AlertState.RESOLVED);
    }

    @Test
    void aRestartedJobThatChangesItsMindIsBelievedInTheEnd() {
        CityEvent opened = ring.opened();
        alerts.receive(opened);
        alerts.receive(ring.escalated());

        alerts.receive(opened);
        assertThat(alerts.only().current().severity()).isEqualTo(Severity.SEVERE);
        alerts.wait(SETTLING);

        assertThat(alerts.told()).last().isEqualTo("3 alert.deescalated firing moderate");
    }

    @Test
    void acknowledgingTwiceIsOnce() {
        alerts.receive(ring.opened());
        alerts.acknowledge(new Acknowledgement("Ada", EIGHT, null));
        alerts.acknowledge(new Acknowledgement("Bob", EIGHT, null));

        assertThat(alerts.told())
                .containsExactly("1 alert.opened firing moderate", "2 alert.acknowledged firing moderate");
        assertThat(alerts.only().acknowledgement())
                .isNotNull()
                .satisfies(a -> assertThat(a.by()).isEqualTo("Ada"));
    }

    /** Jobs fall back to a checkpoint and repeat what followed, partitions interleave, records come twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void repetitionAndInterleavingChangeNothing(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<List<CityEvent>> partitions = new ArrayList<>();
            for (int segment = 0; segment < 3; segment++) {
                partitions.add(story("ring-" + segment, random));
            }
            FakeAlerts clean = new FakeAlerts(new Lifecycle(SETTLING));
            partitions.forEach(story -> story.forEach(clean::receive));
            clean.wait(SETTLING);

            FakeAlerts rough = new FakeAlerts(new Lifecycle(SETTLING));
            List<List<CityEvent>> repeated = partitions.stream()
                    .map(story -> withRepetitions(story, random))
                    .toList();
            interleaved(repeated, random).forEach(rough::receive);
            rough.wait(SETTLING);

            assertThat(rough.toldByAlert()).as("seed %d, round %d", seed, round).isEqualTo(clean.toldByAlert());
            assertThat(rough.states()).as("seed %d, round %d", seed, round).isEqualTo(clean.states());
        }
    }

    /** A topic read once more from its beginning, as after a restore from a backup. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aReplayOfEverythingChangesNothing(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<List<CityEvent>> partitions = new ArrayList<>();
            for (int segment = 0; segment < 3; segment++) {
                partitions.add(story("ring-" + segment, random));
            }
            FakeAlerts replayed = new FakeAlerts(new Lifecycle(SETTLING));
            interleaved(partitions, random).forEach(replayed::receive);
            replayed.wait(SETTLING);
            Map<String, List<String>> told = new TreeMap<>();
            replayed.toldByAlert().forEach((alert, lines) -> told.put(alert, List.copyOf(lines)));
            Map<String, String> states = replayed.states();

            for (int replay = 0; replay < 1 + random.nextInt(2); replay++) {
                interleaved(partitions, random).forEach(replayed::receive);
                replayed.wait(SETTLING);
            }

            assertThat(replayed.toldByAlert())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(told);
            assertThat(replayed.states()).as("seed %d, round %d", seed, round).isEqualTo(states);
        }
    }

    private static List<CityEvent> story(String segment, Random random) {
        Events episode = Events.on(segment);
        List<CityEvent> story = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            story.add(episode.opened());
        }
        int steps = random.nextInt(5);
        for (int i = 0; i < steps; i++) {
            story.add(
                    switch (random.nextInt(4)) {
                        case 0 -> episode.escalated();
                        case 1 -> episode.deescalated();
                        case 2 -> episode.stale();
                        default -> episode.updated(random.nextInt(3) / 10.0);
                    });
        }
        int ending = random.nextInt(4);
        if (ending == 1) {
            story.add(episode.closed());
        } else if (ending == 2) {
            story.add(episode.withdrawn());
        } else if (ending == 3) {
            Events moved = episode.movedTo(EIGHT.minusSeconds(60));
            story.add(episode.withdrawn());
            story.add(moved.opened());
            story.add(moved.closed());
        }
        return story;
    }

    /** Any number of falls back to an earlier record, each followed by everything since. */
    private static List<CityEvent> withRepetitions(List<CityEvent> story, Random random) {
        List<CityEvent> repeated = new ArrayList<>();
        for (int end = 1; end <= story.size(); end++) {
            repeated.add(story.get(end - 1));
            while (random.nextInt(3) == 0) {
                repeated.addAll(story.subList(random.nextInt(end), end));
            }
        }
        return repeated;
    }

    private static List<CityEvent> interleaved(List<List<CityEvent>> partitions, Random random) {
        List<CityEvent> merged = new ArrayList<>();
        int[] next = new int[partitions.size()];
        int left = partitions.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int partition = random.nextInt(partitions.size());
            if (next[partition] < partitions.get(partition).size()) {
                merged.add(partitions.get(partition).get(next[partition]++));
                left--;
            }
        }
        return merged;
    }

    @Test
    void nothingIsPendingOnceTheStreamIsBackAtWhatWasTold() {
        CityEvent opened = ring.opened();
        CityEvent closed = ring.closed();
        alerts.receive(opened);
        alerts.receive(closed);
        alerts.receive(opened);
        assertThat(alerts.only().pending()).isNotNull();

        alerts.receive(closed);

        Alert alert = alerts.only();
        assertThat(alert.pending()).isNull();
        assertThat(alert.current().endedAt()).isEqualTo(Instant.parse("2026-11-23T08:35:00Z"));
    }

    @Test
    void whatIsOverAndThenTakenBackIsWithdrawn() {
        alerts.receive(ring.opened());
        alerts.receive(ring.closed());
        assertThat(alerts.only().withdrawn()).isFalse();
        alerts.receive(ring.withdrawn());

        assertThat(alerts.told()).last().isEqualTo("3 alert.withdrawn resolved moderate");
        assertThat(alerts.only().withdrawn()).isTrue();
    }

    @Test
    void anAmendmentIsToldAsOne() {
        alerts.receive(ring.opened());
        ring.updated(0.3);
        alerts.receive(ring.again(Transition.AMENDED));

        assertThat(alerts.told()).last().isEqualTo("2 alert.amended firing moderate");
    }
}

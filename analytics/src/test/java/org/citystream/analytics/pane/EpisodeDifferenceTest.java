package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.pane.EpisodeDifference.Course;
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

/** What the world hears when late data have shown what really happened on one morning. */
class EpisodeDifferenceTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Subject RING = new Subject(SubjectType.ROAD_SEGMENT, "ring-1", null);

    private final List<Told> told = new ArrayList<>();
    private final Map<String, Course> now = new LinkedHashMap<>();

    private static Instant minute(int minute) {
        return EIGHT.plusSeconds(60L * minute);
    }

    private static CityEvent event(
            String rule, int start, Transition transition, int at, @Nullable Integer end, Severity severity) {
        return new CityEvent(
                "",
                EpisodeEvents.episodeId(rule, RING, minute(start)),
                0,
                RuleKind.CONGESTION,
                transition,
                severity,
                "lindholm",
                RING,
                minute(start),
                minute(at),
                end == null ? null : minute(end),
                null,
                null,
                transition == Transition.CLOSED ? "exit-dwell-completed" : "dwell-completed",
                new RuleReference(rule, 1, "9f2c", RuleMode.ACTIVE),
                Map.of(),
                "slow",
                null,
                JsonNodeFactory.instance.objectNode());
    }

    private static CityEvent opened(int start) {
        return event("slow", start, Transition.OPENED, start + 3, null, Severity.MODERATE);
    }

    private static CityEvent escalated(int start, int at) {
        return event("slow", start, Transition.ESCALATED, at, null, Severity.SEVERE);
    }

    private static CityEvent closed(int start, int end) {
        return event("slow", start, Transition.CLOSED, end + 5, end, Severity.MODERATE);
    }

    private void wasTold(CityEvent event) {
        told.add(new Told(2, event, Told.Status.CURRENT));
    }

    private void holdsNow(CityEvent... events) {
        now.put(events[0].episodeId(), new Course(Arrays.asList(events)));
    }

    /** As {@code revision transition start [end]}, with the starts of those it replaces and is replaced by. */
    private List<String> heard() {
        return heard(0);
    }

    private List<String> heard(int refoldedFrom) {
        List<CityEvent> out = new ArrayList<>();
        new EpisodeDifference(told, now, minute(refoldedFrom).toEpochMilli()).tell(new PaneOutput<>() {
            @Override
            public void summary(Object summary) {
                throw new AssertionError("none is asked for");
            }

            @Override
            public void event(CityEvent event) {
                out.add(event);
            }
        });
        return out.stream()
                .map(e -> e.revision() + " " + e.transition().wireName() + " " + name(e.episodeId())
                        + (e.endedAt() == null
                                ? ""
                                : " to " + e.endedAt().toString().substring(11, 16))
                        + (e.replaces() == null ? "" : " replaces " + name(e.replaces()))
                        + (e.replacedBy() == null ? "" : " replaced by " + name(e.replacedBy())))
                .toList();
    }

    /** The rule and the minute of its start. */
    private static String name(String episodeId) {
        for (String rule : List.of("slow", "other")) {
            for (int start = 0; start < 100; start++) {
                if (EpisodeEvents.episodeId(rule, RING, minute(start)).equals(episodeId)) {
                    return rule + "@" + start;
                }
            }
        }
        throw new AssertionError("no episode of this morning: " + episodeId);
    }

    @Test
    void whatStillHoldsIsNoNews() {
        wasTold(opened(10));
        holdsNow(opened(10));
        assertThat(heard()).isEmpty();
        assertThat(told)
                .singleElement()
                .satisfies(one -> assertThat(one.revision()).isEqualTo(2));
    }

    @Test
    void whatFollowsOnWhatWasToldIsToldStepByStep() {
        wasTold(opened(10));
        holdsNow(opened(10), escalated(10, 20), closed(10, 30));
        assertThat(heard()).containsExactly("3 escalated slow@10", "4 closed slow@10 to 08:30");
        assertThat(told.get(0).event()).isEqualTo(closed(10, 30));
    }

    @Test
    void anotherEndAmendsAlsoWhereItWasOpen() {
        wasTold(closed(10, 30));
        holdsNow(opened(10), closed(10, 40));
        assertThat(heard()).containsExactly("3 amended slow@10 to 08:40");
        holdsNow(opened(10));
        assertThat(heard()).as("it goes on after all").containsExactly("4 amended slow@10");
    }

    @Test
    void whatNeverWasIsWithdrawn() {
        wasTold(opened(10));
        assertThat(heard()).containsExactly("3 withdrawn slow@10");
        assertThat(told.get(0).as()).isEqualTo(Told.Status.WITHDRAWN);
        assertThat(heard()).as("once").isEmpty();
    }

    @Test
    void whatWasOverBeforeTheRefoldBeganIsNoneOfItsBusiness() {
        wasTold(closed(10, 30));
        assertThat(heard(35)).isEmpty();
        assertThat(heard(34)).containsExactly("3 withdrawn slow@10 to 08:30");
    }

    @Test
    void whatIsOpenIsItsBusinessHoweverOld() {
        wasTold(opened(10));
        assertThat(heard(90)).containsExactly("3 withdrawn slow@10");
    }

    @Test
    void whatNobodyKnewIsOpened() {
        holdsNow(opened(10), escalated(10, 20));
        assertThat(heard()).containsExactly("1 opened slow@10", "2 escalated slow@10");
        assertThat(told)
                .singleElement()
                .satisfies(one -> assertThat(one.revision()).isEqualTo(2));
    }

    @Test
    void whatNobodyKnewAndIsOverIsRecordedOnly() {
        holdsNow(opened(10), closed(10, 30));
        assertThat(heard()).containsExactly("1 closed slow@10 to 08:30");
    }

    @Test
    void aStartThatMovedWithdrawsOneEpisodeForAnother() {
        wasTold(opened(10));
        holdsNow(opened(8));
        assertThat(heard())
                .containsExactly("3 withdrawn slow@10 replaced by slow@8", "1 opened slow@8 replaces slow@10");
    }

    @Test
    void whatReplacesAnEpisodeThatPeopleWereToldOfIsOpenedForThemAlsoIfItIsOver() {
        wasTold(opened(10));
        holdsNow(opened(8), closed(8, 30));
        assertThat(heard())
                .containsExactly(
                        "3 withdrawn slow@10 replaced by slow@8",
                        "1 opened slow@8 replaces slow@10",
                        "2 closed slow@8 to 08:30");
    }

    @Test
    void theHeirIsTheOneOfTheSameRuleThatOverlapsMost() {
        wasTold(closed(10, 40));
        holdsNow(event("other", 10, Transition.OPENED, 13, null, Severity.MODERATE));
        holdsNow(closed(8, 15));
        holdsNow(closed(20, 39));
        assertThat(heard()).first().isEqualTo("3 withdrawn slow@10 to 08:40 replaced by slow@20");
    }

    @Test
    void whatOnlyTouchesIsNoHeir() {
        wasTold(closed(10, 20));
        holdsNow(closed(20, 30));
        assertThat(heard()).containsExactly("3 withdrawn slow@10 to 08:20", "1 closed slow@20 to 08:30");
    }

    @Test
    void ofEqualOverlapsTheEarlierCounts() {
        wasTold(closed(10, 30));
        holdsNow(closed(21, 30));
        holdsNow(closed(11, 20));
        assertThat(heard()).first().isEqualTo("3 withdrawn slow@10 to 08:30 replaced by slow@11");
    }

    @Test
    void whatWasWithdrawnAndHoldsAfterAllIsOpenedUnderItsNextRevision() {
        told.add(new Told(3, opened(10), Told.Status.WITHDRAWN));
        holdsNow(opened(10));
        assertThat(heard()).containsExactly("4 opened slow@10");
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.as()).isEqualTo(Told.Status.CURRENT);
            assertThat(one.revision()).isEqualTo(4);
        });
    }

    @Test
    void whatAGroupTakesBackItselfIsWithdrawnNotAmended() {
        wasTold(opened(10));
        holdsNow(event("slow", 10, Transition.WITHDRAWN, 20, null, Severity.MODERATE));
        assertThat(heard()).containsExactly("3 withdrawn slow@10");
    }
}

package org.citystream.analytics.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.RuleReference;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.RuleMode;
import org.junit.jupiter.api.Test;

/** What an event keeps of its episode, and what its identity depends on. */
class EpisodeEventsTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final CityEvent OPEN = AnEpisode.open();

    private static Rule slow(String more) {
        try {
            return RuleCodec.readDocument("{id: slow, kind: congestion, enter: {speed-ratio-below: 0.5, for: PT1M}, "
                            + "exit: {speed-ratio-above: 0.7, for: PT1M}" + more + "}")
                    .get(0)
                    .withVersion(2, NINE);
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    /** First 32 digits of the SHA-256 of {@code slow\nroad-segment\nring-1\n2026-11-23T08:00:00Z}, the member behind it. */
    @Test
    void identitiesStayThoseThatWereGivenOut() {
        assertThat(EpisodeEvents.episodeId("slow", AnEpisode.RING, AnEpisode.EIGHT))
                .isEqualTo("a17aeb30a4d4c13366bd877471c64e54");
        assertThat(EpisodeEvents.episodeId("slow", AnEpisode.RING, AnEpisode.EIGHT, "ring-7"))
                .isEqualTo("3f611d9118f7550fe8010f2b3bae904f");
    }

    @Test
    void anEpisodeIsAnotherByItsRuleItsPlaceItsStartAndItsMember() {
        Subject station = new Subject(SubjectType.STATION, "ring-1", "Ring east");
        assertThat(List.of(
                        EpisodeEvents.episodeId("slow", AnEpisode.RING, AnEpisode.EIGHT),
                        EpisodeEvents.episodeId("slower", AnEpisode.RING, AnEpisode.EIGHT),
                        EpisodeEvents.episodeId("slow", station, AnEpisode.EIGHT),
                        EpisodeEvents.episodeId("slow", AnEpisode.RING, NINE),
                        EpisodeEvents.episodeId("slow", AnEpisode.RING, AnEpisode.EIGHT, "a"),
                        EpisodeEvents.episodeId("slow", AnEpisode.RING, AnEpisode.EIGHT, "b")))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{32}"));
    }

    @Test
    void whatIsToldIsTheEpisodeWithItsRevisionAndAnIdThatFollowsFromIt() {
        CityEvent told = EpisodeEvents.told(OPEN, 3);

        assertThat(told.eventId()).matches("[0-9a-f]{32}");
        assertThat(told)
                .isEqualTo(AnEpisode.event(
                        told.eventId(),
                        3,
                        Transition.OPENED,
                        OPEN.at(),
                        null,
                        null,
                        null,
                        "dwell-completed",
                        AnEpisode.SLOW,
                        AnEpisode.LABELS));
        assertThat(EpisodeEvents.told(OPEN, 3)).as("told again").isEqualTo(told);
        assertThat(EpisodeEvents.told(OPEN, 4).eventId()).isNotEqualTo(told.eventId());
    }

    @Test
    void whatLateDataOrSilenceBringAboutSaysWhatItReplaces() {
        CityEvent told = EpisodeEvents.told(OPEN, 2, Transition.AMENDED, NINE, "late-data", "episode-0", "episode-2");

        assertThat(told)
                .isEqualTo(AnEpisode.event(
                        told.eventId(),
                        2,
                        Transition.AMENDED,
                        NINE,
                        null,
                        "episode-0",
                        "episode-2",
                        "late-data",
                        AnEpisode.SLOW,
                        AnEpisode.LABELS));
    }

    @Test
    void anEpisodeThatEndsFromOutsideEndsThenAndKeepsItsRule() {
        assertThat(EpisodeEvents.ended(OPEN, NINE, EpisodeEvents.RULE_OFF))
                .isEqualTo(AnEpisode.event(
                        0, Transition.CLOSED, NINE, NINE, "rule-off", AnEpisode.SLOW, AnEpisode.LABELS));
    }

    @Test
    void anEpisodeThatIsOverMayHaveEndedBeforeItIsTold() {
        assertThat(EpisodeEvents.over(OPEN, Transition.CLOSED, NINE, AnEpisode.EIGHT, "episode-2", "taken-in"))
                .isEqualTo(AnEpisode.event(
                        "",
                        0,
                        Transition.CLOSED,
                        NINE,
                        AnEpisode.EIGHT,
                        null,
                        "episode-2",
                        "taken-in",
                        AnEpisode.SLOW,
                        AnEpisode.LABELS));
    }

    @Test
    void aVersionThatTellsTheSamePeopleIsNoNews() {
        List<CityEvent> events = new ArrayList<>();
        Rule same = slow(", labels: {team: roads}");

        assertThat(EpisodeEvents.isToldOtherwise(OPEN, same)).isFalse();
        assertThat(EpisodeEvents.under(same, OPEN, NINE, events)).isSameAs(OPEN);
        assertThat(events).isEmpty();
    }

    @Test
    void aVersionThatTellsOthersIsToldWithItsLabelsAndItsMode() {
        Rule others = slow(", labels: {team: night}");
        Rule shadow = slow(", labels: {team: roads}, mode: shadow");
        assertThat(EpisodeEvents.isToldOtherwise(OPEN, others)).isTrue();
        assertThat(EpisodeEvents.isToldOtherwise(OPEN, shadow)).isTrue();

        List<CityEvent> events = new ArrayList<>();
        CityEvent revised = EpisodeEvents.under(others, OPEN, NINE, events);

        assertThat(events).containsExactly(revised);
        assertThat(revised)
                .isEqualTo(AnEpisode.event(
                        0,
                        Transition.UPDATED,
                        NINE,
                        null,
                        "rule-revised",
                        new RuleReference("slow", 2, others.hash(), RuleMode.ACTIVE),
                        Map.of("team", "night")));
        assertThat(EpisodeEvents.revised(OPEN, shadow, NINE).rule().mode()).isEqualTo(RuleMode.SHADOW);
    }
}

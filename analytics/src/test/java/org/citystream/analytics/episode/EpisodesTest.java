package org.citystream.analytics.episode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Subject;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.rule.RuleMode;
import org.citystream.model.rule.Severity;
import org.junit.jupiter.api.Test;

/** Rules at one road segment; an episode opens after a minute. */
class EpisodesTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final EpisodeSubject RING =
            new EpisodeSubject(new Subject(SubjectType.ROAD_SEGMENT, "ring-1", null), "lindholm", null);

    private final Rule slow = rule("slow", 0.5);
    private final Rule crawling = rule("crawling", 0.2);
    private final List<CityEvent> events = new ArrayList<>();
    private Episodes episodes = Episodes.NONE;

    private static Rule rule(String id, double ratio) {
        String document = "{id: %s, kind: congestion, enter: {speed-ratio-below: %s, for: PT1M}, "
                + "exit: {speed-ratio-above: 0.7, for: PT1M}, labels: {team: roads}}";
        try {
            return RuleCodec.readDocument(document.formatted(id, ratio)).get(0).withVersion(1, EIGHT);
        } catch (InvalidRuleException e) {
            throw new AssertionError(e);
        }
    }

    private static Rule version(Rule rule, int version, RuleMode mode, Map<String, String> labels, Rule condition) {
        return new Rule(
                rule.id(),
                rule.kind(),
                mode,
                rule.scope(),
                rule.schedule(),
                rule.severity(),
                labels,
                condition.condition(),
                version,
                EIGHT,
                "another");
    }

    private static Instant minute(int minute) {
        return EIGHT.plus(MINUTE.multipliedBy(minute));
    }

    private void minute(int minute, Standing standing, Rule... rules) {
        take(episodes.next(RING, List.of(rules), minute(minute), minute(minute + 1), rule -> verdict(standing)));
    }

    private void take(Episodes.Next next) {
        episodes = next.episodes();
        events.addAll(next.events());
    }

    private static Verdict verdict(Standing standing) {
        return new Verdict(standing, Severity.MODERATE, MINUTE, MINUTE, new Verdict.Telling() {
            @Override
            public String summary() {
                return "slow";
            }

            @Override
            public JsonNode evidence(Instant from, Instant to) {
                return JsonNodeFactory.instance.objectNode().put("from", from.toString());
            }
        });
    }

    private CityEvent last() {
        return events.get(events.size() - 1);
    }

    private void silence(int from, int to, Function<Instant, Optional<List<Rule>>> rulesAt) {
        take(episodes.silence(RING, minute(from), minute(to), MINUTE, rulesAt));
    }

    @Test
    void nothingIsRememberedOfARuleThatIsFarFromItsLimits() {
        minute(0, Standing.EXIT, slow);
        assertThat(episodes).isSameAs(Episodes.NONE);
        minute(1, Standing.ENTER, slow);
        assertThat(episodes.open()).hasSize(1);
        minute(2, Standing.EXIT, slow);
        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(episodes).isSameAs(Episodes.NONE);
    }

    @Test
    void anEpisodeEndsWithItsRuleAndOthersGoOn() {
        minute(0, Standing.ENTER, crawling, slow);
        minute(1, Standing.ENTER, slow);

        assertThat(events).hasSize(3);
        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(last().rule().id()).isEqualTo("crawling");
        assertThat(last().reason()).isEqualTo("rule-off");
        assertThat(last().endedAt()).isEqualTo(minute(1));
        assertThat(episodes.open()).extracting(open -> open.rule().id()).containsExactly("slow");
    }

    @Test
    void aRuleThatGoesBeforeItsRunWasLongEnoughEndsNothing() {
        Verdict longer = new Verdict(Standing.ENTER, Severity.MODERATE, Duration.ofMinutes(3), MINUTE, null);
        take(episodes.next(RING, List.of(slow), minute(0), minute(1), rule -> longer));
        minute(1, Standing.ENTER);
        assertThat(events).isEmpty();
    }

    @Test
    void aVersionWithAnotherConditionEndsTheEpisodeAndBeginsAnew() {
        minute(0, Standing.ENTER, slow);
        String first = last().episodeId();
        minute(1, Standing.ENTER, version(slow, 2, RuleMode.ACTIVE, Map.of("team", "roads"), crawling));

        assertThat(events)
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.CLOSED, Transition.OPENED);
        assertThat(events.get(1).reason()).isEqualTo("rule-changed");
        assertThat(events.get(1).episodeId()).isEqualTo(first);
        assertThat(events.get(1).endedAt()).isEqualTo(minute(1));
        assertThat(last().episodeId()).isNotEqualTo(first);
        assertThat(last().startedAt()).isEqualTo(minute(1));
    }

    @Test
    void aConditionThatChangesBeforeAnythingOpenedEndsNothing() {
        Verdict longer = new Verdict(
                Standing.ENTER,
                Severity.MODERATE,
                Duration.ofMinutes(2),
                MINUTE,
                verdict(Standing.ENTER).telling());
        take(episodes.next(RING, List.of(slow), minute(0), minute(1), rule -> longer));
        Rule stricter = version(slow, 2, RuleMode.ACTIVE, Map.of("team", "roads"), crawling);
        take(episodes.next(RING, List.of(stricter), minute(1), minute(2), rule -> longer));
        assertThat(events).as("the run began anew").isEmpty();
        take(episodes.next(RING, List.of(stricter), minute(2), minute(3), rule -> longer));
        assertThat(last().startedAt()).isEqualTo(minute(1));
    }

    @Test
    void aVersionWithOtherLabelsGoesOnAndSaysSo() {
        minute(0, Standing.ENTER, slow);
        Rule relabelled = version(slow, 2, RuleMode.SHADOW, Map.of("team", "night"), slow);
        minute(1, Standing.BETWEEN, relabelled);

        assertThat(last().transition()).isEqualTo(Transition.UPDATED);
        assertThat(last().reason()).isEqualTo("rule-revised");
        assertThat(last().episodeId()).isEqualTo(events.get(0).episodeId());
        assertThat(last().labels()).containsEntry("team", "night");
        assertThat(last().rule().mode()).isEqualTo(RuleMode.SHADOW);
        minute(2, Standing.BETWEEN, relabelled);
        assertThat(events).as("once").hasSize(2);
        minute(3, Standing.EXIT, relabelled);
        assertThat(last().transition()).isEqualTo(Transition.CLOSED);
        assertThat(last().startedAt()).isEqualTo(minute(0));
        assertThat(last().endedAt()).isEqualTo(minute(3));
    }

    @Test
    void aVersionThatSaysTheSameToTheSamePeopleIsNoNews() {
        minute(0, Standing.ENTER, slow);
        minute(1, Standing.BETWEEN, slow.withVersion(2, EIGHT));
        assertThat(events).hasSize(1);
        assertThat(episodes.open()).hasSize(1);
    }

    @Test
    void aRunUnderWayGoesOnUnderAVersionWithTheSameCondition() {
        Verdict longer = new Verdict(
                Standing.ENTER,
                Severity.MODERATE,
                Duration.ofMinutes(2),
                MINUTE,
                verdict(Standing.ENTER).telling());
        take(episodes.next(RING, List.of(slow), minute(0), minute(1), rule -> longer));
        take(episodes.next(RING, List.of(slow.withVersion(2, EIGHT)), minute(1), minute(2), rule -> longer));
        assertThat(last().startedAt()).isEqualTo(minute(0));
    }

    @Test
    void aPaneThatIsAboutMoreThanItselfStartsTheEpisodeThere() {
        Verdict day = verdict(Standing.ENTER).since(minute(-60));
        take(episodes.next(RING, List.of(slow), minute(0), minute(1), rule -> day));
        assertThat(last().startedAt()).isEqualTo(minute(-60));
        assertThat(last().at()).isEqualTo(minute(1));
    }

    @Test
    void inSilenceAnEpisodeEndsWhenItsRuleIsSwitchedOff() {
        minute(0, Standing.ENTER, slow);
        silence(1, 10, at -> Optional.of(at.isBefore(minute(4)) ? List.of(slow) : List.of()));

        assertThat(events).hasSize(2);
        assertThat(last().reason()).isEqualTo("rule-off");
        assertThat(last().endedAt()).isEqualTo(minute(4));
        assertThat(episodes).isSameAs(Episodes.NONE);
    }

    @Test
    void inSilenceAnEpisodeEndsWhenItsSubjectIsRetired() {
        minute(0, Standing.ENTER, slow);
        silence(1, 10, at -> at.isBefore(minute(4)) ? Optional.of(List.of(slow)) : Optional.empty());

        assertThat(events).hasSize(2);
        assertThat(last().reason()).isEqualTo("subject-retired");
        assertThat(last().endedAt()).isEqualTo(minute(4));
        assertThat(episodes.open()).isEmpty();
    }

    @Test
    void silenceAloneEndsNothingAndItsEndIsExclusive() {
        minute(0, Standing.ENTER, slow);
        silence(1, 10, at -> Optional.of(at.isBefore(minute(10)) ? List.of(slow) : List.of()));
        assertThat(events).hasSize(1);
        assertThat(episodes.open()).hasSize(1);
    }

    @Test
    void whereNothingIsOpenSilenceIsNotWalkedThrough() {
        Verdict longer = new Verdict(Standing.ENTER, Severity.MODERATE, Duration.ofMinutes(3), MINUTE, null);
        take(episodes.next(RING, List.of(slow), minute(0), minute(1), rule -> longer));
        silence(1, 10, at -> {
            throw new AssertionError("nobody needs to know the rules of " + at);
        });
        assertThat(events).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        minute(0, Standing.ENTER, slow, crawling);
        Episodes read = copy(episodes);
        assertThat(read.open()).isEqualTo(episodes.open());
        episodes = read;
        minute(1, Standing.EXIT, slow, crawling);
        assertThat(events).hasSize(4);
        assertThat(copy(Episodes.NONE)).isSameAs(Episodes.NONE);
    }

    private static Episodes copy(Episodes episodes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        episodes.write(new DataOutputStream(bytes));
        return Episodes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}

package org.citystream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.citystream.dashboard.SampleCity;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.rule.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A queue as it was at each moment of its life. */
class EpisodeTest {
    private static final CityEvent QUEUE = SampleCity.events().get(0);
    private static final Instant OPENED = QUEUE.startedAt().plusSeconds(180);
    private static final Instant GREW = OPENED.plusSeconds(300);
    private static final Instant WORSE = OPENED.plusSeconds(600);
    private static final Instant ENDED = OPENED.plusSeconds(1200);

    private final Episodes episodes = new Episodes();

    @Test
    void atAMomentOfThePastSeverityAndExtentAreThoseOfThen() {
        tell(OPENED, Transition.OPENED, Severity.MODERATE, 3_000, 3_800, null);
        tell(GREW, Transition.UPDATED, Severity.MODERATE, 2_200, 3_800, null);
        tell(WORSE, Transition.ESCALATED, Severity.SEVERE, 1_000, 3_800, null);
        tell(ENDED, Transition.CLOSED, Severity.SEVERE, 1_000, 3_800, ENDED);

        CityEvent then = only(episodes.openAt(GREW.plusSeconds(60)));
        assertThat(then.severity()).isEqualTo(Severity.MODERATE);
        assertThat(then.transition()).isEqualTo(Transition.UPDATED);
        assertThat(then.evidence().at("/queue/tailM").asDouble()).isEqualTo(2_200);
        assertThat(only(episodes.openAt(WORSE)).severity()).isEqualTo(Severity.SEVERE);
        assertThat(only(episodes.openAt(QUEUE.startedAt()))
                        .evidence()
                        .at("/queue/tailM")
                        .asDouble())
                .as("before it was told of, as it was first told of")
                .isEqualTo(3_000);
        assertThat(episodes.openAt(ENDED)).isEmpty();
    }

    @Test
    void whatIsToldOfTheSameMomentAgainReplacesIt() {
        tell(OPENED, Transition.OPENED, Severity.MODERATE, 3_000, 3_800, null);
        tell(GREW, Transition.UPDATED, Severity.MODERATE, 2_200, 3_800, null);
        tell(GREW, Transition.AMENDED, Severity.SEVERE, 1_500, 3_800, null);

        List<Episode.Stage> stages = episodes.within(OPENED, ENDED).get(0).stages();
        assertThat(stages).extracting(Episode.Stage::at).containsExactly(OPENED, GREW);
        assertThat(stages.get(1).tailM()).isEqualTo(1_500.0);
    }

    @Test
    void aSpanOfTimeHasWhatWasOpenInIt() {
        tell(ENDED, Transition.CLOSED, Severity.SEVERE, 1_000, 3_800, ENDED);

        assertThat(episodes.within(ENDED, ENDED.plusSeconds(60))).isEmpty();
        assertThat(episodes.within(QUEUE.startedAt().minusSeconds(60), QUEUE.startedAt()))
                .hasSize(1);
        assertThat(episodes.within(
                        QUEUE.startedAt().minusSeconds(60), QUEUE.startedAt().minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void stagesAreBounded() {
        for (int i = 0; i < 2 * Episode.STAGES_KEPT; i++) {
            tell(OPENED.plusSeconds(i), Transition.UPDATED, Severity.MODERATE, i, 3_800, null);
        }
        List<Episode.Stage> stages = episodes.within(OPENED, ENDED).get(0).stages();
        assertThat(stages).hasSize(Episode.STAGES_KEPT);
        assertThat(stages.get(stages.size() - 1).tailM()).isEqualTo(2.0 * Episode.STAGES_KEPT - 1);
    }

    private void tell(
            Instant at,
            Transition transition,
            Severity severity,
            double tailM,
            double headM,
            @Nullable Instant endedAt) {
        ObjectNode evidence = JsonNodeFactory.instance.objectNode();
        evidence.putObject("queue").put("tailM", tailM).put("headM", headM);
        episodes.accept(SampleCity.told(QUEUE, at, transition, severity, endedAt, evidence));
    }

    private static CityEvent only(List<CityEvent> events) {
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}

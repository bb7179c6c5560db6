package org.citystream.analytics.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.pane.Intake;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.PaneOutput;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.model.event.CityEvent;
import org.citystream.model.summary.TrafficSummary;
import org.junit.jupiter.api.Test;

/** Road segments without a job: a minute is told a minute after its end, and again five seconds after a late reading. */
class TrafficRunTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private final List<String> told = new ArrayList<>();
    private final TrafficRun run = new TrafficRun(new SensorLog(), new RuleBook(), new PaneOutput<>() {
        @Override
        public void summary(TrafficSummary summary) {
            told.add(summary.roadSegmentId() + " " + summary.windowStart() + " revision " + summary.revision() + " of "
                    + summary.readingCount());
        }

        @Override
        public void event(CityEvent event) {
            throw new AssertionError("there are no rules");
        }
    });

    private static long at(int seconds) {
        return EIGHT.plusSeconds(seconds).toEpochMilli();
    }

    /** Of the minute from eight o'clock on. */
    private static Observation minute(String segmentId, String sensorId) {
        return TrafficMeasure.observation(segmentId, sensorId, 0, at(60), 60_000, null, 0, 12, 48, 0.1);
    }

    @Test
    void aMinuteIsToldWhenItIsClosedInTheOrderOfTheSegments() {
        assertThat(run.receive(minute("b", "loop-b"), at(61))).isEqualTo(Intake.COUNTED);
        assertThat(run.receive(minute("a", "loop-a"), at(62))).isEqualTo(Intake.COUNTED);
        assertThat(run.receive(minute("a", "loop-a"), at(63))).isEqualTo(Intake.DUPLICATE);
        run.advanceTo(at(120) - 1);
        assertThat(told).isEmpty();

        run.advanceTo(at(120));
        assertThat(told)
                .containsExactly("a 2026-11-23T08:00:00Z revision 1 of 1", "b 2026-11-23T08:00:00Z revision 1 of 1");
    }

    @Test
    void aLateReadingCorrectsItsMinuteFiveSecondsLater() {
        run.receive(minute("a", "loop-1"), at(61));
        run.advanceTo(at(120));
        assertThat(run.receive(minute("a", "loop-2"), at(130))).isEqualTo(Intake.COUNTED);
        run.advanceTo(at(135) - 1);
        assertThat(told).hasSize(1);

        run.advanceTo(at(135));
        assertThat(told).last().isEqualTo("a 2026-11-23T08:00:00Z revision 2 of 2");
    }

    @Test
    void whatComesAfterALeapFindsTheMinutesToldThatFellDueOnTheWay() {
        run.receive(minute("a", "loop-1"), at(61));
        run.receive(minute("b", "loop-2"), at(3600));

        assertThat(told).contains("a 2026-11-23T08:00:00Z revision 1 of 1").noneMatch(each -> each.startsWith("b"));
    }

    @Test
    void theClockDoesNotRunBack() {
        run.advanceTo(at(60));
        run.advanceTo(at(60));
        assertThatThrownBy(() -> run.advanceTo(at(59)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the clock stands at " + at(60) + " and would run back to " + at(59));
        assertThatThrownBy(() -> run.receive(minute("a", "loop-1"), at(59)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

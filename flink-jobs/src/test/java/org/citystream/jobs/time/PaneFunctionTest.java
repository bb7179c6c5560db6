package org.citystream.jobs.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.corridor.CorridorState;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.OffsetRanges;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.analytics.traffic.TrafficMeasure;
import org.citystream.analytics.traffic.TrafficState;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.control.ControlLog;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.summary.CorridorSummary;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traffic fold inside Flink's keyed state and timers, one operator, watermarks by hand. */
class PaneFunctionTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    /** On a ring road with a free flow of 100 km/h. */
    private static final ControlLog ONE_LOOP = new DefaultRulesAnd(
            "'sensorId':'loop-1','kind':'traffic','cityId':'testville','roadSegmentId':'ring-1','laneCount':1,"
                    + "'facility':'freeway','freeFlowSpeedKmh':100,'expectedIntervalSeconds':60");

    private PaneOperator operator;

    @BeforeEach
    void open() throws Exception {
        operator = opened(null);
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    private static PaneOperator opened(@Nullable OperatorSubtaskState state) throws Exception {
        return PaneOperator.opened(
                PaneFunction.<TrafficState, TrafficSummary>ofReadings(PaneTiming.TRAFFIC, TrafficFold::new, ONE_LOOP),
                state);
    }

    private static Instant minute(int minutes) {
        return EIGHT.plusSeconds(60L * minutes);
    }

    private static Observation reading(Instant observedAt, double speedKmh) {
        return TrafficMeasure.observation(
                "ring-1", "loop-1", 0, observedAt.toEpochMilli(), 60_000, null, 0, 10, speedKmh, 0.2);
    }

    private void receives(Observation reading) throws Exception {
        operator.receives(reading);
    }

    private void clock(Instant now) throws Exception {
        operator.clock(now);
    }

    private List<TrafficSummary> summaries() {
        return operator.summaries(TrafficSummary.class);
    }

    private Map<Instant, TrafficSummary> latest() {
        Map<Instant, TrafficSummary> latest = new TreeMap<>();
        summaries().forEach(summary -> latest.put(summary.windowStart(), summary));
        return latest;
    }

    private TrafficSummary latest(Instant windowStart) {
        return Objects.requireNonNull(latest().get(windowStart));
    }

    private List<CityEvent> events() {
        return operator.events();
    }

    @Test
    void noReadingClosesAPaneOnlyTheClockDoes() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 5; i++) {
            receives(reading(minute(i), 90));
        }
        assertThat(summaries()).isEmpty();

        clock(minute(2));
        assertThat(summaries()).extracting(TrafficSummary::windowStart).containsExactly(EIGHT);
    }

    @Test
    void readingsOutOfOrderAndTwiceGiveWhatTheOrderedRunGives() throws Exception {
        clock(minute(1));
        for (int i : new int[] {3, 1, 4, 2, 2, 4, 1, 5}) {
            receives(reading(minute(i), 30));
        }
        clock(minute(6));

        assertThat(latest().values()).hasSize(5).allSatisfy(summary -> {
            assertThat(summary.readingCount()).isEqualTo(1);
            assertThat(summary.spaceMeanSpeedKmh()).isEqualTo(30);
        });
        assertThat(events()).hasSize(1);
        assertThat(events().get(0).startedAt()).isEqualTo(EIGHT);
    }

    @Test
    void aReadingBehindTheSnapshotGoesToTheLateTopic() throws Exception {
        clock(minute(600));
        receives(reading(minute(60), 90).from(OffsetRanges.of(3, 4711)));

        assertThat(operator.beside(PaneFunction.LATE))
                .singleElement()
                .satisfies(record -> assertThat(record.toString())
                        .contains("loop-1", "behind-snapshot", "\"lateBySeconds\":32400")
                        .as("the whole of it stands there")
                        .contains("{\"topic\":\"city.readings.traffic.v1\",\"partition\":3,\"offset\":4711}"));
        assertThat(operator.stateEntries()).isZero();
    }

    @Test
    void aLateReadingCorrectsWhatWasTold() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 90));
        receives(reading(minute(3), 90));
        clock(minute(5));
        assertThat(latest(minute(1)).readingCount()).isZero();

        receives(reading(minute(2), 50));
        clock(minute(5).plusSeconds(4));
        assertThat(latest(minute(1)).readingCount()).as("not settled yet").isZero();
        clock(minute(5).plusSeconds(6));

        assertThat(latest(minute(1)).readingCount()).isEqualTo(1);
        assertThat(latest(minute(1)).revision()).isEqualTo(2);
        assertThat(latest(minute(0)).revision()).isEqualTo(1);
    }

    @Test
    void aJamWhoseDetectorFallsSilentIsStale() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 3; i++) {
            receives(reading(minute(i), 30));
        }
        for (int i = 4; i <= 10; i++) {
            clock(minute(i));
        }
        assertThat(events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED, Transition.STALE);
    }

    @Test
    void anOutageOfOursIsNoSilence() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 3; i++) {
            receives(reading(minute(i), 30));
        }
        operator.hears(Control.since(minute(9).toEpochMilli()));
        clock(minute(10));

        assertThat(events()).extracting(CityEvent::transition).containsExactly(Transition.OPENED);
    }

    @Test
    void aRestoreInTheMiddleOfAJamChangesNothing() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 30));
        receives(reading(minute(2), 30));
        clock(minute(4));
        OperatorSubtaskState snapshot = operator.snapshot();
        operator.close();

        operator = opened(snapshot);
        clock(minute(4));
        receives(reading(minute(2), 30));
        receives(reading(minute(3), 30));
        clock(minute(5));

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.transition()).isEqualTo(Transition.OPENED);
            assertThat(event.startedAt()).isEqualTo(EIGHT);
        });
        assertThat(latest().get(minute(1)) == null)
                .as("told before the restore, unchanged")
                .isTrue();
    }

    @Test
    void aLateReadingRightAfterARestoreCorrectsWhatWasTold() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 90));
        receives(reading(minute(3), 90));
        clock(minute(5));
        OperatorSubtaskState snapshot = operator.snapshot();
        operator.close();

        operator = opened(snapshot);
        receives(reading(minute(2), 50));
        clock(minute(5).plusSeconds(6));

        assertThat(latest(minute(1)).readingCount()).isEqualTo(1);
    }

    @Test
    void anInputThatEndsDecidesNothingMore() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 30));
        operator.inputEnds();

        assertThat(summaries()).isEmpty();
        assertThat(operator.timers()).isZero();
    }

    @Test
    void nothingIsLeftBehindWhenASegmentHasBeenGoneForAMonth() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 20; i++) {
            receives(reading(minute(i), 90));
            clock(minute(i));
        }
        assertThat(operator.timers()).as("one timer a key").isEqualTo(1);

        clock(minute(20).plus(Duration.ofHours(6)));
        assertThat(operator.stateEntries())
                .as("only what was learned: now, and as it was then")
                .isEqualTo(2);
        clock(minute(20).plus(Duration.ofDays(31)));

        assertThat(operator.stateEntries()).isZero();
        assertThat(operator.timers()).isZero();
    }

    @Test
    void nothingIsLeftBehindOfACorridor() throws Exception {
        clock(minute(1));
        receives(reading(minute(1), 90));
        clock(minute(2));
        TrafficSummary summary = latest(EIGHT);
        operator.close();
        operator = PaneOperator.opened(
                PaneFunction.<CorridorState, CorridorSummary>ofParts(
                        PaneTiming.TRAFFIC.ofGroups(), CorridorFold::new, ONE_LOOP),
                null);
        clock(minute(1));
        receives(SegmentPart.observation("ring", summary));
        assertThat(operator.timers()).isEqualTo(1);
        clock(minute(2));
        clock(minute(1).plus(Duration.ofDays(31)));
        clock(minute(1).plus(Duration.ofDays(62)));

        assertThat(operator.stateEntries()).isZero();
        assertThat(operator.timers()).isZero();
    }

    @Test
    void twoHoursOfLateReadingsAreOneCorrection() throws Exception {
        clock(minute(1));
        for (int i = 1; i <= 5; i++) {
            receives(reading(minute(i), 90));
        }
        clock(minute(130));
        int toldBefore = summaries().size();
        for (int i = 6; i <= 125; i++) {
            receives(reading(minute(i), 20));
        }
        clock(minute(130).plusSeconds(4));
        assertThat(summaries()).as("not settled yet").hasSize(toldBefore);
        clock(minute(130).plusSeconds(6));

        List<TrafficSummary> corrected =
                summaries().subList(toldBefore, summaries().size());
        assertThat(corrected)
                .extracting(TrafficSummary::windowStart)
                .doesNotHaveDuplicates()
                .contains(minute(5), minute(124));
        assertThat(corrected.stream().filter(summary -> summary.readingCount() == 1))
                .hasSize(120);
        assertThat(events())
                .as("one alarm, and that nothing has come since")
                .extracting(CityEvent::transition)
                .containsExactly(Transition.OPENED, Transition.STALE);
        assertThat(events().get(0).startedAt()).isEqualTo(minute(5));
    }

    @Test
    void aReadingBeforeTheFirstWatermarkIsNotLost() throws Exception {
        receives(reading(minute(1), 90));
        clock(minute(3));

        assertThat(latest()).containsKey(EIGHT);
    }
}

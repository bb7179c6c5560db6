package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.citystream.analytics.pane.Filled;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.model.summary.ExcludedSensor;
import org.citystream.model.summary.TrafficSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the corridor hears of a minute of one of its segments. */
class SegmentPartTest {
    private static TrafficSummary told(@Nullable String baseline) {
        return new TrafficSummary(
                OneMinute.SEGMENT,
                "ring",
                "testville",
                OneMinute.START,
                OneMinute.END,
                3,
                true,
                4,
                1234.5,
                43.21,
                0.1234,
                14.29,
                80.5,
                baseline,
                0.5368,
                1.863,
                2.5,
                86.3,
                0.1,
                52.3,
                "C",
                0.667,
                0.85,
                List.of("loop-a"),
                List.of(new ExcludedSensor("loop-b", 1, "stuck"), new ExcludedSensor("loop-b", 2, "stuck")));
    }

    private static SegmentPart heard(TrafficSummary summary) {
        return SegmentPart.of(Filled.part(SegmentPart.observation("ring", summary)));
    }

    @Test
    void everyMeasureArrivesAsItWasTold() {
        assertThat(heard(told(FreeFlow.CONFIGURED)))
                .isEqualTo(new SegmentPart(43.21, 0.5368, 1234.5, 0.1234, 80.5, 52.3, "configured", 0.667, 4, 2, 0.85));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"configured", "learned", "provisional"})
    void itKnowsWhereTheFreeFlowSpeedComesFrom(@Nullable String baseline) {
        assertThat(heard(told(baseline)).baseline()).isEqualTo(baseline);
    }

    @Test
    void whatWasNotMeasuredIsNotKnown() {
        SegmentPart nothing = heard(OneMinute.of().summary());

        assertThat(nothing)
                .isEqualTo(new SegmentPart(
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        null,
                        0,
                        0,
                        0,
                        Double.NaN));
    }

    @Test
    void itIsOneRevisionOfTheSegmentsMinute() {
        Observation part = SegmentPart.observation("ring", told(FreeFlow.LEARNED));

        assertThat(part.subjectId()).isEqualTo("ring");
        assertThat(part.sensorId()).isEqualTo(OneMinute.SEGMENT);
        assertThat(part.laneId()).isZero();
        assertThat(part.observedAt()).isEqualTo(OneMinute.END.toEpochMilli());
        assertThat(part.periodMillis()).isEqualTo(60_000);
        assertThat(part.boot()).isEqualTo(Identity.NO_BOOT);
        assertThat(part.number()).as("the revision").isEqualTo(3);
        assertThat(part.support()).isEqualTo(1);
    }

    @Test
    void onlyASegmentWithAPlaceOnACorridorIsHeardThere() {
        Detector loop = Detector.onFreeway(OneMinute.SEGMENT, 100);
        OneMinute placed = OneMinute.of(loop.registeredAt(1500));
        OneMinute unplaced = OneMinute.of(loop);

        Observation part = Objects.requireNonNull(placed.fold().part(placed.summary()));
        assertThat(part.subjectId()).isEqualTo("ring");
        assertThat(unplaced.fold().part(unplaced.summary())).isNull();
        assertThat(OneMinute.of().fold().part(placed.summary()))
                .as("not registered")
                .isNull();
    }
}

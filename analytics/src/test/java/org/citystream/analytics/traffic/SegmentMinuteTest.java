package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.citystream.analytics.traffic.OneMinute.END;

import org.junit.jupiter.api.Test;

/** What the detectors of a segment say of its minute together. */
class SegmentMinuteTest {
    private static final Detector LOOP = Detector.onFreeway(OneMinute.SEGMENT, 100);
    private static final Detector SECOND = LOOP.named("loop-b");
    private static final Detector BLUETOOTH = Detector.byTravelTime(OneMinute.SEGMENT, 50.0, 60);

    private static OneMinute ofBoth() {
        return OneMinute.of(LOOP.registered(), SECOND.registered());
    }

    @Test
    void occupancyIsTheMeanOfThoseThatMeasureIt() {
        SegmentMinute minute =
                ofBoth().seen(LOOP.reads(END, 60, 1, 10, 50, 0.2), SECOND.reads(END, 60, 1, 10, 50, Double.NaN));

        assertThat(minute.occupancy()).isEqualTo(0.2);
        assertThat(OneMinute.of(LOOP).seen(LOOP.reads(END, 10, 50)).occupancy()).isNaN();
    }

    /** 600 and 1,200 veh/h in the same lane are 900; a detector that does not count has no say. */
    @Test
    void detectorsOfOneLaneMeasureItsFlowSeveralTimes() {
        SegmentMinute minute =
                ofBoth().seen(LOOP.reads(END, 60, 1, 10, 50, Double.NaN), SECOND.reads(END, 60, 1, 20, 50, Double.NaN));
        assertThat(minute.flowPerHour()).isEqualTo(900);
        assertThat(minute.lanes()).isEqualTo(1);

        SegmentMinute speedOnly = ofBoth().seen(
                        LOOP.reads(END, 60, 1, 10, 50, Double.NaN),
                        SECOND.reads(END, 60, 1, Double.NaN, 50, Double.NaN));
        assertThat(speedOnly.flowPerHour()).isEqualTo(600);
    }

    /** 1,200 veh/h over the whole carriageway, and 600 + 720 by lane elsewhere on the segment: 1,260. */
    @Test
    void acrossSectionsFlowIsTheMean() {
        SegmentMinute minute = OneMinute.of(
                        LOOP.withLanes(2).registered(), SECOND.withLanes(2).registered())
                .seen(
                        LOOP.reads(END, 60, 0, 20, 50, Double.NaN),
                        SECOND.reads(END, 60, 1, 10, 50, Double.NaN),
                        SECOND.reads(END, 60, 2, 12, 50, Double.NaN));

        assertThat(minute.flowPerHour()).isEqualTo(1260);
        assertThat(minute.lanes()).isEqualTo(2);
    }

    @Test
    void withoutReadingsNothingIsKnown() {
        SegmentMinute minute = OneMinute.of(LOOP).seen();

        assertThat(minute.travelTime()).isFalse();
        assertThat(minute.decides()).isFalse();
        assertThat(minute.flowPerHour()).isNaN();
        assertThat(minute.speedKmh()).isNaN();
        assertThat(minute.completeness()).isZero();
        assertThat(minute.lowestTrust()).isNull();
        assertThat(minute.sensorIds()).isEmpty();
    }

    @Test
    void travelTimeDecidesOnlyInAMinuteThatMatchesSomebody() {
        MatchedVehicles five = MatchedVehicles.NONE.with(0, 60_000, 5000, 250_000_000);
        OneMinute minute = OneMinute.of(BLUETOOTH);

        SegmentMinute matched = minute.seen(BLUETOOTH.reads(END, 1, 20)).pooled(five);
        assertThat(matched.travelTime()).isTrue();
        assertThat(matched.decides()).isTrue();
        assertThat(matched.speedKmh()).as("of all five").isEqualTo(20);
        assertThat(minute.seen(BLUETOOTH.reads(END, 0, 20)).pooled(five).decides())
                .isFalse();
        assertThat(minute.seen(BLUETOOTH.reads(END, 1, 20))
                        .pooled(MatchedVehicles.NONE)
                        .decides())
                .isFalse();
    }

    /** 2,400 veh/h on two lanes are 1,200 each; 10 % over 6.7 m are 14.93 veh/km: 80.4 km/h. */
    @Test
    void aSpeedIsToldByTheFlowOfEachLane() {
        Detector twoLanes = LOOP.withLanes(2);
        SegmentMinute minute = OneMinute.of(twoLanes)
                .seen(twoLanes.reads(END, 60, 0, 40, Double.NaN, 0.1))
                .estimated(EffectiveLength.UNKNOWN);

        assertThat(minute.estimated()).isTrue();
        assertThat(minute.speedKmh()).isCloseTo(80.4, within(1e-9));
        assertThat(minute.densityVehKmLane()).isCloseTo(14.925, within(0.001));
    }

    @Test
    void aMeasuredSpeedIsNotEstimatedNorOneThatTooLittleTells() {
        SegmentMinute measured =
                OneMinute.of(LOOP).seen(LOOP.reads(END, 60, 0, 20, 50, 0.1)).estimated(EffectiveLength.UNKNOWN);
        assertThat(measured.estimated()).isFalse();
        assertThat(measured.speedKmh()).isEqualTo(50);

        SegmentMinute hardlyCovered = OneMinute.of(LOOP)
                .seen(LOOP.reads(END, 60, 0, 20, Double.NaN, 0.01))
                .estimated(EffectiveLength.UNKNOWN);
        assertThat(hardlyCovered.estimated()).isFalse();
        assertThat(hardlyCovered.speedKmh()).isNaN();
    }

    @Test
    void whereLanesAreNotKnownNeitherAreDensityAndEstimatedSpeed() {
        Detector unknown = LOOP.withLanes(0);
        SegmentMinute measured = OneMinute.of(unknown).seen(unknown.reads(END, 60, 0, 20, 50, 0.1));
        SegmentMinute counted = OneMinute.of(unknown)
                .seen(unknown.reads(END, 60, 0, 20, Double.NaN, 0.1))
                .estimated(EffectiveLength.UNKNOWN);

        assertThat(measured.densityVehKmLane()).isNaN();
        assertThat(counted.speedKmh()).isNaN();
        assertThat(counted.estimated()).isFalse();
    }

    @Test
    void aDetectorOfTheWholeCarriagewayOwesOneReading() {
        Detector twoLanes = LOOP.withLanes(2);

        assertThat(OneMinute.of(twoLanes).seen(twoLanes.reads(END, 20, 50)).completeness())
                .isEqualTo(1);
    }

    /** Three lanes are told apart, each for half a minute. */
    @Test
    void oneThatTellsLanesApartOwesOneForEach() {
        for (int registered = 0; registered <= 3; registered++) {
            Detector loop = LOOP.withLanes(registered);
            SegmentMinute minute = OneMinute.of(loop)
                    .seen(
                            loop.reads(END, 30, 1, 5, 50, Double.NaN),
                            loop.reads(END, 30, 2, 5, 50, Double.NaN),
                            loop.reads(END, 30, 3, 5, 50, Double.NaN));

            assertThat(minute.completeness())
                    .as("%s lanes registered", registered)
                    .isEqualTo(0.5);
        }
    }

    @Test
    void whoeverIsNotRegisteredOwesWhatTheySay() {
        assertThat(OneMinute.of()
                        .seen(LOOP.reads(END, 30, 0, 5, 50, Double.NaN))
                        .completeness())
                .isEqualTo(0.5);
        assertThat(OneMinute.of().seen(LOOP.reads(END, 5, 50)).completeness()).isEqualTo(1);
        assertThat(OneMinute.of().seen().completeness()).as("nobody at all").isZero();
    }
}

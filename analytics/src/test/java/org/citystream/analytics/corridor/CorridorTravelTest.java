package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.corridor.CorridorLife.NOTHING_PASSED;
import static org.citystream.analytics.corridor.CorridorLife.SILENT;
import static org.citystream.analytics.corridor.CorridorLife.minute;

import org.citystream.model.summary.CorridorSummary;
import org.junit.jupiter.api.Test;

/** Four stations, each standing for 500 m: two kilometres that take 72 s at 100 km/h. */
class CorridorTravelTest {
    private final CorridorLife road = new CorridorLife(4, "segment-congestion");

    @Test
    void aFreeRoadTakesAsLongAsInFreeFlow() {
        road.minutes(0, 1, 100, 100, 100, 100);

        CorridorSummary summary = road.summary(0);
        assertThat(summary.lengthM()).isEqualTo(2000);
        assertThat(summary.travelTimeSeconds()).isEqualTo(72);
        assertThat(summary.freeFlowTravelTimeSeconds()).isEqualTo(72);
        assertThat(summary.travelTimeIndex()).isEqualTo(1);
        assertThat(summary.vehicleDelayVehH()).isZero();
        assertThat(summary.queuedM()).isZero();
        assertThat(summary.windowEnd()).isEqualTo(minute(1));
        assertThat(summary.completeness()).isEqualTo(1);
    }

    /** One kilometre at 25 km/h takes 144 s, the other 36: 30 vehicles a minute lose 108 s each. */
    @Test
    void slowStationsStandForTheRoadAroundThem() {
        road.minutes(0, 3, 100, 25, 25, 100);

        CorridorSummary summary = road.summary(2);
        assertThat(summary.travelTimeSeconds()).isEqualTo(180);
        assertThat(summary.travelTimeIndex()).isEqualTo(2.5);
        assertThat(summary.vehicleDelayVehH()).isEqualTo(0.9);
        assertThat(summary.queuedM()).isEqualTo(1000);
    }

    @Test
    void whereSpeedsAreMissingTheOthersStandForThem() {
        road.minutes(0, 1, 100, SILENT, 50, 100);

        CorridorSummary summary = road.summary(0);
        assertThat(summary.completeness()).isEqualTo(0.75);
        // 18 + 36 + 18 s over three quarters of the road
        assertThat(summary.travelTimeSeconds()).isEqualTo(96);
    }

    @Test
    void lessThanHalfOfTheRoadSaysNothingOfAllOfIt() {
        road.minutes(0, 1, 100, SILENT, SILENT, SILENT);

        assertThat(road.summary(0).travelTimeSeconds()).isNull();
        assertThat(road.summary(0).completeness()).isEqualTo(0.25);
    }

    @Test
    void aStandstillTakesLongButNotForEver() {
        road.minutes(0, 1, 100, NOTHING_PASSED, 100, 100);

        // 500 m at 3 km/h
        assertThat(road.summary(0).travelTimeSeconds()).isEqualTo(654);
    }

    @Test
    void aCorrectedSegmentCorrectsItsCorridor() {
        road.minutes(0, 2, 100, 100, 100, 100);
        road.told(1, 0, 2, 50);
        road.clockSteadilyTo(minute(4));

        assertThat(road.summary(0).revision()).isEqualTo(2);
        assertThat(road.summary(0).travelTimeSeconds()).isEqualTo(90);
        assertThat(road.summary(1).revision()).isEqualTo(1);
    }
}

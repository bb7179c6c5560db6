package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The rows of {@code traffic_measure_vectors.csv} about travel time, occupancy and speed. */
class TravelTimeTest {
    private static final double KM_PER_MILE = 1.609344;

    /** 26 minutes for what takes 20: over the same way, speeds are as 20 to 26. */
    @Test
    void travelTimeIndex() {
        assertThat(TravelTime.index(60 / 20.0, 60 / 26.0)).isCloseTo(1.3, within(1e-9));
        assertThat(TravelTime.index(50, 60)).as("faster than free flow").isEqualTo(1);
        assertThat(TravelTime.index(Double.NaN, 60)).isNaN();
    }

    /** One way in twenty takes an hour, in free flow it takes 20 minutes. */
    @Test
    void planningTimeIndex() {
        assertThat(TravelTime.planningTimeIndex(60 / 20.0, 60 / 60.0)).isCloseTo(3.0, within(1e-9));
    }

    /** 27 minutes for what takes 20. */
    @Test
    void congestionLevel() {
        assertThat(TravelTime.congestionLevelPercent(27 / 20.0)).isCloseTo(35, within(1e-9));
    }

    /** 6,000 vehicles over half a mile at 30 instead of 60 mph. */
    @Test
    void vehicleDelay() {
        assertThat(TravelTime.vehicleDelayVehH(6000, 500 * KM_PER_MILE, 30 * KM_PER_MILE, 60 * KM_PER_MILE))
                .isCloseTo(50, within(1e-9));
        assertThat(TravelTime.vehicleDelayVehH(6000, 800, 70, 60))
                .as("nobody loses time by being faster")
                .isZero();
    }

    /** 12 % over 6.7 m are 17.91 veh/km. */
    @Test
    void occupancyToDensity() {
        assertThat(EffectiveLength.UNKNOWN.densityVehKmLane(0.12)).isCloseTo(17.91, within(0.005));
    }

    /** 1,440 veh/h at 10 % over 6.5 m are 93.6 km/h. */
    @Test
    void speedByTheEffectiveLength() {
        EffectiveLength sixAndAHalf = new EffectiveLength(new LearnedPercentile(IntegerHistogram.EMPTY, 65, 0));

        assertThat(sixAndAHalf.speedKmh(1440, 0.10)).isCloseTo(93.6, within(1e-9));
        assertThat(sixAndAHalf.speedKmh(1440, 0.01)).as("too little is covered").isNaN();
        assertThat(sixAndAHalf.speedKmh(Double.NaN, 0.10)).isNaN();
    }
}

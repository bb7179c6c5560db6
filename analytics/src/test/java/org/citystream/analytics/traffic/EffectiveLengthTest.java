package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.citystream.analytics.traffic.OneMinute.END;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which minutes the length of vehicle and detector is learned. */
class EffectiveLengthTest {
    private static final Detector LOOP = Detector.onFreeway(OneMinute.SEGMENT, 100);

    private static int samplesAfter(SegmentMinute minute, double speedRatio) {
        return EffectiveLength.UNKNOWN
                .with(minute, speedRatio, END)
                .decimetres()
                .samples()
                .size();
    }

    private static SegmentMinute minute(double vehicles, double speedKmh, double occupancy) {
        return OneMinute.of(LOOP).seen(LOOP.reads(END, 60, 0, vehicles, speedKmh, occupancy));
    }

    /** 300 veh/h at 100 km/h are 3 veh/km: covering 0.9 % they are 3 m long each, covering 6 % they are 20 m. */
    @ParameterizedTest
    @CsvSource({"0.0089, 0", "0.009, 1", "0.02, 1", "0.06, 1", "0.0601, 0"})
    void lengthsFromThreeToTwentyMetresTeach(double occupancy, int samples) {
        assertThat(samplesAfter(minute(5, 100, occupancy), 1)).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"4.9, 0", "5, 1"})
    void threeHundredVehiclesAnHourTeach(double vehicles, int samples) {
        assertThat(samplesAfter(minute(vehicles, 100, 0.02), 1)).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 0", "0.8001, 1"})
    void onlyFreeFlowTeaches(double speedRatio, int samples) {
        assertThat(samplesAfter(minute(5, 100, 0.02), speedRatio)).isEqualTo(samples);
    }

    @Test
    void aSpeedThatWasItselfToldByTheLengthTeachesNothing() {
        SegmentMinute estimated = minute(20, Double.NaN, 0.1).estimated(EffectiveLength.UNKNOWN);

        assertThat(estimated.speedKmh()).isCloseTo(80.4, within(1e-9));
        assertThat(samplesAfter(estimated, 1)).isZero();
    }

    /** 600 veh/h that cover 2 % over 6.7 m: 201 km/h. */
    @Test
    void twoPercentCoveredTellASpeed() {
        assertThat(EffectiveLength.UNKNOWN.speedKmh(600, 0.02)).isCloseTo(201, within(1e-9));
        assertThat(EffectiveLength.UNKNOWN.speedKmh(600, 0.0199)).isNaN();
        assertThat(EffectiveLength.UNKNOWN.speedKmh(0, 0.5))
                .as("nothing passes")
                .isNaN();
    }
}

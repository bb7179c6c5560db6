package org.citystream.analytics.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.analytics.traffic.OneMinute.END;
import static org.citystream.analytics.traffic.OneMinute.START;

import java.time.Duration;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.Pane;
import org.citystream.model.summary.ExcludedSensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which value a detector is left out of its minute. */
class BelievedLimitsTest {
    private static final Detector LOOP = Detector.onFreeway(OneMinute.SEGMENT, 100);

    private static boolean believed(Detector detector, Observation reading) {
        return OneMinute.of(detector).believed(reading).excluded().isEmpty();
    }

    /** 60 vehicles a minute are 3,600 an hour. */
    @ParameterizedTest
    @CsvSource({"1, 1, 60, true", "1, 1, 61, false", "3, 1, 61, false", "2, 0, 120, true", "2, 0, 121, false"})
    void aLaneCarriesAtMostAVehicleASecond(int lanes, int lane, int vehicles, boolean expected) {
        Detector loop = LOOP.withLanes(lanes);

        assertThat(believed(loop, loop.reads(END, 60, lane, vehicles, 50, Double.NaN)))
                .isEqualTo(expected);
    }

    @Test
    void ofACarriagewayWhoseLanesAreNotKnownNobodySaysHowMuchItCarries() {
        Detector loop = LOOP.withLanes(0);

        assertThat(believed(loop, loop.reads(END, 200, 50))).isTrue();
        assertThat(OneMinute.of().believed(LOOP.reads(END, 200, 50)).excluded())
                .as("not registered")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    void noMeanIsFasterThanTwoHundred(double speedKmh, boolean expected) {
        assertThat(believed(LOOP, LOOP.reads(END, 10, speedKmh))).isEqualTo(expected);
    }

    /**
     * 12 vehicles a minute at 60 km/h are 12 veh/km: at 40 m each they cover 48 % of it. One a minute at 100 km/h is 0.6
     * veh/km, 2.4 %, but of so few up to 10 % is believed.
     */
    @ParameterizedTest
    @CsvSource({
        "12, 60, 0.48, true",
        "12, 60, 0.49, false",
        "12, 59, 0.9, true",
        "1, 100, 0.1, true",
        "1, 100, 0.11, false"
    })
    void atSpeedNoVehicleIsFortyMetresLong(int vehicles, double speedKmh, double occupancy, boolean expected) {
        assertThat(believed(LOOP, LOOP.reads(END, 60, 0, vehicles, speedKmh, occupancy)))
                .isEqualTo(expected);
    }

    @Test
    void aSensorOfElsewhereIsNotHeardAtAll() {
        Believed believed = OneMinute.of(LOOP)
                .believed(LOOP.reads(END, 10, 50), LOOP.named("loop-z").reads(END, 80, 240));

        assertThat(believed.readings()).isEqualTo(1);
        assertThat(believed.cells()).hasSize(1);
        assertThat(believed.excluded()).isEmpty();
    }

    /** Wholly for ten minutes, not at all after thirty. */
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "15, 0.75", "20, 0.5", "30, 0"})
    void trustGoesDownWhileADetectorRepeatsItself(int minutes, double trust) {
        for (OneMinute minute : new OneMinute[] {OneMinute.of(LOOP), OneMinute.of()}) {
            assertThat(repeated(minute, Duration.ofMinutes(minutes)).trusts()).containsExactly(trust);
        }
    }

    @Test
    void whatRepeatsItselfForMoreThanHalfAnHourIsStuckRegisteredOrNot() {
        for (OneMinute minute : new OneMinute[] {OneMinute.of(LOOP), OneMinute.of()}) {
            Believed believed = repeated(minute, Duration.ofMinutes(30).plusMillis(1));

            assertThat(believed.excluded()).containsExactly(new ExcludedSensor("loop-a", null, "stuck"));
            assertThat(believed.cells()).isEmpty();
            assertThat(believed.readings()).as("heard all the same").isEqualTo(1);
        }
    }

    private static Believed repeated(OneMinute minute, Duration time) {
        Pane pane = minute.pane(LOOP.reads(END, 60, 0, 10, 50, 0.1));
        Repeats repeats = Repeats.NONE.with(pane.cells(), minute.profile(), START.toEpochMilli());
        return Believed.of(pane, minute.profile(), repeats, START.plus(time).toEpochMilli());
    }
}

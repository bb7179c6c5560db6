package org.citystream.analytics.corridor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.junit.jupiter.api.Test;

class CorridorSilenceTest {

    @Test
    void aCorridorOfQuickSensorsIsNotSilentBetweenTwoMinutes() {
        SensorLog sensors = new SensorLog();
        sensors.apply(everyThirtySeconds());
        CorridorFold fold = new CorridorFold(sensors, new RuleBook());
        Duration newsIsOldAtMost = PaneTiming.TRAFFIC.closeAfter().plus(PaneTiming.TRAFFIC.pane());

        assertThat(fold.silentAfterMillis("ring", Instant.EPOCH))
                .isGreaterThan(
                        newsIsOldAtMost.plus(PaneTiming.TRAFFIC.settleAtMost()).toMillis());
    }

    private static Sensor everyThirtySeconds() {
        return new Sensor(
                "loop-1",
                SensorKind.TRAFFIC,
                "testville",
                null,
                null,
                "s1",
                2,
                "ring",
                0.0,
                500.0,
                Facility.FREEWAY,
                Measurement.POINT,
                100.0,
                null,
                null,
                30,
                null,
                "UTC",
                null,
                false,
                null,
                Map.of(),
                1,
                Instant.EPOCH);
    }
}

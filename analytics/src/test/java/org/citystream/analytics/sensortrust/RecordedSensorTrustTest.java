package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.airquality.RecordedAir;
import org.citystream.analytics.pane.Identity;
import org.citystream.model.reading.AirQualityReading;
import org.junit.jupiter.api.Test;

/** A judge that condemns working stations would be switched off: real networks with all their quirks. */
class RecordedSensorTrustTest {

    @Test
    void beijingsStationsRepeatTheirDetectionFloorForDaysAndAreNotCondemned() {
        assertThat(faults(RecordedAir.beijing("beijing_2015_full_year.csv.gz"))).isEmpty();
    }

    @Test
    void londonsKerbsideMonitorIsNotCondemnedInSevenYears() {
        assertThat(faults(RecordedAir.marylebone("marylebone_1998_2005.csv.gz")))
                .isEmpty();
    }

    private static List<String> faults(List<AirQualityReading> readings) {
        Map<String, SensorRecord> sensors = new HashMap<>();
        Map<String, HealthState> states = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (AirQualityReading reading : readings) {
            String id = reading.sensorId();
            SensorRecord record = SensorTrust.observe(sensors.getOrDefault(id, SensorRecord.NEW), observation(reading));
            sensors.put(id, record);
            Verdict verdict =
                    new Judgement(record, Instant.EPOCH, Duration.ofHours(1), states.get(id)).at(reading.observedAt());
            if (states.put(id, verdict.state()) != verdict.state() && verdict.state() != HealthState.HEALTHY) {
                faults.add(id + " " + verdict);
            }
        }
        return faults;
    }

    private static Observation observation(AirQualityReading reading) {
        long at = reading.observedAt().toEpochMilli();
        return new Observation(
                Observation.airChannel(),
                at,
                at,
                Identity.NO_BOOT,
                MeasuredValues.byField(AirObservations.FIELDS, RecordedAir.values(reading)));
    }
}

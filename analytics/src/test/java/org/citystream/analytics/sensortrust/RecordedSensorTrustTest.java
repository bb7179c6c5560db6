package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.airquality.AirObservations;
import org.citystream.analytics.airquality.RecordedAir;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.traffic.RecordedTraffic;
import org.citystream.model.reading.AirQualityReading;
import org.junit.jupiter.api.Test;

/** A judge that condemns working stations would be switched off: real networks with all their quirks. */
class RecordedSensorTrustTest {

    @Test
    void beijingsStationsRepeatTheirDetectionFloorForDaysAndAreNotCondemned() {
        assertThat(faultsOfAir(RecordedAir.beijing("beijing_2015_full_year.csv.gz")))
                .isEmpty();
    }

    @Test
    void londonsKerbsideMonitorIsNotCondemnedInSevenYears() {
        assertThat(faultsOfAir(RecordedAir.marylebone("marylebone_1998_2005.csv.gz")))
                .isEmpty();
    }

    /** Few matched devices make honest speeds jump: that is the one complaint about one of 40 segments in a week. */
    @Test
    void noSegmentOfAarhusIsStuckAndOneOfFortyIsTwiceSaidToJump() {
        assertThat(faultsOfTraffic(RecordedTraffic.aarhus(), Duration.ofMinutes(5)))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).startsWith("190073 ").contains("fault=SPIKES, credit=0.95"));
    }

    @Test
    void noLaneAroundEindhovenIsCondemnedInThirtyHours() {
        assertThat(faultsOfTraffic(RecordedTraffic.eindhoven(), Duration.ofMinutes(1)))
                .isEmpty();
    }

    private static List<String> faultsOfAir(List<AirQualityReading> readings) {
        Sensors sensors = new Sensors(Duration.ofHours(1));
        readings.forEach(reading -> sensors.observe(reading.sensorId(), observation(reading)));
        return sensors.faults;
    }

    private static List<String> faultsOfTraffic(List<RecordedTraffic.Row> rows, Duration interval) {
        Sensors sensors = new Sensors(interval);
        rows.forEach(row -> sensors.observe(row.sensorId(), observation(row)));
        return sensors.faults;
    }

    /** Each judged after every reading of its own; who pauses is not asked meanwhile, so nobody is silent here. */
    private static final class Sensors {
        private final Map<String, SensorRecord> records = new HashMap<>();
        private final Map<String, HealthState> states = new HashMap<>();
        private final List<String> faults = new ArrayList<>();
        private final Duration interval;

        Sensors(Duration interval) {
            this.interval = interval;
        }

        void observe(String id, Observation observation) {
            SensorRecord record = SensorTrust.observe(records.getOrDefault(id, SensorRecord.NEW), observation);
            records.put(id, record);
            Verdict verdict = new Judgement(record, Instant.EPOCH, interval, states.get(id))
                    .at(Instant.ofEpochMilli(observation.arrivedAtMillis()));
            if (states.put(id, verdict.state()) != verdict.state() && verdict.state() != HealthState.HEALTHY) {
                faults.add(id + " " + verdict);
            }
        }
    }

    /** A row without vehicles says nothing of their speed, and is published without. */
    private static Observation observation(RecordedTraffic.Row row) {
        long at = row.end().toEpochMilli();
        Map<String, Double> values = new TreeMap<>(Map.of("vehicleCount", row.count()));
        if (row.count() > 0) {
            values.put("averageSpeedKmh", row.speedKmh());
        }
        return new Observation(Observation.trafficChannel(row.lane()), at, at, Identity.NO_BOOT, values);
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

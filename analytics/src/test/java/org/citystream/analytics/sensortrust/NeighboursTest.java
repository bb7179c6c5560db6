package org.citystream.analytics.sensortrust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.citystream.analytics.sensortrust.Neighbours.Comparison;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private static final long MONDAY = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Map<String, Sensor> registry = new TreeMap<>();
    private final Random random = new Random(11);

    @Test
    void aSensorIsHeldAgainstTheMedianOfThoseNearby() {
        for (int i = 0; i < 4; i++) {
            station("air-" + i, 56.15 + i / 1000.0, "");
        }
        station("air-far", 57.0, "");
        List<SensorHour> hours = List.of(
                hour("air-0", 55), hour("air-1", 20), hour("air-2", 25), hour("air-3", 30), hour("air-far", 500));

        Map<String, Comparison> comparisons = compare(hours);
        assertThat(of("air-0", comparisons).departures().get("pm25UgM3"))
                .isCloseTo(Math.log((55 + 5.0) / (25 + 5)), within(1e-9));
        assertThat(of("air-0", comparisons).channelsAgree()).isNull();
        assertThat(comparisons).doesNotContainKey("air-far");
    }

    @Test
    void twoNeighboursSayTooLittle() {
        for (int i = 0; i < 3; i++) {
            station("air-" + i, 56.15, "");
        }
        assertThat(compare(List.of(hour("air-0", 55), hour("air-1", 20), hour("air-2", 25))))
                .isEmpty();
    }

    @Test
    void detectorsAreComparedAlongTheirCorridor() {
        for (int i = 0; i < 8; i++) {
            registry.put("loop-" + i, sensor("""
                    {"sensorId":"loop-%d","kind":"traffic","cityId":"lindholm","version":1,"corridorId":"%s",
                     "location":{"latitude":%s,"longitude":10.2}}""".formatted(i, i < 4 ? "in" : "out", 56.15 + i / 1000.0)));
        }
        List<SensorHour> hours = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            double[] values = {i < 4 ? 10 : 30, 60, Double.NaN};
            hours.add(SensorHour.first("loop-" + i, "lindholm", true, MONDAY + HOUR, values));
        }
        assertThat(compare(hours))
                .hasSize(8)
                .allSatisfy((id, comparison) -> assertThat(comparison.departures())
                        .containsOnlyKeys("vehicleCount", "averageSpeedKmh")
                        .containsEntry("vehicleCount", 0.0));
    }

    @Test
    void aStationThatIsAlwaysHigherDoesNotDriftAndOneThatMovesAwayDoes() {
        assertThat(judged(72, hour -> 2).state()).isEqualTo(HealthState.HEALTHY);

        Verdict verdict = judged(120, hour -> hour < 72 ? 2 : 2 * (1 + 0.1 * (hour - 72)));
        assertThat(verdict.state()).isEqualTo(HealthState.DRIFTING);
        assertThat(verdict.trust()).isEqualTo(0.5);
        assertThat(verdict.reason())
                .startsWith("beside its neighbours pm25UgM3 is ")
                .endsWith("times what is usual");
        assertThat(verdict.since()).isBetween(at(72), at(105));
    }

    @Test
    void whatEverybodyShowsIsNoDrift() {
        assertThat(judged(120, hour -> 1).state()).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void channelsThatDisagreeInThreeHoursOfADayAreNotBelieved() {
        station("pa-a", 56.15, ",\"attributes\":{\"instrument\":\"pa\"}");
        station("pa-b", 56.15, ",\"attributes\":{\"instrument\":\"pa\"}");
        SensorRecord record = SensorRecord.NEW;
        for (int hour = 0; hour < 6; hour++) {
            List<SensorHour> hours = List.of(hour("pa-a", 20), hour("pa-b", hour < 3 ? 22 : 60));
            assertThat(judged(record).state()).isEqualTo(HealthState.HEALTHY);
            record = SensorTrust.compared(record, at(hour).toEpochMilli(), of("pa-a", compare(hours)));
        }
        Verdict verdict = judged(record);
        assertThat(verdict.state()).isEqualTo(HealthState.IMPLAUSIBLE);
        assertThat(verdict.trust()).isEqualTo(0.5);
        assertThat(verdict.reason()).isEqualTo("the channels of its instrument disagreed in 3 of the last 6 hours");
    }

    /** After so many hours of a station beside four others in changing air. */
    private Verdict judged(int hours, DoubleUnaryOperator factor) {
        for (int i = 0; i < 5; i++) {
            station("air-" + i, 56.15 + i / 1000.0, "");
        }
        SensorRecord record = SensorRecord.NEW;
        for (int hour = 0; hour < hours; hour++) {
            double air = 25 + 15 * Math.sin(hour / 24.0 * 2 * Math.PI) + random.nextInt(5);
            List<SensorHour> told = new ArrayList<>();
            told.add(hour("air-0", air * factor.applyAsDouble(hour)));
            for (int i = 1; i < 5; i++) {
                told.add(hour("air-" + i, air * (0.8 + 0.1 * i) + random.nextInt(4)));
            }
            record = SensorTrust.compared(record, at(hour).toEpochMilli(), of("air-0", compare(told)));
        }
        return judged(record);
    }

    private static Verdict judged(SensorRecord record) {
        return new Judgement(record, at(0), Duration.ofDays(400), null).at(at(200));
    }

    private static Instant at(int hour) {
        return Instant.ofEpochMilli(MONDAY + hour * HOUR);
    }

    private static Comparison of(String sensorId, Map<String, Comparison> comparisons) {
        return Objects.requireNonNull(comparisons.get(sensorId));
    }

    private Map<String, Comparison> compare(List<SensorHour> hours) {
        Map<String, Comparison> byId = new TreeMap<>();
        Neighbours.compare(hours, registry::get).forEach(each -> byId.put(each.sensorId(), each));
        return byId;
    }

    private static SensorHour hour(String id, double pm25) {
        return SensorHour.first(
                id, "lindholm", false, MONDAY + HOUR, new double[] {pm25, Double.NaN, Double.NaN, Double.NaN});
    }

    private void station(String id, double latitude, String more) {
        registry.put(id, sensor("""
                {"sensorId":"%s","kind":"air","cityId":"lindholm","version":1,
                 "location":{"latitude":%s,"longitude":10.2}%s}""".formatted(id, latitude, more)));
    }

    private static Sensor sensor(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), Sensor.class);
    }
}

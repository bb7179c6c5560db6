package org.citystream.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.citystream.model.place.Facility;
import org.citystream.model.place.Measurement;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.Setting;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.RecordedData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Row counts, units and traps of the public data sets, as their descriptions state them. */
class RealRecordingsTest {

    @Test
    void aarhusIsCopenhagenTimeAndARowWithoutMatchesCarriesNoSpeed() throws Exception {
        Recording recording = open("aarhus-traffic", null);

        assertThat(recording.fileNames()).isEqualTo("aarhus_2014-09-01_week_40seg.csv");
        assertThat(recording.count()).isEqualTo(73_499);
        assertThat(recording.first()).isEqualTo("2014-08-31T22:00:00Z");
        assertThat(recording.sensors()).hasSize(40).allSatisfy(sensor -> {
            assertThat(sensor.measurement()).isEqualTo(Measurement.TRAVEL_TIME);
            assertThat(sensor.freeFlowSpeedKmh()).isNull();
            assertThat(sensor.roadGeometry()).hasSize(2);
            assertThat(sensor.timeZone()).isEqualTo("Europe/Copenhagen");
        });
        List<RecordedReading> readings = all(recording);
        assertThat(readings).hasSize(73_499);
        assertInOrder(readings);
        long withoutMatches = 0;
        for (RecordedReading reading : readings) {
            JsonNode json = json(reading);
            if (json.path("vehicleCount").asInt(-1) == 0) {
                withoutMatches++;
                assertThat(json.has("averageSpeedKmh")).isFalse();
            } else {
                assertThat(json.path("averageSpeedKmh").asDouble()).isPositive();
            }
        }
        assertThat(withoutMatches).isEqualTo(32_037);
        assertThat(text(readings.get(0)))
                .isEqualTo(
                        "{\"sensorId\":\"aarhus-158324\",\"observedAt\":\"2014-08-31T22:00:00Z\",\"periodSeconds\":300,"
                                + "\"vehicleCount\":0}");
        assertThat(recording.sensors()).extracting(Sensor::cityId).containsOnly("aarhus");
    }

    @Test
    void ndwCountsVehiclesPerMinuteAndLane() throws Exception {
        Recording recording = open("ndw-eindhoven", null);
        List<RecordedReading> readings = all(recording);

        assertThat(readings).hasSize(34_200);
        assertThat(recording.first()).isEqualTo("2017-03-15T13:41:00Z");
        assertThat(recording.notes()).anyMatch(note -> note.contains("Europe/Amsterdam"));
        assertThat(recording.sensors()).hasSize(12).allMatch(sensor -> sensor.facility() == Facility.FREEWAY);
        assertInOrder(readings);
        // 660 veh/h on the first line
        assertThat(text(readings.get(0)))
                .isEqualTo("{\"sensorId\":\"RWS01_MONIBAS_0020vwm1607ra_1\",\"observedAt\":\"2017-03-15T13:41:00Z\","
                        + "\"periodSeconds\":60,\"laneId\":1,\"vehicleCount\":11,\"averageSpeedKmh\":103.0}");
        for (RecordedReading reading : readings) {
            assertThat(json(reading).path("averageSpeedKmh").asDouble()).isGreaterThan(73);
        }
    }

    @Test
    void beijingGasesAreConvertedToTwentyDegrees() throws Exception {
        Recording recording = open("beijing-prsa", "beijing_ozone_episode_2015-07.csv");
        List<RecordedReading> readings = all(recording);

        assertThat(readings).hasSize(8_928);
        assertThat(recording.first()).isEqualTo("2015-06-30T17:00:00Z");
        assertThat(above(readings, "o3UgM3", 240)).isEqualTo(283);
        JsonNode first = json(readings.get(0));
        assertThat(first.path("periodSeconds").asInt()).isEqualTo(3_600);
        assertThat(first.path("o3UgM3").asDouble()).isCloseTo(50 * 273.15 / 293.15, within(1e-9));
        assertThat(first.path("coMgM3").asDouble()).isCloseTo(0.6 * 273.15 / 293.15, within(1e-9));
        assertThat(first.path("pm25UgM3").asDouble()).isEqualTo(18);
        assertThat(first.path("windDirectionDeg").asDouble()).isEqualTo(315);
        assertThat(first.path("relativeHumidity").asDouble()).isBetween(0.75, 0.85);
        assertThat(recording.sensors())
                .hasSize(12)
                .anyMatch(sensor -> sensor.sensorId().equals("beijing-Dingling") && sensor.setting() == Setting.RURAL);
    }

    @Test
    void beijingSaturationIsLeftAsItIsAndNothingExceedsTheOldAlerts() throws Exception {
        Recording recording = open("beijing-prsa", null);
        assertThat(recording.fileNames()).isEqualTo(BeijingAir.DEFAULT_FILE);
        List<RecordedReading> readings = all(recording);

        assertThat(readings).hasSize(12_096);
        assertThat(above(readings, "no2UgM3", 400)).isZero();
        assertThat(above(readings, "so2UgM3", 500)).isZero();
        assertThat(highest(readings, "coMgM3")).isCloseTo(10 * 273.15 / 293.15, within(1e-9));
    }

    @Test
    void londonNitrogenDioxideIsConvertedFromPpb() throws Exception {
        Recording recording = open("london-marylebone", null);
        assertThat(recording.fileNames()).isEqualTo("marylebone_2003.csv");
        List<RecordedReading> readings = all(recording);

        assertThat(readings).hasSize(8_760);
        assertThat(recording.first()).isEqualTo("2003-01-01T01:00:00Z");
        JsonNode first = json(readings.get(0));
        assertThat(first.path("no2UgM3").asDouble()).isCloseTo(23 * 1.9125, within(1e-9));
        assertThat(first.path("coMgM3").asDouble()).isCloseTo(0.675 * 1.164, within(1e-9));
        assertThat(hoursInRunsAbove(readings, 200)).isEqualTo(292);
        assertThat(above(readings, "windDirectionDeg", 359.99)).isZero();
    }

    @Test
    void londonSitesWithPositionsAreInMicrogramsAlready() throws Exception {
        Recording recording = open("london-marylebone", "london_4sites_2009.csv.gz");

        assertThat(recording.count() + recording.empty()).isEqualTo(35_040);
        assertThat(recording.empty()).isEqualTo(2);
        assertThat(recording.sensors())
                .hasSize(4)
                .anyMatch(sensor -> sensor.sensorId().equals("london-bloomsbury") && sensor.setting() == Setting.URBAN)
                .anyMatch(sensor -> sensor.sensorId().equals("london-marylebone-road")
                        && sensor.setting() == Setting.TRAFFIC
                        && sensor.location() != null);
        assertThat(json(recording.readings().next()).path("no2UgM3").asDouble()).isEqualTo(46);
    }

    @Test
    void aPartOfARecordingCanBePlayed() {
        Recording part = Recording.open(
                RecordedData.require("ndw-eindhoven"),
                null,
                "x",
                Instant.parse("2017-03-15T14:00:00Z"),
                Instant.parse("2017-03-15T14:09:00Z"));

        assertThat(part.count()).isEqualTo(10 * 19);
        assertThat(part.first()).isEqualTo("2017-03-15T14:00:00Z");
        assertThat(part.last()).isEqualTo("2017-03-15T14:09:00Z");
    }

    @Test
    void aFileThatIsNotThereIsAnsweredWithThoseThatAre() {
        Path folder = RecordedData.require("beijing-prsa");

        assertThatThrownBy(() -> Recording.open(folder, "2016.csv", "recording", null, null))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("beijing_2015_full_year.csv.gz")
                .hasMessageContaining("beijing_ozone_episode_2015-07.csv");
    }

    private static Recording open(String dataSet, @Nullable String file) {
        return Recording.open(RecordedData.require(dataSet), file, "recording", null, null);
    }

    private static List<RecordedReading> all(Recording recording) {
        List<RecordedReading> readings = new ArrayList<>();
        Iterator<RecordedReading> iterator = recording.readings();
        iterator.forEachRemaining(readings::add);
        return readings;
    }

    private static void assertInOrder(List<RecordedReading> readings) {
        for (int i = 1; i < readings.size(); i++) {
            assertThat(readings.get(i).observedAt())
                    .isAfterOrEqualTo(readings.get(i - 1).observedAt());
        }
    }

    private static long above(List<RecordedReading> readings, String field, double limit) throws Exception {
        long count = 0;
        for (RecordedReading reading : readings) {
            count += json(reading).path(field).asDouble(0) > limit ? 1 : 0;
        }
        return count;
    }

    private static double highest(List<RecordedReading> readings, String field) throws Exception {
        double highest = 0;
        for (RecordedReading reading : readings) {
            highest = Math.max(highest, json(reading).path(field).asDouble(0));
        }
        return highest;
    }

    /** Hours in runs of at least three consecutive rows above a limit. */
    private static int hoursInRunsAbove(List<RecordedReading> readings, double limit) throws Exception {
        int hours = 0;
        int run = 0;
        for (RecordedReading reading : readings) {
            if (json(reading).path("no2UgM3").asDouble(0) > limit) {
                run++;
            } else {
                hours += run >= 3 ? run : 0;
                run = 0;
            }
        }
        return hours;
    }

    private static JsonNode json(RecordedReading reading) throws Exception {
        return JsonCodec.strict().readTree(ReadingJson.text(reading));
    }

    private static String text(RecordedReading reading) {
        return ReadingJson.text(reading);
    }
}

package org.citystream.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.RecordedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as people run it. */
class ScoreMainTest {
    private static final Instant SIX = Instant.parse("2026-11-23T06:00:00Z");
    private static final int STATIONS = 8;
    private static final String TRUTH = "start,end,kind,subjectType,subject,corridor,fromM,toM,severity,cause\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aQueueThatIsSeenIsScored() throws Exception {
        recordAQueueOnTheRing();
        Path truth = write(
                "truth.csv",
                TRUTH
                        + "2026-11-23T06:30:00Z,2026-11-23T07:00:00Z,congestion,corridor,ring,ring,1250,2750,severe,test\n");

        assertThat(run("--truth", truth.toString(), "--json")).isZero();

        JsonNode score = JsonCodec.strict().readTree(out.toString());
        assertThat(score.path("events").asInt()).isEqualTo(1);
        assertThat(score.path("detected").asInt()).isEqualTo(1);
        assertThat(score.path("detectionRate").asDouble()).isEqualTo(1);
        assertThat(score.path("falseAlarms").asInt()).isZero();
        assertThat(score.path("meanTimeToDetectSeconds").asDouble()).isEqualTo(180);
        assertThat(score.path("meanTimeAfterArrivalSeconds").asDouble()).isEqualTo(180);
        assertThat(score.path("headErrorM").asDouble()).isZero();
        assertThat(score.path("queueLengthErrorM").asDouble()).isZero();
        assertThat(score.has("missed")).isFalse();
    }

    @Test
    void itHelps() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--truth=FILE");
    }

    @Test
    void withoutTruthEverythingToldIsAFalseAlarmAndListed() throws Exception {
        recordAQueueOnTheRing();

        assertThat(run("--details")).isZero();

        assertThat(out.toString())
                .contains("false alarms                        1")
                .contains("false alarm  2026-11-23T06:33:00Z  congestion on ring: Queue of 1.5 km");
    }

    @Test
    void otherRulesCanBeTried() throws Exception {
        recordAQueueOnTheRing();
        Path rules = write("rules.yaml", """
                - id: only-standstill
                  kind: congestion
                  enter: {speed-ratio-below: 0.05, for: PT3M}
                  exit: {speed-ratio-above: 0.7, for: PT5M}
                """);

        assertThat(run("--rules", rules.toString(), "--json")).isZero();

        assertThat(JsonCodec.strict()
                        .readTree(out.toString())
                        .path("falseAlarms")
                        .asInt())
                .isZero();
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() throws Exception {
        recordAQueueOnTheRing();
        Path truth = write("truth.csv", TRUTH + "yesterday,,congestion,corridor,ring,ring,,,,\n");

        assertThat(run("--truth", truth.toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("truth.csv, line 2, column start: is not a UTC time")
                .contains("what to do:");
    }

    @Test
    void wrongRulesAndMissingFilesAreAnswered() throws Exception {
        recordAQueueOnTheRing();
        Path rules = write("rules.yaml", "- id: x\n  kind: congestoin\n");

        assertThat(run("--rules", rules.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("the rules are invalid").contains("congestoin");
        assertThat(run("--rules", folder.resolve("none.yaml").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file").contains("none.yaml");
        assertThat(commandLine().execute("traffic")).isEqualTo(2);
        assertThat(err.toString()).contains("--readings");
    }

    /** Thirty hours of flowing motorway around Eindhoven. */
    @Test
    void nothingIsCalledOnAMotorwayThatFlows() throws Exception {
        Path ndw = RecordedData.require("ndw-eindhoven");

        assertThat(commandLine().execute("traffic", "--readings", ndw.toString(), "--json"))
                .isZero();

        JsonNode score = JsonCodec.strict().readTree(out.toString());
        assertThat(score.path("falseAlarms").asInt()).isZero();
        assertThat(score.path("falseAlarmsPerCorridorDay").asDouble(-1)).isZero();
    }

    private int run(String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "traffic";
        all[1] = "--readings";
        all[2] = folder.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return commandLine().execute(all);
    }

    private CommandLine commandLine() {
        return ScoreMain.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Stations 3, 4 and 5 of eight, 500 m apart, are slow from half past six to seven. */
    private void recordAQueueOnTheRing() throws Exception {
        StringBuilder sensors = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
        for (int i = 0; i < STATIONS; i++) {
            sensors.append(i == 0 ? "" : ",").append("""
                            {"type":"Feature","geometry":{"type":"Point","coordinates":[10.2,56.1]},"properties":{
                            "sensorId":"loop-%d","kind":"traffic","cityId":"testville","roadSegmentId":"s%d","laneCount":2,
                            "corridorId":"ring","corridorPositionM":%d,"lengthM":500,"facility":"freeway",
                            "freeFlowSpeedKmh":100,"expectedIntervalSeconds":60}}""".formatted(i, i, 500 * i));
        }
        write("sensors.geojson", sensors.append("]}").toString());
        StringBuilder readings =
                new StringBuilder("sensorId,observedAt,periodSeconds,vehicleCount,averageSpeedKmh,occupancy\n");
        for (int minute = 1; minute <= 90; minute++) {
            for (int i = 0; i < STATIONS; i++) {
                boolean slow = i >= 3 && i <= 5 && minute > 30 && minute <= 60;
                readings.append("loop-%d,%s,60,25,%d,%s%n"
                        .formatted(i, SIX.plusSeconds(60L * minute), slow ? 20 : 95, slow ? "0.3" : "0.1"));
            }
        }
        write("traffic.csv", readings.toString());
    }
}

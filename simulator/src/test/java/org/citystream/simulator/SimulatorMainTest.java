package org.citystream.simulator;

import java.nio.file.Path;
import java.util.Map;
import org.citystream.testsupport.RefusedStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's process with settings that it cannot use. */
class SimulatorMainTest {
    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(textBlock = """
        KAFKA_SECURITY_PROTOCOL, SASL_SSL,       needs kafka-user and kafka-password-file
        MQTT_PASSWORD_FILE,      /none/password, cannot read --mqtt-password-file /none/password
        MQTT_URL,                broker:1883,    --mqtt-url must be tcp://HOST:PORT
        SIMULATOR_SCENARIO,      flood,          --scenario
        SIMULATOR_SPEED,         quick,          --speed
        HTTP_PORT,               70000,          http-port must be within 0..65535
        """)
    void aSettingThatCannotBeUsedEndsItAtOnce(String variable, String value, String told) throws Exception {
        RefusedStart.of(SimulatorMain.class, "simulate", "--data-dir", directory.toString())
                .isRefused(Map.of(variable, value), told);
    }

    @Test
    void aReplayOfNothingEndsAtOnce() throws Exception {
        RefusedStart.of(SimulatorMain.class, "replay", "/none/recording", "--data-dir", directory.toString())
                .isRefused(Map.of(), "/none/recording");
    }
}

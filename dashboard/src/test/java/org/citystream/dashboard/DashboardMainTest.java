package org.citystream.dashboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.citystream.testsupport.RefusedStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard's process with settings that it cannot use. */
class DashboardMainTest {
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
        KAFKA_SECURITY_PROTOCOL, SASL_SSL,              needs kafka-user and kafka-password-file
        KAFKA_BOOTSTRAP_SERVERS, kafka,                 must be HOST:PORT
        QUESTDB_URL,             questdb:8812,          questdb-url must be jdbc:postgresql://HOST:PORT/DATABASE
        QUESTDB_PASSWORD_FILE,   /none/password,        questdb-password-file /none/password cannot be read
        INFLUXDB_URL,            influxdb:8086,         influxdb-url must be http://HOST:PORT
        INFLUXDB_TOKEN_FILE,     /none/token,           influxdb-token-file /none/token cannot be read
        ALERTING_URL,            alerting,              alerting-url must be http://HOST:PORT
        FLINK_URL,               "http://a:8081,b:8081", flink-url must be http://HOST:PORT
        TILE_URL,                https://tiles.example, has no {z}
        HTTP_PORT,               -1,                    http-port must be within 0..65535
        """)
    void aSettingThatCannotBeUsedEndsItAtOnce(String variable, String value, String told) throws Exception {
        RefusedStart.of(DashboardMain.class).isRefused(Map.of(variable, value), told);
    }

    @Test
    void aViewersTokenThatCanBeGuessedEndsItAtOnce(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "short");

        RefusedStart.of(DashboardMain.class)
                .isRefused(Map.of("VIEWER_TOKEN_FILE", token.toString()), "--viewer-token-file must have at least 16");
    }
}

package org.citystream.alerting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.citystream.testsupport.RefusedStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alerting service's process with settings that it cannot use. */
class AlertingMainTest {
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
        KAFKA_SECURITY_PROTOCOL, SASL_SSL,       needs kafka-user and kafka-password-file
        KAFKA_BOOTSTRAP_SERVERS, kafka,          must be HOST:PORT
        DATABASE_URL,            postgres:5432,  database-url must be jdbc:postgresql://HOST:PORT/DATABASE
        DATABASE_PASSWORD_FILE,  /none/password, database-password-file /none/password cannot be read
        ADMIN_TOKEN_FILE,        /none/token,    admin-token-file /none/token cannot be read
        ROUTES_FILE,             /none/routes,   routes-file /none/routes cannot be read
        WEBHOOK_ALLOWED_CIDRS,   10.0.0.0/40,    10.0.0.0/40
        SETTLING_TIME,           -PT1S,          settling-time must be at least PT0S
        SMTP_SECURITY,           SSL,            --smtp-security
        HTTP_PORT,               eighty,         --http-port
        """)
    void aSettingThatCannotBeUsedEndsItAtOnce(String variable, String value, String told) throws Exception {
        RefusedStart.of(AlertingMain.class).isRefused(Map.of(variable, value), told);
    }

    @Test
    void routesThatAreNoneEndItAtOnce(@TempDir Path directory) throws Exception {
        Path routes = Files.writeString(directory.resolve("routes.yaml"), "root: {}\n");

        RefusedStart.of(AlertingMain.class)
                .isRefused(Map.of("ROUTES_FILE", routes.toString()), routes + " is not a routing file");
    }
}

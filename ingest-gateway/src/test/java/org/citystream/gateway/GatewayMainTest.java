package org.citystream.gateway;

import java.util.Map;
import org.citystream.testsupport.RefusedStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's process with settings that it cannot use: what one of them needs is missing, or one is of no use. */
class GatewayMainTest {
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
        CLOCK_SOURCE,            published,          needs a clock-key
        MQTT_CONNECTIONS,        2,                  need a mqtt-shared-group
        MQTT_CERTIFICATE_FILE,   /none/client.pem,   --mqtt-certificate-file and --mqtt-key-file must come together
        MQTT_PASSWORD_FILE,      /none/password,     cannot read --mqtt-password-file /none/password
        KAFKA_SECURITY_PROTOCOL, SASL_SSL,           needs kafka-user and kafka-password-file
        KAFKA_BOOTSTRAP_SERVERS, kafka,              must be HOST:PORT
        MQTT_URL,                broker:1883,        --mqtt-url must be tcp://HOST:PORT
        MQTT_KEEP_ALIVE,         a minute,           --mqtt-keep-alive
        HTTP_PORT,               70000,              http-port must be within 0..65535
        FORMATS_FILE,            /none/formats.yaml, /none/formats.yaml
        CONFIG_FILE,             /none/gateway,      cannot read CONFIG_FILE '/none/gateway'
        """)
    void aSettingThatCannotBeUsedEndsItAtOnce(String variable, String value, String told) throws Exception {
        RefusedStart.of(GatewayMain.class).isRefused(Map.of(variable, value), told);
    }

    @Test
    void aSettingThatThereIsNotEndsItAtOnce() throws Exception {
        RefusedStart.of(GatewayMain.class, "--mqtt-client", "gateway-1")
                .isRefused(Map.of(), "unknown setting '--mqtt-client'; did you mean 'mqtt-client-id'?");
    }
}

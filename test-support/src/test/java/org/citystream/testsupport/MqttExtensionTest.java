package org.citystream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MqttExtensionTest {
    @RegisterExtension
    static final MqttExtension mqtt = new MqttExtension();

    @Test
    void publishesWithUserPropertiesAndNothingIsDropped() {
        mqtt.publish("city/lindholm/traffic/loop-1", "{}", Map.of("clock-at", "2026-11-23T08:15:30Z"));

        assertThat(mqtt.url()).isEqualTo("tcp://127.0.0.1:" + mqtt.port());
        assertThat(mqtt.droppedMessages()).isZero();
    }
}

package org.citystream.stack;

import org.citystream.embedded.MqttBroker;

/** The MQTT broker. */
public final class MqttMain {
    private MqttMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("mqtt", () -> MqttBroker.start(EmbeddedMain.dataDirectory(), EmbeddedMain.port("MQTT_PORT")));
    }
}

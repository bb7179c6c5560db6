package org.citystream.stack;

import org.citystream.embedded.KafkaServer;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicCatalogue;

/** Kafka with the catalogue's topics. */
public final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("kafka", KafkaMain::start);
    }

    private static KafkaServer start() throws Exception {
        KafkaServer kafka = KafkaServer.startBehind(
                EmbeddedMain.port("CLIENTS_PORT"),
                EmbeddedMain.dataDirectory(),
                EmbeddedMain.port("KAFKA_PORT"),
                EmbeddedMain.port("CONTROLLER_PORT"));
        TopicCatalogue.apply(new KafkaSettings(kafka.bootstrapServers()), 1);
        return kafka;
    }
}

package org.citystream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.citystream.model.wire.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaExtensionTest {
    @RegisterExtension
    static final KafkaExtension kafka = new KafkaExtension();

    @Test
    void everyTopicOfTheCatalogueTakesRecords() {
        Topics.ALL.forEach(topic -> kafka.produce(topic.name(), "key", bytes("{}")));

        assertThat(Topics.ALL)
                .allSatisfy(topic -> assertThat(kafka.consumeAll(topic.name())).isNotEmpty());
    }

    @Test
    void anEmptiedTopicHasNothingAndTakesNewRecords() {
        kafka.produce(Topics.EVENTS.name(), "lind-1", bytes("old"));

        kafka.empty(Topics.EVENTS);
        kafka.produce(Topics.EVENTS.name(), "lind-1", bytes("new"));

        assertThat(kafka.consumeAll(Topics.EVENTS.name()))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactly("new");
    }

    @Test
    void freshTopicsAreEmptyAndApart() {
        String one = kafka.freshTopic(2);
        String other = kafka.freshTopic(1);

        kafka.produce(one, "a", bytes("1"));

        assertThat(kafka.consume(one, 1)).hasSize(1);
        assertThat(kafka.consumeAll(other)).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

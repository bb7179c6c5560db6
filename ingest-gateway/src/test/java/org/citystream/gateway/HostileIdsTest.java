package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citystream.gateway.decode.Ids;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.HostileNames;
import org.citystream.testsupport.LogLines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may call a sensor, through real MQTT: in payloads, and in topics as far as MQTT lets it be one. */
class HostileIdsTest {
    private static final String TRAFFIC = "city/lindholm/traffic/";
    /** Wildcards, another level, and what brokers refuse for its characters. */
    private static final Pattern NO_LEVEL_OF_A_TOPIC = Pattern.compile("[+#/\\p{Cc}\\p{Cn}]");

    @Test
    void eachComesOutWholeWithAReasonOrAsItWasSent(@TempDir Path directory) throws Exception {
        Map<String, String> sent = messages();
        try (City city = new City(directory);
                LogLines log = new LogLines("org.citystream.gateway");
                Gateway gateway = city.gateway();
                Publisher publisher = new Publisher(city.mqttUrl())) {
            Probe probe = Probe.of(gateway);
            probe.awaitReady();
            for (Map.Entry<String, String> message : sent.entrySet()) {
                publisher.publish(message.getKey(), message.getValue());
            }
            assertThat(publisher.settle()).as("the broker takes them all").isEqualTo(sent.size());
            await().atMost(Probe.PATIENCE)
                    .until(() -> city.records(Topics.READINGS_REJECTED).size()
                                    + city.readings(Topics.READINGS_TRAFFIC).size()
                            >= sent.size());

            List<String> seen = new ArrayList<>();
            for (ConsumerRecord<@Nullable String, byte[]> record : city.records(Topics.READINGS_REJECTED)) {
                String topic = City.header(record, "mqtt-topic");
                seen.add(topic);
                assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(sent.get(topic));
                assertThat(City.header(record, "reason")).isIn("bad-id", "identity-mismatch");
            }
            for (ConsumerRecord<@Nullable String, byte[]> record : city.readings(Topics.READINGS_TRAFFIC)) {
                String id = JsonCodec.read(record.value(), TrafficReading.class).sensorId();
                seen.add(TRAFFIC + id);
                assertThat(Ids.isValid(id)).as(id).isTrue();
                assertThat(record.key()).isEqualTo(id);
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(sent.keySet());
            assertThat(probe.metric("gateway_connection_losses_total")).isZero();
            log.assertNoneIsForged();
        }
    }

    /** By topic. */
    private static Map<String, String> messages() throws Exception {
        Map<String, String> messages = new HashMap<>();
        List<String> names = HostileNames.all();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String payload = City.readingOfAny(name, Instant.now(), 1);
            messages.put(TRAFFIC + "innocent-" + i, payload);
            if (!NO_LEVEL_OF_A_TOPIC.matcher(name).find()) {
                messages.put(TRAFFIC + name, payload);
            }
        }
        assertThat(messages).hasSizeGreaterThan(names.size() + 100);
        return messages;
    }
}

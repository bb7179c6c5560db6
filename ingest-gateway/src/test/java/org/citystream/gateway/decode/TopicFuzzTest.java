package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.citystream.model.unit.ReferenceTemperature;

/** Coverage-guided search for topics that break what reads ids from them. How to run it: {@link DecoderFuzzTest}. */
class TopicFuzzTest {
    private static final byte[] READING =
            "{\"observedAt\":\"2026-11-23T12:00:00Z\",\"vehicleCount\":1}".getBytes(StandardCharsets.UTF_8);

    private static final Source SECOND_LEVEL =
            new Source("lindholm", null, 2, null, ReferenceTemperature.CELSIUS_20, Map.of());

    @FuzzTest(maxDuration = "10m")
    void nativeTopic(byte[] bytes) {
        String topic = new String(bytes, StandardCharsets.UTF_8);
        new NativeJson().decode(new Message(topic, READING, Samples.NOON)).forEach(Corpus::check);
        NativeTopic parsed = NativeTopic.parse(topic);
        if (parsed != null) {
            assertThat("city/" + parsed.cityId() + "/" + parsed.kind().wireName() + "/" + parsed.sensorId())
                    .isEqualTo(topic);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void sensorTopicLevel(byte[] bytes) {
        check(new SensorCommunity(SECOND_LEVEL), bytes, "sensorCommunity/without-id.json");
    }

    @FuzzTest(maxDuration = "10m")
    void thingsStackTopic(byte[] bytes) {
        check(new ThingsStack(Source.of("lindholm")), bytes, "thingsStack/uplink.json");
    }

    private static void check(Decoder decoder, byte[] topic, String sample) {
        Message message = new Message(new String(topic, StandardCharsets.UTF_8), Samples.bytes(sample), Samples.NOON);
        assertThat(decoder.decode(message)).isNotEmpty().allSatisfy(Corpus::check);
    }

    @FuzzTest(maxDuration = "10m")
    void foreignId(byte[] bytes) {
        String foreign = new String(bytes, StandardCharsets.UTF_8);
        try {
            ForeignId id = ForeignId.of(foreign);
            assertThat(Ids.isValid(id.id())).as(id.id()).isTrue();
            assertThat(id.original() == null ? id.id() : id.original()).isEqualTo(foreign);
        } catch (Refusal refusal) {
            assertThat(foreign.length()).matches(length -> length == 0 || length > ForeignId.LONGEST_ORIGINAL);
        }
    }
}

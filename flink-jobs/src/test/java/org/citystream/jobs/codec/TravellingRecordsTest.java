package org.citystream.jobs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.Observation;
import org.citystream.analytics.pane.OffsetRanges;
import org.citystream.jobs.control.Control;
import org.citystream.jobs.time.PaneFunction;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes from task to task arrives as it was sent, without Flink's reflection. */
class TravellingRecordsTest {
    private static final byte[] JSON = "{\"ä\":1}".getBytes(StandardCharsets.UTF_8);

    /** @param type as the jobs find it */
    record Sent<T>(TypeInformation<T> type, T value) {}

    static Stream<Sent<?>> everything() {
        Reading reading = new Reading(
                "aq-Ü/1",
                "city",
                -1,
                60,
                "boot",
                Long.MAX_VALUE,
                3,
                new double[] {1.5, Double.NaN, -0.0},
                5,
                6,
                7,
                JSON);
        Observation observation = new Observation(
                "segment", "sensor", 2, 1_700_000_000_000L, 60_000, Identity.NO_BOOT, -5, 12, new long[] {
                    1, Observation.NOT_MEASURED, Long.MAX_VALUE
                });
        return Stream.of(
                new Sent<>(TypeInformation.of(Reading.class), reading),
                new Sent<>(TypeInformation.of(Reading.class), reading.from(3, 1L << 40)),
                new Sent<>(TypeInformation.of(Reading.class), Reading.tick(1_700_000_000_000L, Long.MIN_VALUE)),
                new Sent<>(TypeInformation.of(KeyedJson.class), new KeyedJson("", JSON)),
                new Sent<>(TypeInformation.of(KeyedJson.class), new KeyedJson("x".repeat(70_000), new byte[0])),
                new Sent<>(TypeInformation.of(Control.class), Control.rule("no2@3", JSON)),
                new Sent<>(TypeInformation.of(Control.class), Control.since(-1)),
                new Sent<>(PaneFunction.OBSERVATIONS, observation),
                new Sent<>(PaneFunction.OBSERVATIONS, observation.from(OffsetRanges.of(7, 1L << 40))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    <T> void arrivesAsItWasSent(Sent<T> sent) throws IOException {
        assertThat(sent.type()).isInstanceOf(CodecType.class);
        TypeSerializer<T> serializer = sent.type().createSerializer(new SerializerConfigImpl());

        DataInputDeserializer in = new DataInputDeserializer(written(serializer, sent.value()));

        assertThat(serializer.deserialize(in))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(sent.value());
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everything")
    <T> void anotherFormatIsRefused(Sent<T> sent) throws IOException {
        TypeSerializer<T> serializer = sent.type().createSerializer(new SerializerConfigImpl());
        byte[] written = written(serializer, sent.value());
        written[0] = 99;

        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(written)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has format 99");
    }

    private static <T> byte[] written(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }
}

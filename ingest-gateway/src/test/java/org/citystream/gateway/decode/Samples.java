package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;

/** Published messages, which are also the seeds of {@link DecoderFuzzTest}, and what decoders make of them. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Samples() {}

    static byte[] bytes(String name) {
        try (InputStream sample = Samples.class.getResourceAsStream("DecoderFuzzTestInputs/" + name)) {
            if (sample == null) {
                throw new AssertionError("no sample " + name);
            }
            return sample.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static List<Decoded> decode(Decoder decoder, String topic, String payload) {
        return decoder.decode(new Message(topic, payload.getBytes(StandardCharsets.UTF_8), NOON));
    }

    static List<Decoded> decodeSample(Decoder decoder, String topic, String name) {
        return decoder.decode(new Message(topic, bytes(name), NOON));
    }

    static Rejected rejected(List<Decoded> decoded) {
        assertThat(decoded).hasSize(1);
        assertThat(decoded.get(0)).isInstanceOf(Rejected.class);
        return (Rejected) decoded.get(0);
    }

    static Reading reading(Decoded decoded) {
        assertThat(decoded).as("%s", decoded).isInstanceOf(Accepted.class);
        return ((Accepted) decoded).reading();
    }

    static AirQualityReading air(Decoded decoded) {
        return ((Reading.Air) reading(decoded)).value();
    }

    static AirQualityReading onlyAir(List<Decoded> decoded) {
        assertThat(decoded).as("%s", decoded).hasSize(1);
        return air(decoded.get(0));
    }

    static TrafficReading traffic(Decoded decoded) {
        return ((Reading.Traffic) reading(decoded)).value();
    }
}

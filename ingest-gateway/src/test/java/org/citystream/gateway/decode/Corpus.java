package org.citystream.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Unit;

/** The messages kept to try decoders on: published ones, and what fuzzing found; a folder for each format. */
final class Corpus {
    private static final Source SOURCE = Source.of("lindholm");

    /** A format, and a topic it may come on. */
    record Format(Decoder decoder, String topic) {}

    private static final Map<String, Format> FORMATS = Map.of(
            "nativeJson", new Format(new NativeJson(), "city/lindholm/traffic/loop-0421"),
            "senMlJson", new Format(new SenMl(SOURCE, SenMl.Form.JSON), "senml/a"),
            "senMlCbor", new Format(new SenMl(SOURCE, SenMl.Form.CBOR), "senml/a"),
            "thingsStack", new Format(new ThingsStack(SOURCE), "v3/app1@tenant1/devices/dev1/up"),
            "ngsiLd", new Format(new NgsiLd(SOURCE), "ngsi/a"),
            "sensorCommunity", new Format(new SensorCommunity(SOURCE), "airrohr/1"),
            "mappedJson", new Format(mapped(), "meters/1/up"));

    private Corpus() {}

    private static MappedJson mapped() {
        Mapping.Value pm25 = new Mapping.Value(
                Quantity.PM25, JsonPointer.compile("/pm/2_5"), Unit.MICROGRAM_PER_M3, 0.1, Set.of(-1.0));
        Mapping.Value no2 =
                new Mapping.Value(Quantity.NO2, JsonPointer.compile("/no2"), Unit.PARTS_PER_BILLION, 1, Set.of());
        return new MappedJson(
                SOURCE,
                new Mapping(
                        SensorKind.AIR,
                        JsonPointer.compile("/data"),
                        JsonPointer.compile("/device"),
                        new Mapping.Time(JsonPointer.compile("/ts"), Mapping.TimeForm.EPOCH_SECONDS),
                        JsonPointer.compile("/boot"),
                        JsonPointer.compile("/sequence"),
                        null,
                        new Mapping.Period(JsonPointer.compile("/interval"), Unit.MINUTE),
                        List.of(pm25, no2)));
    }

    /** Every message, as {@code folder/file}. */
    static Stream<String> messages() throws IOException, URISyntaxException {
        URL root = Corpus.class.getResource("DecoderFuzzTestInputs");
        if (root == null) {
            throw new AssertionError("no corpus");
        }
        Path directory = Path.of(root.toURI());
        try (Stream<Path> files = Files.walk(directory)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** What the format's decoder makes of a message. */
    static List<Decoded> decode(String name, byte[] payload) {
        Format format = FORMATS.get(name);
        if (format == null) {
            throw new AssertionError("no format " + name);
        }
        return format.decoder().decode(new Message(format.topic(), payload, Samples.NOON));
    }

    /** What every answer of a decoder must be, whatever the bytes: readings that can be stored, or printable reasons. */
    static void check(String message, byte[] payload) {
        List<Decoded> decoded = decode(message.substring(0, message.indexOf('/')), payload);
        assertThat(decoded).isNotEmpty().hasSizeLessThanOrEqualTo(Outcomes.MAX_READINGS);
        decoded.forEach(Corpus::check);
    }

    static void check(Decoded decoded) {
        if (decoded instanceof Accepted accepted) {
            Reading reading = accepted.reading();
            assertThat(Ids.isValid(reading.sensorId())).isTrue();
            assertThat(reading.stamped(Samples.NOON, Samples.NOON, List.of("flag"))
                            .json())
                    .isNotEmpty();
        } else if (decoded instanceof Rejected rejected) {
            assertThat(rejected.detail()).hasSizeLessThanOrEqualTo(300).doesNotContain("\n");
            assertThat(rejected.sensorId() == null || Ids.isValid(rejected.sensorId()))
                    .isTrue();
        }
    }
}

package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citystream.gateway.decode.Decoded;
import org.citystream.gateway.decode.Message;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.route.RouteReader;
import org.citystream.gateway.route.Routes;
import org.citystream.ledger.MessageId;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.simulator.format.SensorFormats;
import org.citystream.simulator.publish.Outgoing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator says in a foreign format, the gateway understands, with the routes of docs/simulator.md. */
class SimulatedFormatsTest {
    private static final Instant OBSERVED_AT = Instant.parse("2026-11-23T08:15:30.250Z");
    private static final Instant SENT_AT = OBSERVED_AT.plusSeconds(4);
    private static final AirQualityReading AIR = new AirQualityReading(
            "station-1",
            OBSERVED_AT,
            300,
            "7f3a",
            42L,
            18.43,
            31.2,
            62.17,
            4.5,
            3.25,
            0.413,
            -6.5,
            0.8137,
            3.4,
            271.0,
            null,
            null,
            null,
            null,
            null);
    private static final TrafficReading TRAFFIC = new TrafficReading(
            "loop-1", OBSERVED_AT, 60, "7f3a", 42L, 2, 14, 37.52, 0.2134, null, null, null, null, null);
    private static final List<Sensor> SENSORS = List.of(sensor("station-1", "air"), sensor("loop-1", "traffic"));

    @TempDir
    Path directory = Path.of("");

    private Routes routes = new Routes(List.of());

    @BeforeEach
    void readTheDocumentedRoutes() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "simulator.md"));
        Matcher block = Pattern.compile("<!-- simulated-formats.yaml -->\\s*```yaml\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();
        routes = RouteReader.read(Files.writeString(directory.resolve("formats.yaml"), block.group(1)), "");
    }

    @ParameterizedTest
    @CsvSource({
        "senml-json, false, false",
        "senml-cbor, false, false",
        "things-stack, true, false",
        "ngsi-ld, false, true"
    })
    void anAirStationsReadingComesThroughWithEveryDigit(String format, boolean counted, boolean period) {
        AirQualityReading understood = ((Reading.Air) understood(translated(format + "=station-*", AIR))).value();

        assertThat(understood)
                .usingRecursiveComparison()
                .ignoringFields("periodSeconds", "bootId", "sequence", "cityId", "foreignId", "flags")
                .isEqualTo(AIR);
        assertThat(understood.flags()).isEmpty();
        assertThat(understood.cityId()).isEqualTo("lindholm");
        assertThat(understood.bootId()).isEqualTo(counted ? "7f3a" : null);
        assertThat(understood.sequence()).isEqualTo(counted ? 42L : null);
        assertThat(understood.periodSeconds()).isEqualTo(period ? 300 : null);
    }

    @Test
    void aDetectorsReadingComesThroughWithItsLane() {
        Outgoing message = translated("ngsi-ld=*", TRAFFIC);

        assertThat(((Reading.Traffic) understood(message)).value())
                .usingRecursiveComparison()
                .ignoringFields("bootId", "sequence", "cityId", "foreignId", "flags")
                .isEqualTo(TRAFFIC);
        assertThat(message.nativeFormat()).isFalse();
        assertThat(message.id()).isEqualTo(MessageId.of(TRAFFIC));
    }

    @Test
    void othersKeepTheirNativeFormat() {
        Outgoing message = translated("senml-json=station-*", TRAFFIC);

        assertThat(message.topic()).isEqualTo("city/lindholm/traffic/loop-1");
        assertThat(message.payload()).isEqualTo(JsonCodec.write(TRAFFIC));
        assertThat(message.nativeFormat()).isTrue();
    }

    @Test
    void whatAFaultHasDamagedGoesOutAsItIs() {
        byte[] damaged = "{\"sensorId\":\"station-1\",".getBytes(StandardCharsets.UTF_8);
        Outgoing message = SensorFormats.parse(List.of("senml-json=*"), SENSORS)
                .translate(Stream.of(Outgoing.of(SensorKind.AIR, MessageId.of(AIR), damaged, "lindholm", SENT_AT))
                        .iterator())
                .next();

        assertThat(message.payload()).isEqualTo(damaged);
        assertThat(message.topic()).isEqualTo("senml/station-1");
        assertThat(routes.decoder(message.topic()).decode(new Message(message.topic(), damaged, SENT_AT)))
                .singleElement()
                .isInstanceOf(Decoded.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"senml-jsn=*", "senml-json", "senml-json=tram-*", "things-stack=loop-*"})
    void whatMakesNoSenseIsSaidAtTheStart(String given) {
        assertThatThrownBy(() -> SensorFormats.parse(List.of(given), SENSORS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + given.split("=")[0]);
    }

    private Reading understood(Outgoing message) {
        List<Decoded> decoded =
                routes.decoder(message.topic()).decode(new Message(message.topic(), message.payload(), SENT_AT));
        assertThat(decoded).singleElement().isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded.get(0)).reading();
    }

    private static Sensor sensor(String id, String kind) {
        String json = "{\"sensorId\":\"%s\",\"kind\":\"%s\",\"cityId\":\"lindholm\",\"version\":1}".formatted(id, kind);
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), Sensor.class);
    }

    private static Outgoing translated(String format, Object reading) {
        Outgoing message = reading instanceof AirQualityReading air
                ? Outgoing.of(air, "lindholm", SENT_AT)
                : Outgoing.of((TrafficReading) reading, "lindholm", SENT_AT);
        return SensorFormats.parse(List.of(format), SENSORS)
                .translate(List.of(message).iterator())
                .next();
    }
}

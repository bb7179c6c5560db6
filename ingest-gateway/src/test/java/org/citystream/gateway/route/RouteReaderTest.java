package org.citystream.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.citystream.gateway.decode.Decoded;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.gateway.decode.Message;
import org.citystream.gateway.decode.NativeJson;
import org.citystream.gateway.decode.Reading;
import org.citystream.gateway.decode.RejectReason;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.service.config.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteReaderTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String METERS = """
            routes:
              - topics: [meters/+/up]
                format: mapping
                city: lindholm
                kind: air
                mapping:
                  readings: /data
                  sensor: /device
                  time: {pointer: /ts, form: epoch-seconds}
                  fields:
                    pm25UgM3: {pointer: /pm/2_5, scale: 0.1, missing: [-1]}
                    pm10UgM3: {pointer: /pm/10, scale: 0.1, missing: [-1]}
                    no2UgM3: {pointer: /no2, unit: ppb}
                    temperatureC: {pointer: /t, unit: °F}
            """;

    @TempDir
    Path directory;

    private Routes file(String yaml) throws ConfigurationException, IOException {
        return RouteReader.read(Files.writeString(directory.resolve("formats.yaml"), yaml), "");
    }

    private void assertProblems(String yaml, String... problems) {
        assertThatThrownBy(() -> file(yaml))
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> {
                    assertThat(e.problems()).as("%s", e.problems()).hasSize(problems.length);
                    for (int i = 0; i < problems.length; i++) {
                        assertThat(e.problems().get(i)).contains(problems[i]);
                    }
                });
    }

    @Test
    void withoutRoutesThereIsTheNativeFormat() throws ConfigurationException {
        Routes routes = RouteReader.read(null, "");
        assertThat(routes.filters()).containsExactly("city/+/traffic/+", "city/+/air/+");
        assertThat(routes.decoder("city/lindholm/air/a")).isInstanceOf(NativeJson.class);
        assertThat(routes.decoder("v3/a/devices/b/up")).isInstanceOf(NativeJson.class);
    }

    @Test
    void shortRoutesNameFilterFormatAndCity() throws ConfigurationException {
        Routes routes = RouteReader.read(null, "v3/+/devices/+/up=things-stack@lindholm, airrohr/+=sensor-community@b");
        assertThat(routes.filters())
                .containsExactly("city/+/traffic/+", "city/+/air/+", "v3/+/devices/+/up", "airrohr/+");
        assertThat(routes.decoder("v3/a/devices/b/up").name()).isEqualTo("things-stack");
        assertThat(routes.decoder("airrohr/1").name()).isEqualTo("sensor-community");
    }

    @Test
    void allFormatsHaveAName() throws Exception {
        Routes routes = file("""
                routes:
                  - {topics: [a], format: senml-json, city: c}
                  - {topics: [b], format: senml-cbor, city: c}
                  - {topics: [c], format: things-stack, city: c}
                  - {topics: [d], format: ngsi-ld, city: c}
                  - {topics: [e, f/#], format: sensor-community, city: c, sensor-topic-level: 2}
                """);
        assertThat(List.of("a", "b", "c", "d", "e", "f/g"))
                .extracting(topic -> routes.decoder(topic).name())
                .containsExactly(
                        "senml-json", "senml-cbor", "things-stack", "ngsi-ld", "sensor-community", "sensor-community");
    }

    @Test
    void mappingReadsSomebodysJson() throws Exception {
        byte[] batch;
        try (InputStream sample = NativeJson.class.getResourceAsStream("DecoderFuzzTestInputs/mappedJson/batch.json")) {
            batch = sample == null ? new byte[0] : sample.readAllBytes();
        }
        List<Decoded> decoded = file(METERS).decoder("meters/7/up").decode(new Message("meters/7/up", batch, NOON));
        assertThat(decoded).hasSize(3);
        AirQualityReading first = air(decoded.get(0));
        assertThat(first.sensorId()).as("named once for all, outside the array").isEqualTo("meter_7-c22c6b41");
        assertThat(first.foreignId()).isEqualTo("meter 7");
        assertThat(first.observedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(first.pm25UgM3()).isEqualTo(18.4);
        assertThat(first.pm10UgM3()).isEqualTo(31);
        assertThat(first.no2UgM3()).isEqualTo(31 * 1.9125);
        assertThat(first.temperatureC()).isEqualTo(20);
        assertThat(((Rejected) decoded.get(1)).reason()).as("300 °F").isEqualTo(RejectReason.OUT_OF_RANGE);
        assertThat(((Rejected) decoded.get(2)).reason()).isEqualTo(RejectReason.WRONG_TYPE);
    }

    private static AirQualityReading air(Decoded decoded) {
        return ((Reading.Air) ((Accepted) decoded).reading()).value();
    }

    @Test
    void mappedFieldsThatAreNotThereSayWhich() throws Exception {
        Message message = new Message("meters/7/up", "{\"device\":\"a\"}".getBytes(StandardCharsets.UTF_8), NOON);
        Rejected rejected =
                (Rejected) file(METERS).decoder("meters/7/up").decode(message).get(0);
        assertThat(rejected.reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
        assertThat(rejected.detail()).contains("/data");
    }

    @Test
    void everythingWrongWithAFileIsSaidAtOnceAndWhere() {
        assertProblems(
                """
                routes:
                  - topics: ["city/+/traffic/+", "a/#/b"]
                    format: sparkplug
                    kind: noise
                    colour: red
                    units: {no2UgM3: furlong, o3: ppb}
                  - topics: [m]
                    format: mapping
                    city: c
                    mapping: {fields: {pm25UgM3: {unit: ppb}}}
                """,
                "routes[0].topics 'city/+/traffic/+' takes in",
                "routes[0].topics in 'a/#/b'",
                "routes[0].units.no2UgM3",
                "routes[0].units.o3 is no measured field",
                "routes[0].city is missing",
                "routes[0].kind is 'noise'",
                "routes[0].format is 'sparkplug'",
                "routes[0].colour is not known",
                "routes[1].kind is missing",
                "routes[1].mapping.sensor is missing",
                "routes[1].mapping.fields.pm25UgM3.unit cannot be ppb",
                "routes[1].mapping.fields.pm25UgM3.pointer is missing");
        assertProblems("routes: 7", "routes must be a list");
        assertProblems("routes: [", "cannot be read");
    }

    @Test
    void noTopicHasTwoRoutes() {
        assertProblems(
                """
                routes:
                  - {topics: [meters/+/up, "meters/#"], format: senml-json, city: c}
                  - {topics: [meters/7/up], format: ngsi-ld, city: c}
                """,
                "routes[0].topics 'meters/#' and 'meters/+/up' mean some of the same topics",
                "routes[1].topics 'meters/7/up' and 'meters/+/up' mean some of the same topics");
        assertThatThrownBy(() -> RouteReader.read(null, "a/+=ngsi-ld@c,a/b=things-stack@c"))
                .hasMessageContaining("'a/b' and 'a/+' mean some of the same topics");
    }

    @Test
    void shortRoutesThatCannotBeAreNamed() {
        assertThatThrownBy(() -> RouteReader.read(null, "a=b,#=ngsi-ld@c,x=ngsi-ld@c d"))
                .hasMessageContaining("'a=b'")
                .hasMessageContaining("'#' takes in")
                .hasMessageContaining("a city's id");
    }
}

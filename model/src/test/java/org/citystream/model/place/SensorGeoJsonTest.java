package org.citystream.model.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorGeoJsonTest {
    private static final String ROAD = """
            {"type":"FeatureCollection","features":[{"type":"Feature",
             "geometry":{"type":"LineString","coordinates":[[11.93,57.70],[11.94,57.71],[11.95,57.72]]},
             "properties":{"sensorId":"loop-1","kind":"traffic","cityId":"lindholm","laneCount":3,"colour":"red"}}]}
            """;

    @Test
    void aLineIsTheRoadAndItsMiddleTheSensorsPlace() throws Exception {
        Sensor sensor = SensorGeoJson.read(bytes(ROAD)).get(0);

        assertThat(sensor.roadGeometry()).hasSize(3);
        assertThat(sensor.location()).isEqualTo(new GeoPoint(57.71, 11.94));
        assertThat(sensor.laneCount()).isEqualTo(3);
        assertThat(sensor.roadSegmentId()).isEqualTo("loop-1");
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() throws Exception {
        List<Sensor> sensors = SensorGeoJson.read(bytes("""
                {"type":"FeatureCollection","features":[
                 {"type":"Feature","geometry":{"type":"LineString","coordinates":[[11.93,57.70],[11.95,57.72]]},
                  "properties":{"sensorId":"loop-1","kind":"traffic","cityId":"c","location":{"latitude":57.7,"longitude":11.93},
                   "corridorId":"ring","corridorPositionM":220.0,"facility":"freeway","freeFlowSpeedKmh":90.0}},
                 {"type":"Feature","geometry":{"type":"Point","coordinates":[11.9,57.6]},
                  "properties":{"sensorId":"air-1","kind":"air","cityId":"c","setting":"rural","timeZone":"Europe/Stockholm"}},
                 {"type":"Feature","geometry":null,"properties":{"sensorId":"air-2","kind":"air","cityId":"c"}}]}
                """));

        assertThat(sensors).hasSize(3);
        assertThat(sensors.get(1).location()).isEqualTo(new GeoPoint(57.6, 11.9));
        assertThat(sensors.get(2).location()).isNull();
        assertThat(SensorGeoJson.read(JsonCodec.write(SensorGeoJson.write(sensors))))
                .isEqualTo(sensors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  | there is no array 'features'",
                "nothing                                             | is no JSON",
                "{'features':[{'type':'Feature'}]}                   | features[0].properties: is required",
                "{'features':[{'properties':{'sensorId':'a b'}}]}    | features[0].properties.sensorId: must match",
                "{'features':[{'properties':{'sensorId':'a','kind':'air'}}]} | features[0].properties.cityId: is required (sensor a)",
                "{'features':[{'properties':{'sensorId':'a','kind':'rain','cityId':'c'}}]} | features[0].properties.kind: Cannot deserialize value of type SensorKind from String \"rain\": not one of the values accepted for Enum class: [air, traffic] (sensor a)",
                "{'features':[{'properties':{'sensorId':'a','kind':'traffic','cityId':'c','laneCount':'two'}}]} | features[0].properties.laneCount: Cannot deserialize value of type Integer from String \"two\"",
                "{'features':[{'properties':{'sensorId':'a','kind':'traffic','cityId':'c','laneCount':0}}]} | features[0].properties: laneCount must be above 0 and at most 100 but is 0 (sensor a)",
                "{'features':[{'properties':{'sensorId':'a','kind':'air','cityId':'c','timeZone':'Mars/North'}}]} | features[0].properties.timeZone: must be an IANA zone such as Europe/Copenhagen but is 'Mars/North'",
                "{'features':[{'geometry':{'type':'Point','coordinates':['x']},'properties':{'sensorId':'a','kind':'air','cityId':'c'}}]} | features[0].geometry.coordinates: a position must be [longitude, latitude]",
                "{'features':[{'geometry':{'type':'Point','coordinates':[11,97]},'properties':{'sensorId':'a','kind':'air','cityId':'c'}}]} | features[0].geometry.coordinates: a position must be [longitude, latitude] within",
                "{'features':[{'properties':{'sensorId':'a','kind':'air','cityId':'c','location':{'latitude':97,'longitude':11}}}]} | features[0].properties.location: latitude must be within",
                "{'features':[{'geometry':{'type':'Polygon'},'properties':{'sensorId':'a','kind':'air','cityId':'c'}}]} | must be Point or LineString",
                "{'features':[{'properties':{'sensorId':'a','kind':'air','cityId':'c'}},{'properties':{'sensorId':'a','kind':'air','cityId':'c'}}]} | features[1].properties.sensorId: 'a' occurs twice",
            })
    void whatIsNoSensorIsNamed(String json, String message) {
        assertThatThrownBy(() -> SensorGeoJson.read(bytes(json.strip().replace('\'', '"'))))
                .isInstanceOf(InvalidSensorsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyProblemIsNamed() {
        assertThatThrownBy(() -> SensorGeoJson.read(bytes("""
                        {"features":[{"properties":{"sensorId":"a","timeZone":"Mars"},"geometry":{"type":"Blob"}},
                         {"properties":{"sensorId":"b","kind":"air","cityId":"c"}},
                         {"properties":{"sensorId":"d","kind":"air","cityId":7}}]}
                        """)))
                .isInstanceOfSatisfying(
                        InvalidSensorsException.class,
                        e -> assertThat(e.problems())
                                .extracting(InvalidSensorsException.Problem::path)
                                .containsExactly(
                                        "features[0].properties.kind",
                                        "features[0].properties.cityId",
                                        "features[0].properties.timeZone",
                                        "features[0].geometry.type",
                                        "features[2].properties.cityId"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

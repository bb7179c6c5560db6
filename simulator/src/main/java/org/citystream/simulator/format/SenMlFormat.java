package org.citystream.simulator.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;

/** SenML packs (RFC 8428): the base name is the station, the name what is measured; each value with its unit. */
final class SenMlFormat implements ForeignFormat {
    static final SenMlFormat JSON = new SenMlFormat("senml-json", "senml", new JsonFactory());
    static final SenMlFormat CBOR = new SenMlFormat("senml-cbor", "senml-cbor", new CBORFactory());

    /** Units of RFC 8428, 12.1, and RFC 8798, 3. */
    private static final Map<String, String> UNITS = Map.of(
            "pm25", "ug/m3",
            "pm10", "ug/m3",
            "no2", "ug/m3",
            "o3", "ug/m3",
            "so2", "ug/m3",
            "co", "mg/m3",
            "temperature", "Cel",
            "relativeHumidity", "/",
            "windSpeed", "m/s",
            "windDirection", "deg");

    private final String name;
    private final String branch;
    private final JsonFactory factory;

    /** Fields of a record: texts in JSON, numbers in CBOR (RFC 8428, 6). */
    private enum Label {
        BASE_NAME("bn", -2),
        BASE_TIME("bt", -3),
        NAME("n", 0),
        UNIT("u", 1),
        VALUE("v", 2);

        private final String text;
        private final long number;

        Label(String text, long number) {
            this.text = text;
            this.number = number;
        }
    }

    private SenMlFormat(String name, String branch, JsonFactory factory) {
        this.name = name;
        this.branch = branch;
        this.factory = factory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<SensorKind> kinds() {
        return Set.of(SensorKind.AIR);
    }

    @Override
    public String topic(String sensorId) {
        return branch + "/" + sensorId;
    }

    @Override
    public byte[] payload(AirQualityReading reading) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            out.writeStartArray();
            // The base stands in a record of its own (RFC 8428, 4.5.1).
            out.writeStartObject();
            label(out, Label.BASE_NAME).writeString(reading.sensorId() + "/");
            label(out, Label.BASE_TIME).writeNumber(reading.observedAt().toEpochMilli() / 1_000.0);
            out.writeEndObject();
            for (Map.Entry<String, Double> value : AirValues.of(reading).entrySet()) {
                out.writeStartObject();
                label(out, Label.NAME).writeString(value.getKey());
                label(out, Label.UNIT).writeString(UNITS.get(value.getKey()));
                label(out, Label.VALUE).writeNumber(value.getValue());
                out.writeEndObject();
            }
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private JsonGenerator label(JsonGenerator out, Label label) throws IOException {
        if (out instanceof CBORGenerator) {
            out.writeFieldId(label.number);
        } else {
            out.writeFieldName(label.text);
        }
        return out;
    }
}

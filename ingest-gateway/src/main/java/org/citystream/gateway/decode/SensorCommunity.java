package org.citystream.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * What the airRohr firmware of sensor.community sends: values as texts, P1 for PM10 and P2 for PM2.5 behind the name of the
 * instrument, no time. The sensor is {@code esp8266-ID}, or what the topic says.
 */
public final class SensorCommunity implements Decoder {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,15})?");
    /** Firmware starts these at -1, and sends that until there is a measurement. */
    private static final double NO_READING = -1;
    /** Likewise for temperatures. */
    private static final double NO_TEMPERATURE = -128;
    /** What an SDS011 whose fan stands still sends, or somewhat above it. */
    private static final double DEAD_PM25 = 999;

    private static final double DEAD_PM10 = 1_999;

    private static final Map<String, Quantity> QUANTITIES = Map.of(
            "P1", Quantity.PM10,
            "P2", Quantity.PM25,
            "temperature", Quantity.TEMPERATURE,
            "humidity", Quantity.RELATIVE_HUMIDITY);

    private final Source source;

    public SensorCommunity(Source source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "sensor-community";
    }

    @Override
    public List<Decoded> decode(Message message) {
        try {
            JsonNode document = Documents.json(message.payload());
            JsonNode values = document.path("sensordatavalues");
            if (!values.isArray()) {
                throw new Refusal(RejectReason.UNKNOWN_FORMAT, "there is no array sensordatavalues");
            }
            Outcomes outcomes = new Outcomes(source.cityId());
            outcomes.add(SensorKind.AIR, draft -> into(draft, message, document, values));
            return outcomes.list();
        } catch (Refusal refusal) {
            return List.of(Outcomes.rejected(refusal));
        }
    }

    private void into(ReadingDraft draft, Message message, JsonNode document, JsonNode values) throws Refusal {
        draft.sensor(source.sensor(message.topic(), sensor(document)));
        draft.observedByArrival(message.clockAt());
        for (JsonNode each : values) {
            Quantity quantity = quantity(each.path("value_type").asText(""));
            if (quantity != null && !draft.has(quantity)) {
                measure(draft, quantity, decimal(quantity, each.path("value")));
            }
        }
    }

    private static @Nullable String sensor(JsonNode document) {
        JsonNode id = document.path("esp8266id");
        return id.isTextual() || id.isIntegralNumber() ? "esp8266-" + id.asText() : null;
    }

    /** What stands behind the instrument's name: BME280_temperature, SDS_P1. */
    private static @Nullable Quantity quantity(String valueType) {
        return QUANTITIES.get(valueType.substring(valueType.lastIndexOf('_') + 1));
    }

    private static double decimal(Quantity quantity, JsonNode value) throws Refusal {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (!value.isTextual() || !DECIMAL.matcher(value.textValue().strip()).matches()) {
            throw new Refusal(RejectReason.WRONG_TYPE, quantity.field() + " must be a number, as a text or bare");
        }
        return Double.parseDouble(value.textValue().strip());
    }

    private void measure(ReadingDraft draft, Quantity quantity, double value) throws Refusal {
        if (value == (quantity == Quantity.TEMPERATURE ? NO_TEMPERATURE : NO_READING)) {
            return;
        }
        if ((quantity == Quantity.PM25 && value >= DEAD_PM25) || (quantity == Quantity.PM10 && value >= DEAD_PM10)) {
            draft.flag("instrument-error:" + quantity.field());
            return;
        }
        Unit otherwise = quantity == Quantity.RELATIVE_HUMIDITY ? Unit.PERCENT : quantity.unit();
        source.measure(draft, quantity, value, source.unit(quantity, null, otherwise));
    }
}

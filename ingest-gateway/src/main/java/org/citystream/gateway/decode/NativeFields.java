package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.citystream.model.place.SensorKind;
import org.citystream.model.wire.Rfc3339;

/** The fields of one native message, read off the parser into a draft. */
final class NativeFields {
    private static final Map<String, Quantity> TRAFFIC = named(SensorKind.TRAFFIC);
    private static final Map<String, Quantity> AIR = named(SensorKind.AIR);
    private static final double MAX_EXACT_WHOLE_NUMBER = 1L << 53;

    private final ReadingDraft draft;
    private final Map<String, Quantity> quantities;

    NativeFields(ReadingDraft draft) {
        this.draft = draft;
        this.quantities = draft.kind() == SensorKind.TRAFFIC ? TRAFFIC : AIR;
    }

    private static Map<String, Quantity> named(SensorKind kind) {
        Map<String, Quantity> byName = new HashMap<>();
        for (Quantity quantity : Quantity.values()) {
            if (quantity.kind() == kind) {
                byName.put(quantity.field(), quantity);
            }
        }
        return byName;
    }

    /** Takes one field; the parser stands on its value. */
    void read(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "sensorId" -> draft.sensor(text(name, token, parser));
            case "observedAt" -> draft.observedAt(time(name, token, parser));
            case "periodSeconds" -> draft.periodSeconds(number(name, token, parser));
            case "bootId" -> draft.bootId(text(name, token, parser));
            case "sequence" -> draft.sequence(wholeNumber(name, token, parser));
            default -> readMeasured(name, token, parser);
        }
    }

    private void readMeasured(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        Quantity quantity = quantities.get(name);
        if (quantity == Quantity.VEHICLE_COUNT) {
            draft.vehicles(wholeNumber(name, token, parser));
        } else if (quantity != null) {
            draft.measure(quantity, number(name, token, parser));
        } else if (draft.kind() == SensorKind.TRAFFIC && name.equals("laneId")) {
            draft.lane(wholeNumber(name, token, parser));
        } else {
            NativeJson.skip(parser);
        }
    }

    private static Instant time(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        String text = text(name, token, parser);
        try {
            return Rfc3339.instant(text);
        } catch (DateTimeException e) {
            throw new Refusal(RejectReason.BAD_TIME, name + " must be an RFC 3339 time but is '" + text + "'");
        }
    }

    private static String text(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        if (token != JsonToken.VALUE_STRING) {
            throw new Refusal(RejectReason.WRONG_TYPE, name + " must be a string");
        }
        return parser.getText();
    }

    private static double number(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        if (!token.isNumeric()) {
            throw new Refusal(RejectReason.WRONG_TYPE, name + " must be a number");
        }
        return parser.getDoubleValue();
    }

    /** JSON knows one number type, so 14.0 is the whole number 14. */
    private static long wholeNumber(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        double value = number(name, token, parser);
        if (token == JsonToken.VALUE_NUMBER_INT) {
            if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return parser.getLongValue();
            }
        } else if (value != Math.rint(value)) {
            throw new Refusal(RejectReason.WRONG_TYPE, name + " must be a whole number but is " + value);
        } else if (Math.abs(value) <= MAX_EXACT_WHOLE_NUMBER) {
            return (long) value;
        }
        throw new Refusal(RejectReason.OUT_OF_RANGE, name + " is too large: " + value);
    }
}

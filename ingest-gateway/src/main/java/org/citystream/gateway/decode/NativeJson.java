package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.place.SensorKind;
import org.citystream.model.wire.JsonCodec;

/**
 * The native format: one JSON object on {@code city/{cityId}/traffic/{sensorId}} or {@code city/{cityId}/air/{sensorId}}.
 * Unknown fields are ignored. Reads the bytes once, field by field, without a tree.
 */
public final class NativeJson implements Decoder {
    private static final JsonFactory FACTORY = JsonCodec.strict().getFactory();

    @Override
    public String name() {
        return "native-json";
    }

    @Override
    public Decoded decode(String topic, byte[] payload) {
        NativeTopic parts = NativeTopic.parse(topic);
        if (parts == null) {
            return new Rejected(
                    RejectReason.UNKNOWN_TOPIC,
                    "expected city/{cityId}/traffic/{sensorId} or city/{cityId}/air/{sensorId}",
                    null,
                    null);
        }
        NativeFields fields = new NativeFields(parts.kind());
        try {
            checkIds(parts);
            read(payload, fields);
            return Decoded.accepted(fields.reading(parts));
        } catch (Refusal refusal) {
            return rejected(refusal.reason(), refusal.detail(), parts, fields);
        } catch (StreamConstraintsException e) {
            return rejected(exceeded(e), e.getOriginalMessage(), parts, fields);
        } catch (StreamReadException e) {
            return rejected(broken(e), e.getOriginalMessage(), parts, fields);
        } catch (IOException e) {
            return rejected(RejectReason.MALFORMED_JSON, String.valueOf(e.getMessage()), parts, fields);
        }
    }

    private static void checkIds(NativeTopic topic) throws Refusal {
        if (!Ids.isValid(topic.cityId()) || !Ids.isValid(topic.sensorId())) {
            throw new Refusal(RejectReason.BAD_ID, "ids in the topic must match [A-Za-z0-9._:-]{1,128}");
        }
    }

    private static void read(byte[] payload, NativeFields fields) throws IOException, Refusal {
        if (payload.length > JsonCodec.MAX_DOCUMENT_BYTES) {
            throw new Refusal(
                    RejectReason.TOO_LARGE,
                    "a message may have " + JsonCodec.MAX_DOCUMENT_BYTES + " bytes but has " + payload.length);
        }
        try (JsonParser parser = FACTORY.createParser(payload)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Refusal(RejectReason.MALFORMED_JSON, "the message is empty");
            }
            if (first == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    fields.read(name, parser.nextToken(), parser);
                }
            } else {
                skip(parser);
            }
            if (parser.nextToken() != null) {
                throw new Refusal(RejectReason.MALFORMED_JSON, "something follows the JSON document");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new Refusal(RejectReason.WRONG_TYPE, "the message must be a JSON object");
            }
        }
    }

    /** Goes over a value of no interest, but reads it: what is not JSON is to be called so. */
    static void skip(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
    }

    private static RejectReason exceeded(StreamConstraintsException e) {
        return String.valueOf(e.getOriginalMessage()).contains("nesting depth")
                ? RejectReason.TOO_DEEP
                : RejectReason.TOO_LARGE;
    }

    private static RejectReason broken(StreamReadException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
                ? RejectReason.DUPLICATE_KEY
                : RejectReason.MALFORMED_JSON;
    }

    private static Rejected rejected(RejectReason reason, String detail, NativeTopic topic, NativeFields fields) {
        String sensorId = Ids.isValid(topic.sensorId()) ? topic.sensorId() : null;
        return new Rejected(reason, detail, sensorId, fields.observedAt());
    }

    /** Longest period a reading of this kind may cover, s. */
    static int longestPeriodSeconds(SensorKind kind) {
        return kind == SensorKind.TRAFFIC ? 3_600 : 86_400;
    }
}

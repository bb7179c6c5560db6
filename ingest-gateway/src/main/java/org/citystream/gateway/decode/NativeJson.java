package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.citystream.gateway.decode.Decoded.Accepted;
import org.citystream.gateway.decode.Decoded.Rejected;
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
    public List<Decoded> decode(Message message) {
        return List.of(decodeOne(message));
    }

    private static Decoded decodeOne(Message message) {
        NativeTopic topic = NativeTopic.parse(message.topic());
        if (topic == null) {
            return new Rejected(
                    RejectReason.UNKNOWN_TOPIC,
                    "expected city/{cityId}/traffic/{sensorId} or city/{cityId}/air/{sensorId}, or a topic of a configured route",
                    null,
                    null);
        }
        ReadingDraft draft = new ReadingDraft(topic.kind());
        try {
            checkIds(topic);
            read(message.payload(), new NativeFields(draft));
            checkSensor(topic, draft);
            return new Accepted(draft.reading(topic.cityId()));
        } catch (Refusal refusal) {
            return rejected(refusal, topic, draft);
        } catch (IOException e) {
            return rejected(Documents.refusal(e, RejectReason.MALFORMED_JSON), topic, draft);
        }
    }

    private static void checkIds(NativeTopic topic) throws Refusal {
        if (!Ids.isValid(topic.cityId()) || !Ids.isValid(topic.sensorId())) {
            throw new Refusal(RejectReason.BAD_ID, "ids in the topic must match [A-Za-z0-9._:-]{1,128}");
        }
    }

    private static void read(byte[] payload, NativeFields fields) throws IOException, Refusal {
        Documents.checkSize(payload);
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

    private static void checkSensor(NativeTopic topic, ReadingDraft draft) throws Refusal {
        String sensor = draft.sensorId();
        if (sensor != null && !sensor.equals(topic.sensorId())) {
            throw new Refusal(
                    RejectReason.IDENTITY_MISMATCH, "the topic names " + topic.sensorId() + ", the payload " + sensor);
        }
    }

    /** Goes over a value of no interest, but reads it: what is not JSON is to be called so. */
    static void skip(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
    }

    /** Until the payload is read whole, the topic is the better witness. */
    private static Rejected rejected(Refusal refusal, NativeTopic topic, ReadingDraft draft) {
        String sensorId = Ids.isValid(topic.sensorId()) ? topic.sensorId() : null;
        return new Rejected(refusal.reason(), refusal.detail(), sensorId, draft.observedAt());
    }
}

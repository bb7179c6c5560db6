package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import org.citystream.model.wire.JsonCodec;

/** Whole documents within the contracts' limits, for formats that cannot be read field by field. */
final class Documents {
    /** Values, names and brackets of one document: 1,000 readings have fewer, and many more would take too long. */
    private static final int MOST_TOKENS = 20_000;

    private static final StreamReadConstraints LIMITS = JsonCodec.strict()
            .getFactory()
            .streamReadConstraints()
            .rebuild()
            .maxTokenCount(MOST_TOKENS)
            .build();
    private static final ObjectMapper JSON = json();
    private static final ObjectMapper CBOR = CBORMapper.builder(cborFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    private static ObjectMapper json() {
        ObjectMapper mapper = JsonCodec.strict().copy();
        mapper.getFactory().setStreamReadConstraints(LIMITS);
        return mapper;
    }

    private static CBORFactory cborFactory() {
        return CBORFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(LIMITS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    static JsonNode json(byte[] payload) throws Refusal {
        return read(JSON, payload, RejectReason.MALFORMED_JSON);
    }

    /** CBOR as the same tree; keys that are numbers become their digits. */
    static JsonNode cbor(byte[] payload) throws Refusal {
        checkSize(payload);
        if (CborTags.areTooDeep(payload)) {
            throw new Refusal(RejectReason.TOO_DEEP, "a value may bear " + CborTags.MOST + " tags");
        }
        return read(CBOR, payload, RejectReason.MALFORMED_CBOR);
    }

    private static JsonNode read(ObjectMapper mapper, byte[] payload, RejectReason malformed) throws Refusal {
        checkSize(payload);
        try {
            JsonNode document = mapper.readTree(payload);
            if (document.isMissingNode()) {
                throw new Refusal(malformed, "the message is empty");
            }
            return document;
        } catch (IOException e) {
            throw refusal(e, malformed);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            // What Jackson's CBOR parser has been seen to throw for broken input instead of an IOException.
            throw new Refusal(malformed, e.toString());
        }
    }

    static void checkSize(byte[] payload) throws Refusal {
        if (payload.length > JsonCodec.MAX_DOCUMENT_BYTES) {
            throw new Refusal(
                    RejectReason.TOO_LARGE,
                    "a message may have " + JsonCodec.MAX_DOCUMENT_BYTES + " bytes but has " + payload.length);
        }
    }

    /** What the parser objects to, as a reason. */
    static Refusal refusal(IOException e, RejectReason malformed) {
        if (e instanceof StreamConstraintsException exceeded) {
            String detail = String.valueOf(exceeded.getOriginalMessage());
            return new Refusal(
                    detail.contains("nesting depth") ? RejectReason.TOO_DEEP : RejectReason.TOO_LARGE, detail);
        }
        if (e instanceof StreamReadException broken) {
            String detail = String.valueOf(broken.getOriginalMessage());
            return new Refusal(detail.startsWith("Duplicate field") ? RejectReason.DUPLICATE_KEY : malformed, detail);
        }
        if (e instanceof MismatchedInputException trailing) {
            return new Refusal(malformed, String.valueOf(trailing.getOriginalMessage()));
        }
        return new Refusal(malformed, String.valueOf(e.getMessage()));
    }
}

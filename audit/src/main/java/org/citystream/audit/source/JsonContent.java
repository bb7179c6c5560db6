package org.citystream.audit.source;

import com.fasterxml.jackson.databind.JsonNode;
import org.citystream.ledger.PayloadHash;
import org.citystream.model.wire.JsonCodec;

/** The content of a document apart from how it is spaced. */
final class JsonContent {
    private JsonContent() {}

    static String hash(JsonNode document) {
        return Long.toHexString(PayloadHash.of(JsonCodec.write(document)));
    }
}

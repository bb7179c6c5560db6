package org.citystream.gateway.decode;

import org.citystream.model.wire.WireName;

/**
 * Why a message cannot become a reading: the closed list behind the {@code reason} header of
 * {@code city.readings.rejected.v1} and the metric label.
 */
public enum RejectReason {
    /** Not JSON (RFC 8259), or something follows the document. */
    MALFORMED_JSON,
    /** Not CBOR (RFC 8949), or something follows the document. */
    MALFORMED_CBOR,
    /** An object names a field twice. */
    DUPLICATE_KEY,
    /** Larger than 64 KiB or 1,000 readings, or a number or name beyond reason. */
    TOO_LARGE,
    /** Nested deeper than 16 levels. */
    TOO_DEEP,
    /** A document of the right syntax that the topic's format does not know: another entity type, version or message. */
    UNKNOWN_FORMAT,
    /** A required field, or half of {@code bootId} and {@code sequence}, is missing. */
    MISSING_FIELD,
    /** A field, or the document itself, has another JSON type than the format says. */
    WRONG_TYPE,
    /** A unit that is not known, or measures something else. */
    UNKNOWN_UNIT,
    /** A value outside what is physically possible. */
    OUT_OF_RANGE,
    /** An id outside {@code [A-Za-z0-9._:-]{1,128}}, or a foreign one beyond 1,024 characters. */
    BAD_ID,
    /** {@code observedAt} is no RFC 3339 time, or outside 1970..2261. */
    BAD_TIME,
    /** {@code observedAt} lies further ahead of the clock than its tolerance. */
    FUTURE_TIME,
    /** {@code periodSeconds} is not within 1 s and 1 h (traffic) or 24 h (air). */
    BAD_PERIOD,
    /** Topic and payload name different sensors, or the registry knows the sensor otherwise. */
    IDENTITY_MISMATCH,
    /** Not measured but made up at a network server's console. */
    SIMULATED,
    /** No decoder is configured for the topic. */
    UNKNOWN_TOPIC,
    /** The registry does not know the sensor, and the gateway is strict. */
    UNKNOWN_SENSOR,
    /** The sensor sends more than it is allowed to. */
    RATE_LIMITED,
    /** The decoder failed: a fault of ours. */
    DECODER_FAILED,
    /** Kafka refused the finished record itself, such as one too large for the topic. */
    NOT_STORABLE;

    /** The code on the wire, such as {@code malformed-json}. */
    public String code() {
        return WireName.of(this);
    }
}

package org.citystream.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * JSON as the contracts define it: RFC 3339 times, unknown fields ignored, duplicate keys and trailing garbage refused,
 * documents above 64 KiB or deeper than 16 levels refused. Thread-safe.
 */
public final class JsonCodec {
    /** Largest document accepted from outside, bytes. */
    public static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    // Interned, the names in documents from outside would cost more than all else, and stay in the JVM's table.
    private static final JsonMapper STRICT = mapper(new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(100)
                    .maxStringLength(MAX_DOCUMENT_BYTES)
                    .maxNameLength(1024)
                    .build()));
    private static final JsonMapper INTERNAL = mapper(new JsonFactoryBuilder());

    private JsonCodec() {}

    private static JsonMapper mapper(JsonFactoryBuilder builder) {
        JsonFactory factory = builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addSerializer(Instant.class, new InstantWriter()))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
    }

    /**
     * For documents from outside: the contracts' limits on depth, names and numbers. Who holds the bytes checks
     * {@link #MAX_DOCUMENT_BYTES} first; Jackson looks at the length of streams only.
     */
    public static JsonMapper strict() {
        return STRICT;
    }

    /** For documents of our own: same format, Jackson's default limits. */
    public static JsonMapper internal() {
        return INTERNAL;
    }

    /** Times as {@link JavaTimeModule} writes them, but quicker. */
    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Rfc3339.text(time));
        }
    }

    /** The record as JSON bytes. */
    public static byte[] write(Object value) {
        try {
            return INTERNAL.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /**
     * The record from JSON bytes that one of our own services wrote.
     *
     * @throws UncheckedIOException if they are not such a record
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return INTERNAL.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + type.getSimpleName(), e);
        }
    }
}

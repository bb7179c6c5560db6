package org.citystream.jobs.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.wire.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Parses readings and ticks that the gateway wrote, field by field, without a tree. Not thread-safe. */
public final class ReadingParser {
    private static final int KNOWN_IDS_AT_MOST = 200_000;

    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();
    private final List<String> fields;
    /** Ids repeat for ever: one string each spares memory and makes comparing quick. */
    private final Map<String, String> known = new HashMap<>();

    /** For one kind of reading. */
    public ReadingParser(ReadingFormat format) {
        this.fields = format.fields();
    }

    /**
     * @throws IOException if this is no reading: not JSON, or without sensorId, observedAt or clockAt
     */
    public Reading reading(byte[] record) throws IOException {
        Fields found = parse(record);
        if (found.sensorId == null || found.observedAt == Long.MIN_VALUE || found.clockAt == Long.MIN_VALUE) {
            throw new IOException("a reading needs sensorId, observedAt and clockAt");
        }
        boolean identified = found.bootId != null && found.hasSequence;
        return new Reading(
                found.sensorId,
                found.cityId,
                found.observedAt,
                found.periodSeconds,
                identified ? found.bootId : null,
                identified ? found.sequence : 0,
                found.laneId,
                found.values,
                found.clockAt,
                found.receivedAt,
                0,
                record);
    }

    /**
     * @throws IOException if this is no tick
     */
    public Reading tick(byte[] record) throws IOException {
        Fields found = parse(record);
        if (found.clockAt == Long.MIN_VALUE) {
            throw new IOException("a tick needs clockAt");
        }
        return Reading.tick(found.clockAt, found.since);
    }

    private Fields parse(byte[] record) throws IOException {
        Fields found = new Fields(fields.size());
        try (JsonParser parser = json.createParser(record)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    field(name, parser, found);
                }
            }
        } catch (DateTimeException e) {
            throw new IOException("not a time: " + e.getMessage(), e);
        }
        return found;
    }

    private void field(String name, JsonParser parser, Fields found) throws IOException {
        switch (name) {
            case "sensorId" -> found.sensorId = intern(parser.getText());
            case "cityId" -> found.cityId = intern(parser.getText());
            case "bootId" -> found.bootId = intern(parser.getText());
            case "observedAt" -> found.observedAt = millis(parser);
            case "clockAt" -> found.clockAt = millis(parser);
            case "receivedAt" -> found.receivedAt = millis(parser);
            case "since" -> found.since = millis(parser);
            case "periodSeconds" -> found.periodSeconds = parser.getIntValue();
            case "laneId" -> found.laneId = parser.getIntValue();
            case "sequence" -> {
                found.sequence = parser.getLongValue();
                found.hasSequence = true;
            }
            default -> {
                int index = fields.indexOf(name);
                if (index >= 0) {
                    found.values[index] = parser.getDoubleValue();
                }
            }
        }
    }

    private static long millis(JsonParser parser) throws IOException {
        return Rfc3339.millis(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    private String intern(String id) {
        String same = known.get(id);
        if (same != null) {
            return same;
        }
        if (known.size() >= KNOWN_IDS_AT_MOST) {
            known.clear();
        }
        known.put(id, id);
        return id;
    }

    private static final class Fields {
        @Nullable String sensorId;

        @Nullable String cityId;

        @Nullable String bootId;

        long observedAt = Long.MIN_VALUE;
        long clockAt = Long.MIN_VALUE;
        long receivedAt;
        long since;
        int periodSeconds;
        int laneId;
        long sequence;
        boolean hasSequence;
        final double[] values;

        Fields(int size) {
            values = new double[size];
            Arrays.fill(values, Double.NaN);
        }
    }
}

package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/** Any other JSON, read as a {@link Mapping} of the configuration says. */
public final class MappedJson implements Decoder {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,3})?");

    private final Source source;
    private final Mapping mapping;

    public MappedJson(Source source, Mapping mapping) {
        this.source = source;
        this.mapping = mapping;
    }

    @Override
    public String name() {
        return "mapping";
    }

    @Override
    public List<Decoded> decode(Message message) {
        try {
            JsonNode document = Documents.json(message.payload());
            Outcomes outcomes = new Outcomes(source.cityId());
            if (mapping.readings() == null) {
                add(outcomes, message, document, document);
            } else {
                JsonNode readings = document.at(mapping.readings());
                if (!readings.isArray()) {
                    throw new Refusal(RejectReason.UNKNOWN_FORMAT, "there is no array at " + mapping.readings());
                }
                for (JsonNode element : readings) {
                    add(outcomes, message, document, element);
                }
            }
            return outcomes.list();
        } catch (Refusal refusal) {
            return List.of(Outcomes.rejected(refusal));
        }
    }

    private void add(Outcomes outcomes, Message message, JsonNode document, JsonNode element) throws Refusal {
        outcomes.add(mapping.kind(), draft -> {
            JsonNode id = find(document, element, mapping.sensorId());
            boolean named = id.isTextual() || id.isIntegralNumber();
            draft.sensor(source.sensor(message.topic(), named ? id.asText() : null));
            time(draft, message, document, element);
            identity(draft, document, element);
            for (Mapping.Value value : mapping.values()) {
                measure(draft, value, find(document, element, value.pointer()));
            }
        });
    }

    private static JsonNode find(JsonNode document, JsonNode element, @Nullable JsonPointer pointer) {
        if (pointer == null) {
            return MissingNode.getInstance();
        }
        JsonNode found = element.at(pointer);
        return found.isMissingNode() || found.isNull() ? document.at(pointer) : found;
    }

    private void time(ReadingDraft draft, Message message, JsonNode document, JsonNode element) throws Refusal {
        Mapping.Time time = mapping.observedAt();
        if (time == null) {
            draft.observedByArrival(message.clockAt());
            return;
        }
        JsonNode value = find(document, element, time.pointer());
        if (value.isMissingNode() || value.isNull()) {
            throw new Refusal(RejectReason.MISSING_FIELD, "there is no time at " + time.pointer());
        }
        switch (time.form()) {
            case ISO -> draft.observedAt(ForeignTime.parse(value.asText(), source.timeZone(), draft));
            case EPOCH_SECONDS -> draft.observedAt(ForeignTime.ofEpochSeconds(number(time.pointer(), value)));
            case EPOCH_MILLISECONDS ->
                draft.observedAt(ForeignTime.ofEpochSeconds(number(time.pointer(), value) / 1_000));
        }
    }

    private void identity(ReadingDraft draft, JsonNode document, JsonNode element) throws Refusal {
        JsonNode boot = find(document, element, mapping.bootId());
        if (boot.isValueNode() && !boot.isNull() && !boot.isMissingNode()) {
            draft.bootId(ForeignId.of(boot.asText()));
        }
        JsonNode sequence = find(document, element, mapping.sequence());
        if (sequence.isValueNode() && !sequence.isNull() && !sequence.isMissingNode()) {
            draft.sequence(whole(mapping.sequence(), sequence));
        }
        JsonNode lane = find(document, element, mapping.laneId());
        if (lane.isValueNode() && !lane.isNull() && !lane.isMissingNode()) {
            draft.lane(whole(mapping.laneId(), lane));
        }
        Mapping.Period period = mapping.periodSeconds();
        if (period != null) {
            JsonNode length = find(document, element, period.pointer());
            if (!length.isMissingNode() && !length.isNull()) {
                draft.periodSeconds(period.unit().convert(number(period.pointer(), length), Unit.SECOND));
            }
        }
    }

    private void measure(ReadingDraft draft, Mapping.Value value, JsonNode node) throws Refusal {
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        double number = number(value.pointer(), node);
        if (!value.missing().contains(number)) {
            source.measure(draft, value.quantity(), scaled(number, value.scale()), value.unit());
        }
    }

    /** In decimals: 184 tenths are 18.4, which binary fractions miss. */
    private static double scaled(double number, double scale) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(scale)).doubleValue()
                : number;
    }

    private static long whole(@Nullable JsonPointer pointer, JsonNode node) throws Refusal {
        double value = number(pointer, node);
        if (value != Math.rint(value) || Math.abs(value) >= 1L << 53) {
            throw new Refusal(RejectReason.WRONG_TYPE, pointer + " must be a whole number but is " + value);
        }
        return (long) value;
    }

    private static double number(@Nullable JsonPointer pointer, JsonNode node) throws Refusal {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (!node.isTextual() || !DECIMAL.matcher(node.textValue().strip()).matches()) {
            throw new Refusal(RejectReason.WRONG_TYPE, pointer + " must be a number");
        }
        return Double.parseDouble(node.textValue().strip());
    }
}

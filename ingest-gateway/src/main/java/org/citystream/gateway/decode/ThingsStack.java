package org.citystream.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.gateway.decode.Vocabulary.Term;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Uplinks of The Things Stack v3 on {@code v3/{application}@{tenant}/devices/{device}/up}. The sensor is
 * {@code application:device}. A normalized payload wins over a decoded one. {@code session_key_id} and {@code f_cnt}
 * identify the uplink: a counter left out is 0. Uplinks simulated at the console are refused.
 */
public final class ThingsStack implements Decoder {
    private final Source source;

    public ThingsStack(Source source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "things-stack";
    }

    @Override
    public List<Decoded> decode(Message message) {
        try {
            JsonNode document = Documents.json(message.payload());
            Outcomes outcomes = new Outcomes(source.cityId());
            JsonNode uplink = document.path("uplink_message");
            if (!uplink.isObject()) {
                throw new Refusal(RejectReason.UNKNOWN_FORMAT, "not an uplink: there is no uplink_message");
            }
            Map<String, Measures> byTime = measures(uplink);
            for (Measures measures : byTime.values()) {
                outcomes.add(measures.kind(), draft -> into(draft, message, document, measures, byTime.size() == 1));
            }
            return outcomes.list();
        } catch (Refusal refusal) {
            return List.of(Outcomes.rejected(refusal));
        }
    }

    private void into(ReadingDraft draft, Message message, JsonNode document, Measures measures, boolean only)
            throws Refusal {
        JsonNode uplink = document.path("uplink_message");
        draft.sensor(source.sensor(message.topic(), sensor(message.topic(), document.path("end_device_ids"))));
        time(draft, message, document, measures.time);
        if (isTrue(document.path("simulated")) || isTrue(uplink.path("simulated"))) {
            throw new Refusal(RejectReason.SIMULATED, "the uplink was simulated at the console");
        }
        // Several readings of one uplink would share its counter, and all but one pass for repeats.
        if (only) {
            identity(draft, uplink);
        }
        measures.into(draft);
    }

    private static boolean isTrue(JsonNode node) {
        return node.isBoolean() && node.booleanValue();
    }

    /** Applications number their devices themselves, so a device's name means something only with its application's. */
    private String sensor(String topic, JsonNode ids) throws Refusal {
        String application = required(ids.path("application_ids"), "application_id");
        String device = required(ids, "device_id");
        String[] levels = topic.split("/", -1);
        if (source.sensorTopicLevel() > 0) {
            return device;
        }
        if (levels.length == 5 && levels[0].equals("v3")) {
            String inTopic = levels[1].replaceFirst("@.*", "") + ":" + levels[3];
            if (!inTopic.equals(application + ":" + device)) {
                throw new Refusal(
                        RejectReason.IDENTITY_MISMATCH,
                        "the topic names " + inTopic + ", the payload " + application + ":" + device);
            }
        }
        return application + ":" + device;
    }

    private static String required(JsonNode parent, String field) throws Refusal {
        JsonNode value = parent.path(field);
        if (!value.isTextual()) {
            throw new Refusal(
                    value.isMissingNode() ? RejectReason.MISSING_FIELD : RejectReason.WRONG_TYPE,
                    field + " must be there as a text");
        }
        return value.textValue();
    }

    /** The network server's time of reception is nearest to the measurement; gateways' clocks are not to be relied on. */
    private void time(ReadingDraft draft, Message message, JsonNode document, @Nullable String own) throws Refusal {
        if (own != null) {
            draft.observedAt(ForeignTime.parse(own, source.timeZone(), draft));
            return;
        }
        for (JsonNode holder : List.of(document.path("uplink_message"), document)) {
            JsonNode time = holder.path("received_at");
            if (time.isTextual()) {
                draft.observedAt(ForeignTime.parse(time.textValue(), source.timeZone(), draft));
                return;
            }
        }
        draft.observedByArrival(message.clockAt());
    }

    private static void identity(ReadingDraft draft, JsonNode uplink) throws Refusal {
        JsonNode session = uplink.path("session_key_id");
        JsonNode count = uplink.path("f_cnt");
        if (!session.isTextual() || session.textValue().isEmpty()) {
            return;
        }
        if (!count.isMissingNode() && !count.canConvertToLong()) {
            throw new Refusal(RejectReason.WRONG_TYPE, "f_cnt must be a whole number");
        }
        draft.bootId(ForeignId.of(session.textValue()));
        draft.sequence(count.longValue());
    }

    /** What one uplink says of one time; null is the time of its reception. */
    private final class Measures {
        private final @Nullable String time;
        private final Map<Term, JsonNode> values = new LinkedHashMap<>();

        private Measures(@Nullable String time) {
            this.time = time;
        }

        private SensorKind kind() {
            SensorKind configured = source.kind();
            if (configured != null) {
                return configured;
            }
            return values.keySet().stream().anyMatch(term -> term.quantity().kind() == SensorKind.TRAFFIC)
                    ? SensorKind.TRAFFIC
                    : SensorKind.AIR;
        }

        private void take(JsonNode fields, String prefix) {
            for (Iterator<Map.Entry<String, JsonNode>> all = fields.fields(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> field = all.next();
                Term term = Vocabulary.find(prefix + field.getKey());
                if (term != null && !field.getValue().isNull()) {
                    values.putIfAbsent(term, field.getValue());
                }
            }
        }

        private void into(ReadingDraft draft) throws Refusal {
            for (Map.Entry<Term, JsonNode> each : values.entrySet()) {
                Quantity quantity = each.getKey().quantity();
                if (!each.getValue().isNumber()) {
                    throw new Refusal(RejectReason.WRONG_TYPE, quantity.field() + " must be a number");
                }
                Unit unit = source.unit(quantity, null, each.getKey().unit());
                source.measure(draft, quantity, each.getValue().doubleValue(), unit);
            }
        }
    }

    private Map<String, Measures> measures(JsonNode uplink) throws Refusal {
        Map<String, Measures> byTime = new LinkedHashMap<>();
        JsonNode normalized = uplink.path("normalized_payload");
        if (normalized.isArray() && !normalized.isEmpty()) {
            for (JsonNode measurement : normalized) {
                JsonNode time = measurement.path("time");
                Measures measures = of(byTime, time.isTextual() ? time.textValue() : null);
                measures.take(measurement.path("air"), "");
                measures.take(measurement.path("wind"), "wind");
            }
            return byTime;
        }
        JsonNode decoded = uplink.path("decoded_payload");
        if (!decoded.isObject()) {
            throw new Refusal(
                    RejectReason.MISSING_FIELD,
                    "neither normalized_payload nor decoded_payload; give the application a payload formatter");
        }
        of(byTime, null).take(decoded, "");
        return byTime;
    }

    private Measures of(Map<String, Measures> byTime, @Nullable String time) {
        return byTime.computeIfAbsent(String.valueOf(time), key -> new Measures(time));
    }
}

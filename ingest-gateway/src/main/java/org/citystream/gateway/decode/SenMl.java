package org.citystream.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citystream.gateway.decode.Vocabulary.Term;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Unit;
import org.jspecify.annotations.Nullable;

/**
 * SenML packs (RFC 8428), JSON or CBOR. The base name is the sensor, the name what is measured; of a name without base the
 * last part is, if it is known, else the unit has to tell. Records of one sensor and time make one reading.
 */
public final class SenMl implements Decoder {

    /** How packs are written. */
    public enum Form {
        JSON,
        CBOR
    }

    /** Times below are seconds relative to now (RFC 8428, 4.5.3). */
    private static final double FIRST_ABSOLUTE_TIME = 1L << 28;

    private static final int SUPPORTED_VERSION = 10;
    private static final Map<String, String> CBOR_LABELS = Map.ofEntries(
            Map.entry("-1", "bver"),
            Map.entry("-2", "bn"),
            Map.entry("-3", "bt"),
            Map.entry("-4", "bu"),
            Map.entry("-5", "bv"),
            Map.entry("-6", "bs"),
            Map.entry("0", "n"),
            Map.entry("1", "u"),
            Map.entry("2", "v"),
            Map.entry("3", "vs"),
            Map.entry("4", "vb"),
            Map.entry("5", "s"),
            Map.entry("6", "t"),
            Map.entry("7", "ut"),
            Map.entry("8", "vd"));
    /** Units that tell by themselves what is measured. */
    private static final Map<String, Term> TERMS_BY_UNIT = Map.of(
            "Cel", new Term(Quantity.TEMPERATURE, Unit.CELSIUS),
            "%RH", new Term(Quantity.RELATIVE_HUMIDITY, Unit.PERCENT));

    private static final List<String> VALUES = List.of("v", "vs", "vb", "vd", "s");

    private final Source source;
    private final Form form;

    public SenMl(Source source, Form form) {
        this.source = source;
        this.form = form;
    }

    @Override
    public String name() {
        return form == Form.JSON ? "senml-json" : "senml-cbor";
    }

    @Override
    public List<Decoded> decode(Message message) {
        try {
            JsonNode pack = form == Form.JSON ? Documents.json(message.payload()) : Documents.cbor(message.payload());
            if (!pack.isArray()) {
                throw new Refusal(RejectReason.WRONG_TYPE, "a SenML pack is an array of records");
            }
            Outcomes outcomes = new Outcomes(source.cityId());
            for (Group group : groups(pack).values()) {
                outcomes.add(group.kind(source.kind()), draft -> group.into(draft, message));
            }
            return outcomes.list();
        } catch (Refusal refusal) {
            return List.of(Outcomes.rejected(refusal));
        }
    }

    /** Base values hold for all records behind, until they are replaced. */
    private static final class Base {
        private FullName name = FullName.of("");
        private double time;
        private @Nullable String unit;
        private double value;
    }

    /** A resolved record: base values applied, name taken apart. */
    private record Measured(
            Quantity quantity, double value, @Nullable String unit, Unit otherwise) {}

    private record SensorAndTime(String sensor, double time) {}

    /** What was measured by one sensor at one time. */
    private final class Group {
        private final SensorAndTime of;
        private final Map<Quantity, Measured> measured = new LinkedHashMap<>();

        private Group(SensorAndTime of) {
            this.of = of;
        }

        private SensorKind kind(@Nullable SensorKind configured) {
            if (configured != null) {
                return configured;
            }
            return measured.keySet().stream().anyMatch(quantity -> quantity.kind() == SensorKind.TRAFFIC)
                    ? SensorKind.TRAFFIC
                    : SensorKind.AIR;
        }

        private void into(ReadingDraft draft, Message message) throws Refusal {
            draft.sensor(source.sensor(message.topic(), of.sensor().isEmpty() ? null : of.sensor()));
            double time = of.time();
            if (time < FIRST_ABSOLUTE_TIME) {
                draft.observedByArrival(relativeTo(message.clockAt(), time));
            } else {
                draft.observedAt(ForeignTime.ofEpochSeconds(time));
            }
            for (Measured each : measured.values()) {
                Unit unit = source.unit(each.quantity(), each.unit(), each.otherwise());
                source.measure(draft, each.quantity(), each.value(), unit);
            }
        }

        private static Instant relativeTo(Instant now, double time) throws Refusal {
            if (time < -1e10) {
                throw new Refusal(RejectReason.BAD_TIME, time + " s from now is no time");
            }
            return now.plusMillis(Math.round(time * 1_000));
        }
    }

    private Map<SensorAndTime, Group> groups(JsonNode pack) throws Refusal {
        Map<SensorAndTime, Group> groups = new LinkedHashMap<>();
        Base base = new Base();
        for (JsonNode raw : pack) {
            JsonNode fields = labelled(raw);
            rebase(base, fields);
            if (hasValue(fields)) {
                resolve(base, fields, groups);
            } else if (fields.has("n")) {
                throw new Refusal(
                        RejectReason.MISSING_FIELD, "the record '" + text(fields, "n", "") + "' has no value");
            }
        }
        return groups;
    }

    /** The record with the labels of JSON. */
    private JsonNode labelled(JsonNode raw) throws Refusal {
        if (!raw.isObject()) {
            throw new Refusal(RejectReason.WRONG_TYPE, "a SenML record is an object");
        }
        JsonNode fields = form == Form.CBOR ? relabelled(raw) : raw;
        for (Iterator<String> labels = fields.fieldNames(); labels.hasNext(); ) {
            String label = labels.next();
            if (label.endsWith("_")) {
                throw new Refusal(
                        RejectReason.UNKNOWN_FORMAT, "the field " + label + " must be understood, and is not known");
            }
        }
        return fields;
    }

    private static JsonNode relabelled(JsonNode raw) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : raw.properties()) {
            fields.set(CBOR_LABELS.getOrDefault(field.getKey(), field.getKey()), field.getValue());
        }
        return fields;
    }

    private static boolean hasValue(JsonNode fields) {
        for (String label : VALUES) {
            if (fields.has(label)) {
                return true;
            }
        }
        return false;
    }

    private static void rebase(Base base, JsonNode fields) throws Refusal {
        if (number(fields, "bver", SUPPORTED_VERSION) > SUPPORTED_VERSION) {
            throw new Refusal(
                    RejectReason.UNKNOWN_FORMAT, "SenML version " + fields.get("bver") + "; known is up to 10");
        }
        if (fields.has("bn")) {
            base.name = FullName.of(text(fields, "bn", ""));
        }
        base.time = number(fields, "bt", base.time);
        base.unit = fields.has("bu") ? text(fields, "bu", "") : base.unit;
        base.value = number(fields, "bv", base.value);
    }

    private void resolve(Base base, JsonNode fields, Map<SensorAndTime, Group> groups) throws Refusal {
        String given = fields.has("u") ? text(fields, "u", "") : base.unit;
        Name name = Name.of(base.name, text(fields, "n", ""), given);
        double time = base.time + number(fields, "t", 0);
        if (!fields.has("v") || name.term() == null) {
            return;
        }
        SensorAndTime of = new SensorAndTime(name.sensor(), time);
        Group group = groups.get(of);
        if (group == null) {
            Outcomes.checkRoom(groups.size());
            group = new Group(of);
            groups.put(of, group);
        }
        Term term = name.term();
        group.measured.putIfAbsent(
                term.quantity(),
                new Measured(term.quantity(), base.value + number(fields, "v", 0), given, term.unit()));
    }

    /**
     * A name looked at once, however many records go by it.
     *
     * @param whole without separators at its end
     * @param head likewise, and without its last part
     * @param last what the last part means; null if nothing to us
     */
    private record FullName(
            String whole, String head, @Nullable Term last) {
        private static final String SEPARATORS = "/:.";

        static FullName of(String name) {
            int split = name.length();
            while (split > 0 && SEPARATORS.indexOf(name.charAt(split - 1)) < 0) {
                split--;
            }
            return new FullName(
                    trimmed(name), trimmed(name.substring(0, split)), Vocabulary.find(name.substring(split)));
        }

        private static String trimmed(String name) {
            int end = name.length();
            while (end > 0 && SEPARATORS.indexOf(name.charAt(end - 1)) >= 0) {
                end--;
            }
            return name.substring(0, end);
        }
    }

    /** A full name taken apart; the term is null if it means nothing to us. */
    private record Name(String sensor, @Nullable Term term) {
        static Name of(FullName base, String name, @Nullable String unit) {
            if (!base.whole().isEmpty() && !name.isEmpty()) {
                return new Name(base.whole(), Vocabulary.find(name));
            }
            FullName full = name.isEmpty() ? base : FullName.of(name);
            return full.last() == null ? new Name(full.whole(), byUnit(unit)) : new Name(full.head(), full.last());
        }

        private static @Nullable Term byUnit(@Nullable String unit) {
            return unit == null ? null : TERMS_BY_UNIT.get(unit);
        }
    }

    private static double number(JsonNode fields, String label, double otherwise) throws Refusal {
        JsonNode value = fields.get(label);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new Refusal(RejectReason.WRONG_TYPE, label + " must be a number");
        }
        return value.doubleValue();
    }

    private static String text(JsonNode fields, String label, String otherwise) throws Refusal {
        JsonNode value = fields.get(label);
        if (value == null) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw new Refusal(RejectReason.WRONG_TYPE, label + " must be a text");
        }
        return value.textValue();
    }
}

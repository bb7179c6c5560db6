package org.citystream.gateway.decode;

import com.fasterxml.jackson.databind.JsonNode;
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
        private String name = "";
        private double time;
        private @Nullable String unit;
        private double value;
    }

    /** A resolved record: base values applied, name taken apart. */
    private record Measured(
            Quantity quantity, double value, @Nullable String unit, Unit otherwise) {}

    /** What was measured by one sensor at one time. */
    private final class Group {
        private final String sensor;
        private final double time;
        private final Map<Quantity, Measured> measured = new LinkedHashMap<>();

        private Group(String sensor, double time) {
            this.sensor = sensor;
            this.time = time;
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
            draft.sensor(source.sensor(message.topic(), sensor.isEmpty() ? null : sensor));
            if (time < FIRST_ABSOLUTE_TIME) {
                draft.observedByArrival(relativeTo(message.clockAt()));
            } else {
                draft.observedAt(ForeignTime.ofEpochSeconds(time));
            }
            for (Measured each : measured.values()) {
                Unit unit = source.unit(each.quantity(), each.unit(), each.otherwise());
                source.measure(draft, each.quantity(), each.value(), unit);
            }
        }

        private Instant relativeTo(Instant now) throws Refusal {
            if (time < -1e10) {
                throw new Refusal(RejectReason.BAD_TIME, time + " s from now is no time");
            }
            return now.plusMillis(Math.round(time * 1_000));
        }
    }

    private Map<String, Group> groups(JsonNode pack) throws Refusal {
        Map<String, Group> groups = new LinkedHashMap<>();
        Base base = new Base();
        for (JsonNode raw : pack) {
            Map<String, JsonNode> fields = fields(raw);
            rebase(base, fields);
            if (VALUES.stream().anyMatch(fields::containsKey)) {
                resolve(base, fields, groups);
            } else if (fields.containsKey("n")) {
                throw new Refusal(
                        RejectReason.MISSING_FIELD, "the record '" + text(fields, "n", "") + "' has no value");
            }
        }
        return groups;
    }

    private Map<String, JsonNode> fields(JsonNode raw) throws Refusal {
        if (!raw.isObject()) {
            throw new Refusal(RejectReason.WRONG_TYPE, "a SenML record is an object");
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = raw.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> field = all.next();
            String label =
                    form == Form.CBOR ? CBOR_LABELS.getOrDefault(field.getKey(), field.getKey()) : field.getKey();
            if (label.endsWith("_")) {
                throw new Refusal(
                        RejectReason.UNKNOWN_FORMAT, "the field " + label + " must be understood, and is not known");
            }
            fields.put(label, field.getValue());
        }
        return fields;
    }

    private static void rebase(Base base, Map<String, JsonNode> fields) throws Refusal {
        if (number(fields, "bver", SUPPORTED_VERSION) > SUPPORTED_VERSION) {
            throw new Refusal(
                    RejectReason.UNKNOWN_FORMAT, "SenML version " + fields.get("bver") + "; known is up to 10");
        }
        base.name = text(fields, "bn", base.name);
        base.time = number(fields, "bt", base.time);
        base.unit = fields.containsKey("bu") ? text(fields, "bu", "") : base.unit;
        base.value = number(fields, "bv", base.value);
    }

    private void resolve(Base base, Map<String, JsonNode> fields, Map<String, Group> groups) throws Refusal {
        String given = fields.containsKey("u") ? text(fields, "u", "") : base.unit;
        Name name = Name.of(base.name, text(fields, "n", ""), given);
        double time = base.time + number(fields, "t", 0);
        if (!fields.containsKey("v") || name.term() == null) {
            return;
        }
        Group group = groups.computeIfAbsent(name.sensor() + "\n" + time, key -> new Group(name.sensor(), time));
        Term term = name.term();
        group.measured.putIfAbsent(
                term.quantity(),
                new Measured(term.quantity(), base.value + number(fields, "v", 0), given, term.unit()));
    }

    /** A full name taken apart; the term is null if it means nothing to us. */
    private record Name(String sensor, @Nullable Term term) {
        private static final String SEPARATORS = "/:.";

        static Name of(String base, String name, @Nullable String unit) {
            if (!base.isEmpty() && !name.isEmpty()) {
                return new Name(trimmed(base), Vocabulary.find(name));
            }
            String full = base + name;
            int split = 0;
            for (int i = 0; i < full.length(); i++) {
                split = SEPARATORS.indexOf(full.charAt(i)) >= 0 ? i + 1 : split;
            }
            Term last = Vocabulary.find(full.substring(split));
            return last == null
                    ? new Name(trimmed(full), byUnit(unit))
                    : new Name(trimmed(full.substring(0, split)), last);
        }

        private static @Nullable Term byUnit(@Nullable String unit) {
            if (unit == null) {
                return null;
            }
            return switch (unit) {
                case "Cel" -> Vocabulary.find("temperature");
                case "%RH" -> Vocabulary.find("humidity");
                default -> null;
            };
        }

        private static String trimmed(String name) {
            int end = name.length();
            while (end > 0 && SEPARATORS.indexOf(name.charAt(end - 1)) >= 0) {
                end--;
            }
            return name.substring(0, end);
        }
    }

    private static double number(Map<String, JsonNode> fields, String label, double otherwise) throws Refusal {
        JsonNode value = fields.get(label);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new Refusal(RejectReason.WRONG_TYPE, label + " must be a number");
        }
        return value.doubleValue();
    }

    private static String text(Map<String, JsonNode> fields, String label, String otherwise) throws Refusal {
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

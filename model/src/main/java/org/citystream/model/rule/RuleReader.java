package org.citystream.model.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.InvalidRuleException.Problem;
import org.citystream.model.wire.WireName;

/** One rule from its document. */
final class RuleReader {
    private static final Condition NONE = new Condition.Incident(true, null);

    private final DocumentReader rule;
    private final String path;

    private RuleReader(JsonNode node, String path) {
        this.rule = new DocumentReader(node, path, new ArrayList<>());
        this.path = path;
    }

    static Rule read(JsonNode node, String path) throws InvalidRuleException {
        return new RuleReader(node, path).read();
    }

    private Rule read() throws InvalidRuleException {
        String id = rule.text("id");
        RuleKind kind = rule.name("kind", RuleKind.class, null);
        RuleMode mode = rule.name("mode", RuleMode.class, RuleMode.ACTIVE);
        Scope scope = scope();
        Schedule schedule = rule.has("schedule") ? schedule(rule.object("schedule")) : null;
        Condition condition = checked(() -> condition(kind));
        List<SeverityStep> severity = severity(condition);
        Map<String, String> labels = labels();
        int version = rule.has("version") ? rule.integer("version") : 0;
        Instant effectiveFrom = rule.has("effectiveFrom")
                ? rule.parsed("effectiveFrom", Instant::parse, "must be a UTC time", Instant.EPOCH)
                : Instant.EPOCH;
        rule.optionalText("hash");
        rule.refuseUnread();
        refuseProblems();
        try {
            Rule unhashed =
                    new Rule(id, kind, mode, scope, schedule, severity, labels, condition, version, effectiveFrom, "");
            String hash = RuleCodec.hash(RuleWriter.write(unhashed));
            return new Rule(id, kind, mode, scope, schedule, severity, labels, condition, version, effectiveFrom, hash);
        } catch (IllegalArgumentException e) {
            throw new InvalidRuleException(List.of(new Problem(path, String.valueOf(e.getMessage()))));
        }
    }

    private void refuseProblems() throws InvalidRuleException {
        if (!rule.problems().isEmpty()) {
            throw new InvalidRuleException(rule.problems());
        }
    }

    /** A condition's own range check becomes one more problem; a check on a value already reported stays silent. */
    private Condition checked(Supplier<Condition> reading) {
        int before = rule.problems().size();
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            if (rule.problems().size() == before) {
                rule.problems().add(new Problem(path, String.valueOf(e.getMessage())));
            }
            return NONE;
        }
    }

    private Condition condition(RuleKind kind) {
        return switch (kind) {
            case CONGESTION -> congestion();
            case INCIDENT -> incident();
            case AIR_INDEX -> indexLevel();
            case AIR_EXCEEDANCE -> exceedance();
            case AIR_RAPID_RISE -> rapidRise();
            case THRESHOLD -> threshold();
            case SENSOR_HEALTH -> new Condition.Health(new TreeSet<>(rule.texts("states")), rule.duration("for"));
        };
    }

    private Condition congestion() {
        DocumentReader enter = rule.object("enter");
        DocumentReader exit = rule.object("exit");
        double below = enter.number("speed-ratio-below");
        Duration enterFor = enter.duration("for");
        double above = exit.number("speed-ratio-above");
        Duration exitFor = exit.duration("for");
        enter.refuseUnread();
        exit.refuseUnread();
        return new Condition.Congestion(below, enterFor, above, exitFor);
    }

    private Condition incident() {
        DocumentReader method = rule.object("method");
        Boolean calibrate = null;
        if (method.has("california7")) {
            DocumentReader california7 = method.object("california7");
            calibrate = california7.flag("calibrate");
            california7.refuseUnread();
        }
        Double below = null;
        if (method.has("capacity-drop")) {
            DocumentReader capacityDrop = method.object("capacity-drop");
            below = capacityDrop.number("below");
            capacityDrop.refuseUnread();
        }
        method.refuseUnread();
        return new Condition.Incident(calibrate, below);
    }

    private Condition indexLevel() {
        AirIndex index = rule.name("index", AirIndex.class, null);
        DocumentReader enter = rule.object("enter");
        DocumentReader exit = rule.object("exit");
        int atLeast = enter.parsed("level-at-least", index::level, null, 6);
        Duration enterFor = enter.duration("for");
        int atMost = exit.parsed("level-at-most", index::level, null, 1);
        Duration exitFor = exit.duration("for");
        enter.refuseUnread();
        exit.refuseUnread();
        return new Condition.IndexLevel(index, atLeast, enterFor, atMost, exitFor);
    }

    private Condition exceedance() {
        Pollutant pollutant = rule.name("pollutant", Pollutant.class, null);
        double above = rule.parsed("above", text -> ConcentrationText.parse(text, pollutant), null, 1.0);
        return new Condition.Exceedance(pollutant, above, rule.integer("consecutive-hours"));
    }

    private Condition rapidRise() {
        Pollutant pollutant = rule.name("pollutant", Pollutant.class, null);
        DocumentReader rise = rule.object("rise");
        double atLeast = rise.parsed("at-least", text -> ConcentrationText.parse(text, pollutant), null, 1.0);
        Duration within = rise.duration("within");
        double sigmas = rise.number("sigmas");
        rise.refuseUnread();
        return new Condition.RapidRise(pollutant, atLeast, within, sigmas);
    }

    private Condition threshold() {
        String metric = rule.text("metric");
        Condition.Aggregate aggregate = rule.name("aggregate", Condition.Aggregate.class, Condition.Aggregate.MEAN);
        Duration window = rule.duration("window");
        Duration slide = rule.has("slide") ? rule.duration("slide") : window;
        DocumentReader enter = rule.object("enter");
        DocumentReader exit = rule.object("exit");
        boolean above = enter.has("above");
        double enterLimit = enter.number(above ? "above" : "below");
        double exitLimit = exit.number(above ? "below" : "above");
        enter.refuseUnread();
        exit.refuseUnread();
        return new Condition.Threshold(metric, aggregate, window, slide, above, enterLimit, exitLimit);
    }

    private List<SeverityStep> severity(Condition condition) {
        if (!rule.has("severity")) {
            rule.raw("severity");
            return List.of(new SeverityStep(Severity.MODERATE, null));
        }
        JsonNode node = rule.raw("severity");
        if (node.isTextual()) {
            return List.of(new SeverityStep(rule.name("severity", Severity.class, null), null));
        }
        DocumentReader steps = rule.object("severity");
        List<SeverityStep> scale = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            if (steps.has(severity.wireName())) {
                DocumentReader step = steps.object(severity.wireName());
                scale.add(new SeverityStep(severity, bound(step, condition)));
                step.refuseUnread();
            }
        }
        steps.refuseUnread();
        if (scale.isEmpty()) {
            rule.problem("severity", "must name at least one severity");
        }
        return scale;
    }

    private static double bound(DocumentReader step, Condition condition) {
        if (condition instanceof Condition.Congestion) {
            return step.number("speed-ratio-below");
        }
        if (condition instanceof Condition.IndexLevel level) {
            return step.parsed("level-at-least", name -> (double) level.index().level(name), null, 6.0);
        }
        if (condition instanceof Condition.Exceedance exceedance) {
            return step.parsed("above", text -> ConcentrationText.parse(text, exceedance.pollutant()), null, 1.0);
        }
        if (condition instanceof Condition.Threshold threshold) {
            return step.number(threshold.above() ? "above" : "below");
        }
        throw new IllegalArgumentException("severity must be a single word for this kind of rule");
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        JsonNode node = rule.raw("labels");
        for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> label = fields.next();
            labels.put(label.getKey(), label.getValue().asText());
        }
        return labels;
    }

    private Scope scope() {
        if (!rule.has("scope")) {
            rule.raw("scope");
            return Scope.EVERYWHERE;
        }
        DocumentReader scope = rule.object("scope");
        List<Setting> settings = new ArrayList<>();
        for (String setting : scope.texts("settings")) {
            try {
                settings.add(WireName.parse(Setting.class, setting));
            } catch (IllegalArgumentException e) {
                scope.problem("settings", String.valueOf(e.getMessage()));
            }
        }
        Scope read = new Scope(
                scope.optionalText("city"),
                scope.texts("road-segments"),
                scope.texts("corridors"),
                scope.texts("stations"),
                settings,
                polygon(scope));
        scope.refuseUnread();
        return read;
    }

    /** The outer ring of a GeoJSON polygon. */
    private static List<List<Double>> polygon(DocumentReader scope) {
        JsonNode ring = scope.raw("polygon").path("coordinates").path(0);
        List<List<Double>> points = new ArrayList<>();
        for (JsonNode point : ring) {
            points.add(List.of(point.path(0).asDouble(), point.path(1).asDouble()));
        }
        if (scope.has("polygon") && points.size() < 4) {
            scope.problem("polygon", "must be a GeoJSON Polygon with a closed ring");
        }
        return points;
    }

    private static Schedule schedule(DocumentReader schedule) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : schedule.texts("days")) {
            dayOfWeek(day, schedule, days);
        }
        if (days.isEmpty()) {
            days = EnumSet.allOf(DayOfWeek.class);
        }
        LocalTime from = schedule.has("from") ? time(schedule, "from") : LocalTime.MIDNIGHT;
        LocalTime to = schedule.has("to") ? time(schedule, "to") : LocalTime.MIDNIGHT;
        ZoneId zone = schedule.parsed("time-zone", ZoneId::of, "must be an IANA time zone", ZoneId.of("UTC"));
        schedule.refuseUnread();
        return new Schedule(days, from, to, zone);
    }

    private static LocalTime time(DocumentReader schedule, String field) {
        return schedule.parsed(field, LocalTime::parse, "must be a time of day such as \"06:00\"", LocalTime.MIDNIGHT);
    }

    private static void dayOfWeek(String name, DocumentReader schedule, Set<DayOfWeek> days) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (RuleWriter.shortName(day).equals(name)) {
                days.add(day);
                return;
            }
        }
        schedule.problem("days", "'" + name + "' is not one of mon, tue, wed, thu, fri, sat, sun");
    }
}

package org.citystream.model.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citystream.model.rule.InvalidRuleException.Problem;
import org.jspecify.annotations.Nullable;

/** One rule from its document. */
final class RuleReader {
    /** Stands in for a condition that cannot be read. */
    private static final Condition NONE = new Condition.Incident(true, null);

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final DocumentReader rule;

    private RuleReader(JsonNode node, String path) {
        this.rule = new DocumentReader(node, path, new ArrayList<>());
    }

    static Rule read(JsonNode node, String path) throws InvalidRuleException {
        return new RuleReader(node, path).read();
    }

    private Rule read() throws InvalidRuleException {
        String id = rule.parsed("id", RuleReader::id, null, "x");
        Optional<RuleKind> kind = kind();
        RuleMode mode = rule.name("mode", RuleMode.class, RuleMode.ACTIVE);
        Schedule schedule = rule.has("schedule") ? ScheduleReader.read(rule.object("schedule")) : noSchedule();
        Condition condition = kind.map(known -> checked(() -> condition(known))).orElse(NONE);
        Scope scope = ScopeReader.read(rule, condition == NONE ? null : condition);
        List<SeverityStep> severity = severity(condition);
        Map<String, String> labels = labels();
        int version = rule.has("version") ? rule.integer("version") : 0;
        Instant effectiveFrom = rule.has("effectiveFrom")
                ? rule.parsed("effectiveFrom", RuleReader::time, "must be a UTC time", Instant.EPOCH)
                : Instant.EPOCH;
        rule.optionalText("hash");
        if (kind.isPresent()) {
            rule.refuseUnread();
        }
        refuseProblems();
        Rule unhashed = new Rule(
                id, kind.orElseThrow(), mode, scope, schedule, severity, labels, condition, version, effectiveFrom, "");
        return unhashed.withHash(RuleCodec.hash(unhashed));
    }

    /** Empty if it has been reported: which fields such a rule should have is anybody's guess. */
    private Optional<RuleKind> kind() {
        int reported = rule.problems().size();
        RuleKind kind = rule.name("kind", RuleKind.class, null);
        return rule.problems().size() == reported ? Optional.of(kind) : Optional.empty();
    }

    private static String id(String text) {
        if (!Rule.ID.matcher(text).matches()) {
            throw new IllegalArgumentException("must match " + Rule.ID + " but is '" + text + "'");
        }
        return text;
    }

    /** A time whose milliseconds can be counted. */
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("out of range");
        }
        return time;
    }

    private @Nullable Schedule noSchedule() {
        rule.raw("schedule");
        return null;
    }

    private void refuseProblems() throws InvalidRuleException {
        if (!rule.problems().isEmpty()) {
            throw new InvalidRuleException(rule.problems());
        }
    }

    /** What a condition itself finds wrong becomes further problems, unless that part has been reported already. */
    private Condition checked(Supplier<Condition> reading) {
        try {
            return reading.get();
        } catch (InvalidConditionException e) {
            Set<String> reported =
                    rule.problems().stream().map(Problem::path).collect(Collectors.toCollection(HashSet::new));
            for (Problem problem : e.problems()) {
                String where = rule.pathOf(problem.path());
                if (!reported.contains(where)) {
                    rule.problems().add(new Problem(where, problem.reason()));
                }
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
        rule.raw("averaging");
        Averaging averaging = rule.has("averaging")
                ? rule.parsed("averaging", Averaging::parse, null, Averaging.HOUR)
                : Averaging.HOUR;
        int consecutive = rule.integer(Condition.Exceedance.consecutiveField(averaging));
        return new Condition.Exceedance(pollutant, above, averaging, consecutive);
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
        Duration slide = rule.duration("slide", window);
        DocumentReader enter = rule.object("enter");
        DocumentReader exit = rule.object("exit");
        boolean above = enter.has("above");
        double enterLimit = enter.number(above ? "above" : "below");
        Duration enterFor = enter.duration("for", Duration.ZERO);
        double exitLimit = exit.number(above ? "below" : "above");
        Duration exitFor = exit.duration("for", Duration.ZERO);
        enter.refuseUnread();
        exit.refuseUnread();
        return new Condition.Threshold(
                metric, aggregate, window, slide, above, enterLimit, enterFor, exitLimit, exitFor);
    }

    private List<SeverityStep> severity(Condition condition) {
        JsonNode node = rule.raw("severity");
        if (node.isMissingNode()) {
            return List.of(new SeverityStep(Severity.MODERATE, null));
        }
        if (node.isTextual()) {
            return List.of(new SeverityStep(rule.name("severity", Severity.class, null), null));
        }
        if (!hasBounds(condition)) {
            rule.problem("severity", "must be a single word for this kind of rule");
            return List.of();
        }
        DocumentReader steps = rule.object("severity");
        List<SeverityStep> scale = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            steps.raw(severity.wireName());
            if (steps.has(severity.wireName())) {
                DocumentReader step = steps.object(severity.wireName());
                double bound = bound(step, condition);
                step.refuseUnread();
                if (!scale.isEmpty() && !isWorse(condition, bound, scale.get(scale.size() - 1))) {
                    steps.problem(severity.wireName(), "must be worse than the step before it");
                }
                scale.add(new SeverityStep(severity, bound));
            }
        }
        steps.refuseUnread();
        if (scale.isEmpty()) {
            rule.problem("severity", "must name at least one severity");
        }
        return scale;
    }

    private static boolean hasBounds(Condition condition) {
        return condition instanceof Condition.Congestion
                || condition instanceof Condition.IndexLevel
                || condition instanceof Condition.Exceedance
                || condition instanceof Condition.Threshold
                || condition == NONE;
    }

    private static boolean isWorse(Condition condition, double bound, SeverityStep than) {
        boolean downwards = condition instanceof Condition.Congestion
                || (condition instanceof Condition.Threshold threshold && !threshold.above());
        double before = than.bound() == null ? Double.NaN : than.bound();
        return Double.isNaN(bound) || Double.isNaN(before) || (downwards ? bound < before : bound > before);
    }

    private static double bound(DocumentReader step, Condition condition) {
        if (condition instanceof Condition.Congestion) {
            return step.number("speed-ratio-below");
        }
        if (condition instanceof Condition.IndexLevel level) {
            return step.parsed("level-at-least", name -> (double) level.index().level(name), null, Double.NaN);
        }
        if (condition instanceof Condition.Exceedance exceedance) {
            return step.parsed(
                    "above", text -> ConcentrationText.parse(text, exceedance.pollutant()), null, Double.NaN);
        }
        if (condition instanceof Condition.Threshold threshold) {
            return step.number(threshold.above() ? "above" : "below");
        }
        // The condition has been reported; what its steps should look like is anybody's guess.
        step.raw("speed-ratio-below");
        step.raw("level-at-least");
        step.raw("above");
        step.raw("below");
        return Double.NaN;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        JsonNode node = rule.raw("labels");
        if (!node.isMissingNode() && !node.isObject()) {
            rule.problem("labels", "must be an object of texts such as {team: traffic-control}");
        }
        for (Map.Entry<String, JsonNode> label : node.properties()) {
            if (!label.getValue().isValueNode()) {
                rule.problem("labels." + label.getKey(), "must be a text");
            }
            labels.put(label.getKey(), label.getValue().asText());
        }
        return labels;
    }
}

package org.citystream.alerting.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.alerting.alert.AlertId;
import org.citystream.alerting.inhibit.InhibitRule;
import org.citystream.alerting.label.Matcher;
import org.jspecify.annotations.Nullable;

/** Routing files: {@code route}, {@code inhibit-rules}, {@code time-intervals}, {@code holidays}, {@code receivers}. */
public final class RoutesReader {
    private static final int HASH_BYTES = 16;
    private static final int MAX_DEPTH = 16;
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> receivers = new HashSet<>();
    private Map<String, List<TimeInterval>> intervals = Map.of();

    private RoutesReader() {}

    /** @throws InvalidRoutesException with every problem found */
    public static Routes read(String yaml) throws InvalidRoutesException {
        RoutesReader reader = new RoutesReader();
        Routes routes = reader.document(yaml);
        if (!reader.problems.isEmpty()) {
            throw new InvalidRoutesException(reader.problems);
        }
        return routes;
    }

    private Routes document(String yaml) {
        JsonNode tree = parse(yaml);
        Section document = new Section(tree, "", problems);
        document.sections("receivers", (receiver, i) -> receivers.add(required(receiver, "name")));
        Map<String, List<String>> holidays = holidays(document);
        intervals = intervals(document, new TimeIntervalReader(holidays));
        if (!document.has("route")) {
            document.problem("route", "is required");
        }
        Section root = document.section("route");
        if (root.has("matchers")) {
            root.problem("matchers", "the root takes every alert and has none");
        }
        Route route = route(root, null, "", 0);
        root.refuseUnknown();
        List<InhibitRule> inhibitRules = document.sections("inhibit-rules", this::inhibitRule);
        document.refuseUnknown();
        return new Routes(route, inhibitRules, intervals, AlertId.hash(HASH_BYTES, "routes", tree.toString()));
    }

    private JsonNode parse(String yaml) {
        try {
            JsonNode tree = YAML.readTree(yaml);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            problems.add("not YAML: " + e.getOriginalMessage() + " at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
            return MissingNode.getInstance();
        }
    }

    private static Map<String, List<String>> holidays(Section document) {
        Map<String, List<String>> holidays = document.lists("holidays");
        holidays.forEach((name, days) -> days.forEach(day -> {
            try {
                DateRange.parse(day);
            } catch (DateTimeException e) {
                document.problem("holidays." + name, "'" + day + "' is not a day such as 2026-12-25 or 12-25");
            }
        }));
        holidays.values().forEach(days -> days.removeIf(day -> !day.matches("[0-9:-]+")));
        return holidays;
    }

    private static Map<String, List<TimeInterval>> intervals(Section document, TimeIntervalReader reader) {
        Map<String, List<TimeInterval>> intervals = new TreeMap<>();
        document.sections("time-intervals", (section, i) -> {
            String name = required(section, "name");
            List<TimeInterval> parts = section.sections("time-intervals", (part, j) -> reader.read(part));
            if (intervals.put(name, parts) != null) {
                section.problem("name", "'" + name + "' is there twice");
            }
            return name;
        });
        return intervals;
    }

    private Route route(Section section, @Nullable Route parent, String path, int depth) {
        List<Matcher> matchers = section.parsedList("matchers", Matcher::parse);
        String receiver = receiver(section, parent);
        Grouping grouping = grouping(section, parent == null ? null : parent.grouping());
        Route own = new Route(
                id(section, parent == null ? "{}" : path + "/" + condition(matchers)),
                receiver,
                matchers,
                section.flag("continue"),
                grouping,
                intervalNames(section, "mute-time-intervals"),
                intervalNames(section, "active-time-intervals"),
                escalation(section),
                List.of());
        List<Route> children = depth >= MAX_DEPTH
                ? List.of()
                : section.sections("routes", (child, i) -> route(child, own, own.id(), depth + 1));
        return new Route(
                own.id(),
                own.receiver(),
                own.matchers(),
                own.goOn(),
                own.grouping(),
                own.mutedIn(),
                own.activeIn(),
                own.escalation(),
                List.copyOf(children));
    }

    private static String condition(List<Matcher> matchers) {
        return "{" + String.join(",", matchers.stream().map(Matcher::toString).toList()) + "}";
    }

    /** Two routes under the same conditions are told apart by their order. */
    private String id(Section section, String path) {
        String name = section.text("name");
        String id = name == null ? path : name;
        if (ids.add(id)) {
            return id;
        }
        if (name != null) {
            section.problem("name", "'" + name + "' is there twice");
        }
        int number = 2;
        while (!ids.add(id + "#" + number)) {
            number++;
        }
        return id + "#" + number;
    }

    private String receiver(Section section, @Nullable Route parent) {
        String receiver = section.text("receiver");
        if (receiver == null && parent == null) {
            section.problem("receiver", "is required");
        }
        return known(section, "receiver", receiver == null && parent != null ? parent.receiver() : orEmpty(receiver));
    }

    private String known(Section section, String field, String receiver) {
        if (!receivers.isEmpty() && !receiver.isEmpty() && !receivers.contains(receiver)) {
            section.problem(field, "'" + receiver + "' is not one of the receivers");
        }
        return receiver;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable Grouping grouping(Section section, @Nullable Grouping inherited) {
        Duration wait = section.parsed("group-wait", DurationText::parse);
        Duration interval = section.parsed("group-interval", DurationText::parse);
        Duration repeat = section.parsed("repeat-interval", DurationText::parse);
        if (section.says("group-by", "none") || (!section.has("group-by") && inherited == null)) {
            if (wait != null || interval != null || repeat != null) {
                section.problem(
                        "group-by",
                        "is required with group-wait, group-interval or repeat-interval;"
                                + " group-by: ['...'] groups each alert by itself");
            }
            return null;
        }
        Grouping base = inherited == null
                ? new Grouping(
                        List.of(), false, Grouping.DEFAULT_WAIT, Grouping.DEFAULT_INTERVAL, Grouping.DEFAULT_REPEAT)
                : inherited;
        List<String> by = section.has("group-by") ? section.texts("group-by") : base.by();
        boolean each = section.has("group-by") ? by.contains("...") : base.each();
        if (each && by.size() > 1) {
            section.problem("group-by", "'...' stands alone");
        }
        return new Grouping(
                by,
                each,
                wait == null ? base.firstWait() : wait,
                positive(section, "group-interval", interval, base.interval()),
                positive(section, "repeat-interval", repeat, base.repeat()));
    }

    private static Duration positive(Section section, String field, @Nullable Duration given, Duration otherwise) {
        if (given != null && given.isZero()) {
            section.problem(field, "must be above zero");
        }
        return given == null ? otherwise : given;
    }

    private List<String> intervalNames(Section section, String field) {
        List<String> names = section.texts(field);
        names.stream()
                .filter(name -> !intervals.containsKey(name))
                .forEach(name -> section.problem(field, "there is no time interval '" + name + "'"));
        return names;
    }

    private List<Escalation> escalation(Section section) {
        return section.sections("escalation", (step, i) -> {
            Duration after = step.parsed("after", DurationText::parse);
            if (after == null || after.isZero()) {
                step.problem("after", "is required, such as 10m");
            }
            return new Escalation(
                    after == null ? Duration.ofMinutes(1) : after, known(step, "receiver", required(step, "receiver")));
        });
    }

    private InhibitRule inhibitRule(Section section, int index) {
        String name = section.text("name");
        List<Matcher> sources = section.parsedList("source-matchers", Matcher::parse);
        List<Matcher> targets = section.parsedList("target-matchers", Matcher::parse);
        if (sources.isEmpty() || targets.isEmpty()) {
            section.problem("", "needs source-matchers and target-matchers");
        }
        return new InhibitRule(
                name == null ? "inhibit rule " + (index + 1) : name, sources, targets, section.texts("equal"));
    }

    private static String required(Section section, String field) {
        String text = section.text(field);
        if (text == null) {
            section.problem(field, "is required");
            return "";
        }
        return text;
    }
}

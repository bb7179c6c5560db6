package org.citystream.backtest;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleMode;

/**
 * Rules that hold from the start of a run.
 *
 * @param label for people
 * @param rules one version of each
 */
record RuleSet(String label, List<Rule> rules) {
    private static final String TRAFFIC = "traffic.";

    /** The latest version of each rule in a log, as it stood at a moment. */
    static RuleSet latest(String label, List<Rule> versions, Instant at) {
        TreeMap<String, Rule> latest = new TreeMap<>();
        versions.stream()
                .filter(rule -> !rule.effectiveFrom().isAfter(at))
                .sorted(Comparator.comparingInt(Rule::version))
                .forEach(rule -> latest.put(rule.id(), rule));
        return of(label, List.copyOf(latest.values()));
    }

    static RuleSet of(String label, List<Rule> rules) {
        return new RuleSet(
                label,
                rules.stream()
                        .filter(rule -> rule.mode() != RuleMode.DELETED)
                        .map(rule -> rule.withVersion(Math.max(1, rule.version()), Instant.EPOCH))
                        .sorted(Comparator.comparing(Rule::id))
                        .toList());
    }

    /** What this becomes when a file is applied to it: rules of the same id are replaced, the others stay. */
    RuleSet with(String newLabel, List<Rule> file) {
        TreeMap<String, Rule> all = new TreeMap<>();
        rules.forEach(rule -> all.put(rule.id(), rule));
        for (Rule rule : file) {
            Rule before = all.get(rule.id());
            if (before == null || !before.saysTheSameAs(rule)) {
                int version = before == null ? 1 : before.version() + 1;
                all.put(rule.id(), rule.withVersion(version, Instant.EPOCH));
            }
        }
        return of(newLabel, List.copyOf(all.values()));
    }

    Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** Those that decide about readings of a kind, in the form in which they are compared. */
    Set<String> hashes(SensorKind kind) {
        Set<String> hashes = new HashSet<>();
        for (Rule rule : rules) {
            if (decidesAbout(rule, kind)) {
                hashes.add(rule.key() + ' ' + rule.hash());
            }
        }
        return hashes;
    }

    private static boolean decidesAbout(Rule rule, SensorKind kind) {
        boolean traffic = kind == SensorKind.TRAFFIC;
        return switch (rule.kind()) {
            case CONGESTION, INCIDENT -> traffic;
            case AIR_INDEX, AIR_EXCEEDANCE, AIR_RAPID_RISE -> !traffic;
            case THRESHOLD ->
                rule.condition() instanceof Condition.Threshold threshold
                        && threshold.metric().startsWith(TRAFFIC) == traffic;
            case SENSOR_HEALTH -> false;
        };
    }
}

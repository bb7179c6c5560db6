package org.citystream.alerting.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citystream.alerting.rule.RuleRevision.Change;
import org.citystream.model.reading.ClockState;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.jspecify.annotations.Nullable;

/** Every version of every rule, and the pure decision which versions a change adds. */
final class RuleBook {
    private final Map<String, TreeMap<Integer, Rule>> versions = new TreeMap<>();

    void put(Rule rule) {
        versions.computeIfAbsent(rule.id(), id -> new TreeMap<>()).put(rule.version(), rule);
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    /** The latest version of each rule, by id. */
    List<Rule> latest() {
        return versions.values().stream().map(all -> all.lastEntry().getValue()).toList();
    }

    /** Every version, by id and version. */
    List<Rule> all() {
        return versions.values().stream().flatMap(all -> all.values().stream()).toList();
    }

    /**
     * Rules of a document replace those with their id and add the others; a rule that says what its latest version says
     * gets no new one.
     *
     * @param clock absent if the deployment's clock has never run; rules then hold from the beginning
     */
    RuleRevision revise(List<Rule> document, Optional<ClockState> clock) {
        Instant effectiveFrom = clock.map(ClockState::earliestEffect).orElse(Instant.EPOCH);
        List<Change> changes = new ArrayList<>();
        List<Rule> unchanged = new ArrayList<>();
        for (Rule rule : document) {
            TreeMap<Integer, Rule> known = versions.getOrDefault(rule.id(), new TreeMap<>());
            Rule last = known.isEmpty() ? null : known.lastEntry().getValue();
            if (last != null && last.saysTheSameAs(rule)) {
                unchanged.add(last);
            } else {
                changes.add(new Change(last, next(rule, last, effectiveFrom)));
            }
        }
        return new RuleRevision(List.copyOf(changes), List.copyOf(unchanged));
    }

    private static Rule next(Rule rule, @Nullable Rule last, Instant effectiveFrom) {
        if (last == null) {
            return rule.withVersion(1, effectiveFrom);
        }
        // A later version never holds before an earlier one, even if that one is still to come.
        boolean lastIsLater = last.effectiveFrom().isAfter(effectiveFrom);
        return rule.withVersion(last.version() + 1, lastIsLater ? last.effectiveFrom() : effectiveFrom);
    }

    /**
     * A new version that says what an older one says: what has been decided stays decided by the versions that held.
     *
     * @param version to go back to; null: the one before the latest
     * @throws UnknownVersionException if there is no such rule or version
     */
    RuleRevision rollback(String id, @Nullable Integer version, Optional<ClockState> clock) {
        TreeMap<Integer, Rule> known = versions.get(id);
        if (known == null) {
            throw new UnknownVersionException("there is no rule '" + id + "'");
        }
        Rule wanted = version == null ? beforeTheLatest(known) : known.get(version);
        if (wanted == null) {
            String what = version == null ? "no version before its first" : "no version " + version;
            throw new UnknownVersionException("rule '" + id + "' has " + what + "; it has "
                    + known.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return revise(List.of(wanted.withHash(RuleCodec.hash(wanted))), clock);
    }

    private static @Nullable Rule beforeTheLatest(TreeMap<Integer, Rule> known) {
        Map.Entry<Integer, Rule> before = known.lowerEntry(known.lastKey());
        return before == null ? null : before.getValue();
    }
}

package org.citystream.analytics.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citystream.model.rule.Scope;

/** Rules by the patterns of ids they name: found by what an id begins with, at a cost that other rules do not add to. */
final class PatternIndex {
    private final Map<String, Set<String>> byPrefix = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>();

    /** Whether all patterns begin with something that tells ids apart. */
    static boolean takes(List<String> patterns) {
        return !patterns.isEmpty()
                && patterns.stream().noneMatch(pattern -> Scope.prefix(pattern).isEmpty());
    }

    void add(List<String> patterns, String ruleId) {
        for (String pattern : patterns) {
            String prefix = Scope.prefix(pattern);
            byPrefix.computeIfAbsent(prefix, key -> new HashSet<>()).add(ruleId);
            lengths.add(prefix.length());
        }
    }

    /** Adds the rules that have a pattern which this id may match. */
    void collect(String id, Set<String> found) {
        for (int length : lengths) {
            if (length > id.length()) {
                return;
            }
            found.addAll(byPrefix.getOrDefault(id.substring(0, length), Set.of()));
        }
    }
}

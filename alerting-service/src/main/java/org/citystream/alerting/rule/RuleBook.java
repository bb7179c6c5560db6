package org.citystream.alerting.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citystream.alerting.rule.DeploymentClock.Reading;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Every version of every rule, and the pure decision which versions a document adds. */
final class RuleBook {
    private static final Duration NOTICE = Duration.ofSeconds(60);
    private static final long NOTICE_WALL_SECONDS = 5;

    private final Map<String, TreeMap<Integer, Rule>> versions = new TreeMap<>();

    /** What applying a document comes to. */
    record Revision(List<Rule> added, List<Rule> unchanged) {}

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
    Revision revise(List<Rule> document, Optional<Reading> clock) {
        Instant effectiveFrom = clock.map(RuleBook::firstMinuteAfterNotice).orElse(Instant.EPOCH);
        List<Rule> added = new ArrayList<>();
        List<Rule> unchanged = new ArrayList<>();
        for (Rule rule : document) {
            TreeMap<Integer, Rule> known = versions.getOrDefault(rule.id(), new TreeMap<>());
            Rule last = known.isEmpty() ? null : known.lastEntry().getValue();
            if (last != null && last.hash().equals(rule.hash())) {
                unchanged.add(last);
            } else {
                added.add(next(rule, last, effectiveFrom));
            }
        }
        return new Revision(List.copyOf(added), List.copyOf(unchanged));
    }

    private static Rule next(Rule rule, @Nullable Rule last, Instant effectiveFrom) {
        if (last == null) {
            return rule.withVersion(1, effectiveFrom);
        }
        // A later version never holds before an earlier one, even if that one is still to come.
        boolean lastIsLater = last.effectiveFrom().isAfter(effectiveFrom);
        return rule.withVersion(last.version() + 1, lastIsLater ? last.effectiveFrom() : effectiveFrom);
    }

    /** At high speed 60 s of clock are over before the record has reached the jobs. */
    private static Instant firstMinuteAfterNotice(Reading clock) {
        Duration travel = Duration.ofMillis((long) (NOTICE_WALL_SECONDS * 1000 * clock.speed()));
        Duration notice = travel.compareTo(NOTICE) > 0 ? travel : NOTICE;
        Instant earliest = clock.now().plus(notice);
        Instant minute = earliest.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(earliest) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }
}

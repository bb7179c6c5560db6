package org.citystream.analytics.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.place.SensorKind;
import org.citystream.model.place.Setting;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The rules as a log of versions: a pane is decided by the version with the latest {@code effectiveFrom} at or before
 * the pane's start, of several the highest. Versions arrive in any order and any number of times. Not thread-safe.
 *
 * <p>Which rules can ever concern a subject is worked out once per subject and rule change, so that a pane costs as much
 * as it has rules, not as there are rules.
 */
public final class RuleBook {
    private final TreeMap<String, TreeMap<Integer, Rule>> versions = new TreeMap<>();
    private final TreeMap<String, TreeMap<Long, Rule>> effective = new TreeMap<>();
    private final Map<String, Concerned> bySubject = new HashMap<>();

    /** Adds a version; false if it was known. */
    public boolean apply(Rule rule) {
        TreeMap<Integer, Rule> known = versions.computeIfAbsent(rule.id(), id -> new TreeMap<>());
        if (rule.equals(known.put(rule.version(), rule))) {
            return false;
        }
        TreeMap<Long, Rule> byTime = new TreeMap<>();
        for (Rule version : known.values()) {
            byTime.put(version.effectiveFrom().toEpochMilli(), version);
        }
        effective.put(rule.id(), byTime);
        bySubject.clear();
        return true;
    }

    /** The version of a rule that decides panes starting at this time; null before its first. */
    public @Nullable Rule version(String ruleId, long at) {
        TreeMap<Long, Rule> byTime = effective.get(ruleId);
        Map.Entry<Long, Rule> entry = byTime == null ? null : byTime.floorEntry(at);
        return entry == null ? null : entry.getValue();
    }

    /**
     * The rules that decide about a subject's pane, ascending by id: evaluated mode, in scope, schedule on.
     *
     * @param profile the subject at the pane's start
     */
    public List<Rule> rulesFor(SubjectProfile profile, Instant paneStart) {
        List<Rule> rules = new ArrayList<>();
        for (TreeMap<Long, Rule> byTime : concerned(profile).rules) {
            Map.Entry<Long, Rule> entry = byTime.floorEntry(paneStart.toEpochMilli());
            if (entry != null && isOn(entry.getValue(), profile, paneStart)) {
                rules.add(entry.getValue());
            }
        }
        return rules;
    }

    /** Whether a version of a rule is evaluated for a subject at a time. */
    public static boolean isOn(Rule rule, SubjectProfile profile, Instant at) {
        return rule.mode().isEvaluated()
                && covers(rule.scope(), profile)
                && (rule.schedule() == null || rule.schedule().isOn(at));
    }

    /** Fingerprint of the versions effective before {@code upTo} that ever cover the subject. */
    public long fingerprint(SubjectProfile profile, long upTo) {
        long fingerprint = 1;
        for (TreeMap<Long, Rule> byTime : concerned(profile).rules) {
            for (Map.Entry<Long, Rule> entry : byTime.headMap(upTo).entrySet()) {
                fingerprint = (fingerprint * 31 + entry.getKey()) * 31
                        + Identity.bootKey(
                                entry.getValue().key() + entry.getValue().hash());
            }
        }
        return fingerprint;
    }

    private Concerned concerned(SubjectProfile profile) {
        Concerned known = bySubject.get(profile.subjectId());
        if (known == null || known.profile != profile) {
            List<TreeMap<Long, Rule>> rules = new ArrayList<>();
            for (TreeMap<Long, Rule> byTime : effective.values()) {
                if (byTime.values().stream().anyMatch(rule -> covers(rule.scope(), profile))) {
                    rules.add(byTime);
                }
            }
            known = new Concerned(
                    profile, rules, rules.stream().map(RuleBook::fingerprints).toList());
            bySubject.put(profile.subjectId(), known);
        }
        return known;
    }

    private static TreeMap<Long, Long> fingerprints(TreeMap<Long, Rule> byTime) {
        TreeMap<Long, Long> fingerprints = new TreeMap<>();
        byTime.forEach((from, rule) -> fingerprints.put(from, Identity.bootKey(rule.key() + rule.hash())));
        return fingerprints;
    }

    private static boolean covers(Scope scope, SubjectProfile profile) {
        String cityId = profile.cityId();
        GeoPoint location = profile.location();
        if (profile.kind() == SensorKind.TRAFFIC) {
            return scope.coversSegment(cityId, profile.subjectId(), profile.corridorId(), location);
        }
        Setting setting = profile.first(sensor -> sensor.setting());
        return scope.coversStation(cityId, profile.subjectId(), setting, location);
    }

    private record Concerned(
            SubjectProfile profile, List<TreeMap<Long, Rule>> rules, List<TreeMap<Long, Long>> fingerprints) {}
}

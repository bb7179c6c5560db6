package org.citystream.analytics.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * The rules as a log of versions: a pane is decided by the version with the latest {@code effectiveFrom} at or before
 * the pane's start, of several the highest. Versions arrive in any order and any number of times. Not thread-safe.
 *
 * <p>Rules are indexed by whom they are about and by the most telling part of their scope. Which of them ever cover a
 * place is worked out from the index when the place is first asked for, and again when it is asked for after a change: so
 * a pane costs as much as rules cover it, and a change costs each place as much as there are rules like its own, however
 * many others there are.
 */
public final class RuleBook {
    private final TreeMap<String, TreeMap<Integer, Rule>> versions = new TreeMap<>();
    private final Map<String, TreeMap<Long, Rule>> effective = new HashMap<>();
    private final Map<Audience, Section> sections = new EnumMap<>(Audience.class);
    private long evaluations;

    /** Nothing is decided before the first {@link #apply}. */
    public RuleBook() {
        for (Audience audience : Audience.values()) {
            sections.put(audience, new Section(audience));
        }
    }

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
        section(Audience.of(rule)).index.add(rule.scope(), rule.id());
        // A version of one audience ends what an earlier one of another decided.
        known.values().forEach(version -> section(Audience.of(version)).changes++);
        return true;
    }

    private Section section(Audience audience) {
        return Objects.requireNonNull(sections.get(audience));
    }

    /** How many rules there are, of whatever mode. */
    public int size() {
        return versions.size();
    }

    /**
     * The rules that decide about a road segment's or station's pane, ascending by id: evaluated mode, in scope, schedule
     * on.
     *
     * @param profile the subject at the pane's start
     */
    public List<Rule> rulesFor(SubjectProfile profile, Instant paneStart) {
        return evaluated(section(Audience.of(profile.kind())).of(profile).rulesAt(paneStart));
    }

    /**
     * The rules of kind sensor-health that decide about a sensor at a moment, ascending by id.
     *
     * @param place the sensor at that moment
     */
    public List<Rule> healthRulesFor(String sensorId, Place place, Instant at) {
        return evaluated(section(Audience.SENSORS).of(sensorId, place).rulesAt(at));
    }

    private List<Rule> evaluated(List<Rule> rules) {
        evaluations += rules.size();
        return rules;
    }

    /** How many rules have been given out so far to be evaluated, each time counted. */
    public long evaluations() {
        return evaluations;
    }

    /** Fingerprint of the versions effective before {@code upTo} that decide about the subject or once did. */
    public long fingerprint(SubjectProfile profile, long upTo) {
        return section(Audience.of(profile.kind())).of(profile).fingerprint(upTo);
    }

    /** Lets go of what has been worked out of a road segment or station; asked for again, it is worked out again. */
    public void forget(SensorKind kind, String subjectId) {
        section(Audience.of(kind)).coverage.remove(subjectId);
    }

    /** The same of a sensor. */
    public void forgetSensor(String sensorId) {
        section(Audience.SENSORS).coverage.remove(sensorId);
    }

    // ---- the rules of one audience -----------------------------------------------------------------------------

    private final class Section {
        final Audience audience;
        final ScopeIndex index = new ScopeIndex();
        final Map<String, Coverage> coverage = new HashMap<>();
        long changes;

        Section(Audience audience) {
            this.audience = audience;
        }

        /** Profiles stay the same object while nothing changes. */
        Coverage of(SubjectProfile profile) {
            Coverage known = coverage.get(profile.subjectId());
            return known != null && known.profile == profile && known.changes == changes
                    ? known
                    : worked(profile.subjectId(), profile, Place.of(profile));
        }

        Coverage of(String sensorId, Place place) {
            Coverage known = coverage.get(sensorId);
            return known != null && known.changes == changes && known.place.equals(place)
                    ? known
                    : worked(sensorId, null, place);
        }

        private Coverage worked(String id, @Nullable SubjectProfile profile, Place place) {
            List<Version[]> rules = new ArrayList<>();
            for (String ruleId : index.candidates(place)) {
                Version[] relevant = relevant(Objects.requireNonNull(effective.get(ruleId)), place);
                if (relevant.length > 0) {
                    rules.add(relevant);
                }
            }
            Coverage made = new Coverage(profile, place, changes, rules);
            coverage.put(id, made);
            return made;
        }

        /** The versions from the first one on that covers the place: those before it decide nothing and end nothing. */
        private Version[] relevant(TreeMap<Long, Rule> byTime, Place place) {
            List<Version> relevant = new ArrayList<>();
            for (Map.Entry<Long, Rule> entry : byTime.entrySet()) {
                Rule rule = entry.getValue();
                boolean decides =
                        rule.mode().isEvaluated() && Audience.of(rule) == audience && place.isCoveredBy(rule.scope());
                if (decides || !relevant.isEmpty()) {
                    relevant.add(new Version(
                            entry.getKey(), decides ? rule : null, Identity.bootKey(rule.key() + rule.hash())));
                }
            }
            return relevant.toArray(Version[]::new);
        }
    }

    /**
     * A version of a rule as one place sees it.
     *
     * @param from effective from, epoch ms
     * @param rule null: it does not decide about the place
     */
    private record Version(long from, @Nullable Rule rule, long fingerprint) {}

    /** The versions of rules that ever decide about one place. */
    private static final class Coverage {
        final @Nullable SubjectProfile profile;
        final Place place;
        final long changes;
        private final List<Version[]> rules;
        private final long[] effects;
        private final long[] fingerprints;

        /** @param rules each one's versions, ascending by time */
        Coverage(@Nullable SubjectProfile profile, Place place, long changes, List<Version[]> rules) {
            this.profile = profile;
            this.place = place;
            this.changes = changes;
            this.rules = rules;
            List<Version> all = new ArrayList<>();
            rules.forEach(versions -> all.addAll(Arrays.asList(versions)));
            // Equal times stay in the order of rule ids, however the versions arrived.
            all.sort((a, b) -> Long.compare(a.from, b.from));
            this.effects = new long[all.size()];
            this.fingerprints = new long[all.size()];
            long fingerprint = 1;
            for (int i = 0; i < effects.length; i++) {
                effects[i] = all.get(i).from;
                fingerprint = fingerprint * 31 + all.get(i).fingerprint;
                fingerprints[i] = fingerprint;
            }
        }

        List<Rule> rulesAt(Instant at) {
            if (rules.isEmpty()) {
                return List.of();
            }
            long millis = at.toEpochMilli();
            List<Rule> deciding = new ArrayList<>(rules.size());
            for (Version[] versions : rules) {
                Rule rule = at(versions, millis);
                if (rule != null) {
                    Schedule schedule = rule.schedule();
                    if (schedule == null || schedule.isOn(at)) {
                        deciding.add(rule);
                    }
                }
            }
            return deciding;
        }

        /** Panes are mostly of the present, which the last versions decide. */
        private static @Nullable Rule at(Version[] versions, long millis) {
            for (int i = versions.length - 1; i >= 0; i--) {
                if (versions[i].from <= millis) {
                    return versions[i].rule;
                }
            }
            return null;
        }

        long fingerprint(long upTo) {
            for (int i = effects.length - 1; i >= 0; i--) {
                if (effects[i] < upTo) {
                    return fingerprints[i];
                }
            }
            return 1;
        }
    }
}

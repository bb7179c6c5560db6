package org.citystream.model.rule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One version of a rule, as on {@code city.rules.v1} (key {@code id@version}).
 *
 * @param severity steps ascending; never empty
 * @param schedule when the rule is on; absent: always
 * @param version 1, 2, ...; 0 before it has been applied
 * @param effectiveFrom start of the first pane that this version decides
 * @param hash SHA-256 (hex) of the canonical JSON of everything but version, effectiveFrom and hash, as it was when this
 *     version was applied: two rules of the same content may bear different ones
 */
public record Rule(
        String id,
        RuleKind kind,
        RuleMode mode,
        Scope scope,
        @Nullable Schedule schedule,
        List<SeverityStep> severity,
        Map<String, String> labels,
        Condition condition,
        int version,
        Instant effectiveFrom,
        String hash) {

    static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public Rule {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must match " + ID + " but is '" + id + "'");
        }
    }

    /** Key of this version on {@code city.rules.v1}. */
    public String key() {
        return id + "@" + version;
    }

    /** Whether both decide and are told alike, whatever their versions. */
    public boolean saysTheSameAs(Rule other) {
        return RuleCodec.hash(this).equals(RuleCodec.hash(other));
    }

    public Rule withHash(String newHash) {
        return new Rule(id, kind, mode, scope, schedule, severity, labels, condition, version, effectiveFrom, newHash);
    }

    public Rule withVersion(int newVersion, Instant newEffectiveFrom) {
        return new Rule(
                id, kind, mode, scope, schedule, severity, labels, condition, newVersion, newEffectiveFrom, hash);
    }
}

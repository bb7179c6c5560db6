package org.citystream.alerting.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.FieldChange;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the rules comes to.
 *
 * @param changes the new versions
 * @param unchanged the latest versions of rules that already are as wanted
 */
public record RuleRevision(List<Change> changes, List<Rule> unchanged) {

    /**
     * A new version.
     *
     * @param before the latest version so far; null: the rule is new
     */
    public record Change(@Nullable Rule before, Rule after) {

        /** What the new version says otherwise, field by field; of a new rule nothing. */
        public List<FieldChange> fields() {
            return before == null ? List.of() : FieldChange.between(content(before), content(after));
        }
    }

    /** The new versions, ready to be written. */
    public List<Rule> added() {
        return changes.stream().map(Change::after).toList();
    }

    /** The rule without what is assigned to a version. */
    private static JsonNode content(Rule rule) {
        return JsonCodec.read(RuleCodec.write(rule), ObjectNode.class)
                .remove(List.of("version", "effectiveFrom", "hash"));
    }
}

package org.citystream.alerting.inhibit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.label.Matcher;

/**
 * While a source alert is open, target alerts with the same {@code equal} labels are not told. An alert that is source and
 * target of the same rule is not inhibited by its like.
 *
 * @param name for people
 * @param equal labels that must agree; absent on both sides agrees
 */
public record InhibitRule(String name, List<Matcher> sources, List<Matcher> targets, List<String> equal) {

    /** An open alert that may be a source. */
    public record OpenAlert(String alertId, LabelSet labels) {}

    /** Whether the rule could ever keep this alert quiet. */
    public boolean concerns(LabelSet target) {
        return matchesAll(targets, target);
    }

    /** The open alert that keeps the target quiet. */
    public Optional<OpenAlert> source(String targetId, LabelSet target, Collection<OpenAlert> open) {
        if (!concerns(target)) {
            return Optional.empty();
        }
        boolean targetIsSource = matchesAll(sources, target);
        return open.stream()
                .filter(alert -> !alert.alertId().equals(targetId))
                .filter(alert -> matchesAll(sources, alert.labels()))
                .filter(alert ->
                        equal.stream().allMatch(name -> alert.labels().get(name).equals(target.get(name))))
                .filter(alert -> !(targetIsSource && matchesAll(targets, alert.labels())))
                .findFirst();
    }

    private static boolean matchesAll(List<Matcher> matchers, LabelSet labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }
}

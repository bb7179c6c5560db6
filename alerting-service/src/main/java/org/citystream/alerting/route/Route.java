package org.citystream.alerting.route;

import java.util.List;
import java.util.stream.Collectors;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.label.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A node of the routing tree, with what it inherits filled in.
 *
 * @param id its name, or the path of matchers from the root; state in the database hangs on it
 * @param goOn whether siblings after it are tried too, once it has matched
 * @param grouping absent: each change is told at once, by itself
 * @param mutedIn names of time intervals in which it tells nothing
 * @param activeIn names of time intervals outside of which it tells nothing; empty: always active
 */
public record Route(
        String id,
        String receiver,
        List<Matcher> matchers,
        boolean goOn,
        @Nullable Grouping grouping,
        List<String> mutedIn,
        List<String> activeIn,
        List<Escalation> escalation,
        List<Route> children) {

    /** The first matcher that the labels do not meet, for people; absent if they meet all. */
    @Nullable String refusal(LabelSet labels) {
        return matchers.stream()
                .filter(matcher -> !matcher.matches(labels))
                .findFirst()
                .map(matcher -> matcher + " is not met: " + matcher.name()
                        + (labels.get(matcher.name()).isEmpty()
                                ? " is not set"
                                : " is '" + labels.get(matcher.name()) + "'"))
                .orElse(null);
    }

    /** Its matchers as text; the root has none. */
    public String condition() {
        return matchers.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}

package org.citystream.alerting.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citystream.alerting.inhibit.InhibitRule;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.route.Routed.Visit;

/**
 * A routing configuration, whole.
 *
 * @param intervals named time intervals
 * @param hash of its content: the same configuration has the same
 */
public record Routes(
        Route root, List<InhibitRule> inhibitRules, Map<String, List<TimeInterval>> intervals, String hash) {

    /** Receiver of the default configuration. */
    public static final String DEFAULT_RECEIVER = "default";

    /** Each change of each alert, at once, to every webhook. */
    public static final Routes DEFAULT = new Routes(
            new Route("{}", DEFAULT_RECEIVER, List.of(), false, null, List.of(), List.of(), List.of(), List.of()),
            List.of(),
            Map.of(),
            "default");

    /** The routes that tell of an alert with these labels: the deepest that match, as in Alertmanager. */
    public Routed match(LabelSet labels) {
        List<Route> taken = new ArrayList<>();
        List<Visit> visits = new ArrayList<>();
        match(root, labels, 0, taken, visits);
        return new Routed(List.copyOf(taken), List.copyOf(visits));
    }

    private static boolean match(Route route, LabelSet labels, int depth, List<Route> taken, List<Visit> visits) {
        String refusal = route.refusal(labels);
        if (refusal != null) {
            visits.add(new Visit(route, depth, false, refusal));
            return false;
        }
        int place = visits.size();
        boolean below = false;
        for (Route child : route.children()) {
            boolean matched = match(child, labels, depth + 1, taken, visits);
            below |= matched;
            if (matched && !child.goOn()) {
                break;
            }
        }
        if (!below) {
            taken.add(route);
        }
        visits.add(place, new Visit(route, depth, !below, reason(route, depth, below)));
        return true;
    }

    private static String reason(Route route, int depth, boolean below) {
        String matched = depth == 0 ? "the root matches everything" : route.condition() + " is met";
        if (below) {
            return matched + ", and a route below it takes the alert";
        }
        return matched
                + (route.children().isEmpty() ? "" : ", and no route below it")
                + (route.goOn() ? "; continues" : "");
    }

    /** Why a route tells nothing at a time; empty if it does. */
    public Optional<String> muted(Route route, Instant at) {
        Optional<String> mutedIn = route.mutedIn().stream()
                .filter(name -> contains(name, at))
                .findFirst()
                .map(name -> "muted in '" + name + "'");
        if (mutedIn.isPresent() || route.activeIn().isEmpty()) {
            return mutedIn;
        }
        return route.activeIn().stream().anyMatch(name -> contains(name, at))
                ? Optional.empty()
                : Optional.of("active only in '" + String.join("', '", route.activeIn()) + "'");
    }

    private boolean contains(String interval, Instant at) {
        return intervals.getOrDefault(interval, List.of()).stream().anyMatch(i -> i.contains(at));
    }

    /** Every route, the root first. */
    public Stream<Route> all() {
        return below(root);
    }

    private static Stream<Route> below(Route route) {
        return Stream.concat(Stream.of(route), route.children().stream().flatMap(Routes::below));
    }

    /** Whether every alert takes the root, which tells each change at once and always. */
    public boolean trivial() {
        return root.children().isEmpty()
                && root.grouping() == null
                && root.escalation().isEmpty()
                && root.mutedIn().isEmpty()
                && root.activeIn().isEmpty()
                && inhibitRules.isEmpty();
    }
}

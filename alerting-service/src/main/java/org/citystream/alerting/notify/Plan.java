package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.alerting.route.Escalation;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routed;
import org.jspecify.annotations.Nullable;

/**
 * What a change of an alert comes to, receiver by receiver. Pure.
 *
 * @param tell receivers that are told at once
 * @param hold receivers that are told later, if the alert is still open then, by reason
 * @param release receivers whose holds are over
 * @param grouped routes that tell of it together with others
 * @param escalate who is told if nobody acknowledges
 */
record Plan(
        Set<String> tell,
        Map<String, String> hold,
        Set<String> release,
        List<Route> grouped,
        Set<Escalation> escalate) {

    /**
     * The plan.
     *
     * @param over whether the alert has ended with this change
     * @param told receivers that were told of it before
     * @param held receivers that have missed something
     */
    static Plan of(
            Routed routed, Target target, Instant at, boolean over, Set<String> told, Set<String> held, Quiet quiet) {
        Plan plan = new Plan(
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                routed.routes().stream().filter(r -> r.grouping() != null).toList(),
                new LinkedHashSet<>());
        Set<String> left = new TreeSet<>(told);
        left.addAll(held);
        for (Route route : routed.routes()) {
            // Whoever a group tells is told by the group.
            left.remove(route.receiver());
            if (route.grouping() == null) {
                plan.add(route.receiver(), route, target, at, over, told, quiet);
            }
        }
        // Whoever was told of an alert hears of its end, wherever its labels would send it now.
        left.forEach(receiver -> plan.add(receiver, null, target, at, over, told, quiet));
        return plan;
    }

    private void add(
            String receiver,
            @Nullable Route route,
            Target target,
            Instant at,
            boolean over,
            Set<String> told,
            Quiet quiet) {
        if (tell.contains(receiver)) {
            return;
        }
        if (over && !told.contains(receiver)) {
            release.add(receiver);
            return;
        }
        Optional<String> reason = quiet.reason(target, route, at);
        if (reason.isPresent()) {
            hold.put(receiver, reason.get());
            return;
        }
        hold.remove(receiver);
        tell.add(receiver);
        release.add(receiver);
        if (route != null && !over) {
            escalate.addAll(route.escalation());
        }
    }
}

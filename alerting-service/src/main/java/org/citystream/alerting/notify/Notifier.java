package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.alert.AlertState;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.group.Flush;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.group.Member;
import org.citystream.alerting.inhibit.InhibitRule.OpenAlert;
import org.citystream.alerting.place.Places;
import org.citystream.alerting.route.Escalation;
import org.citystream.alerting.route.Grouping;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routed;
import org.citystream.alerting.route.Routes;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that changes of alerts reach those who are to be told: at once, in groups, or once a silence is over. Works
 * inside the transaction that records the change.
 */
public final class Notifier {
    private final Supplier<Routes> routes;
    private final Places places;
    private final Messages messages;
    private final Supplier<Instant> cityClock;

    /** @param cityClock what the deployment calls now; asked only for what is told without an event */
    public Notifier(Supplier<Routes> routes, Places places, Messages messages, Supplier<Instant> cityClock) {
        this.routes = routes;
        this.places = places;
        this.messages = messages;
        this.cityClock = cityClock;
    }

    /** @param now wall clock */
    public void changed(NotificationTransaction transaction, Alert alert, AlertChange change, Instant now) {
        Routes current = routes.get();
        Target target = Target.of(alert, places);
        Routed routed = current.match(target.labels());
        boolean over = alert.state() == AlertState.RESOLVED;
        Plan plan = plan(transaction, current, routed, target, alert, change, over);
        String type = change.type().wireName();
        transaction.send(
                alert.alertId(),
                change.sequence(),
                type,
                List.of(type),
                messages.change(alert, change),
                plan.tell(),
                current.root().receiver(),
                now);
        carryOut(transaction, plan, alert, change.sequence(), now);
        group(transaction, current, plan.grouped(), target, alert, change, now);
        if (over || alert.acknowledgement() != null) {
            transaction.endEscalations(alert.alertId());
        }
    }

    private Plan plan(
            NotificationTransaction transaction,
            Routes current,
            Routed routed,
            Target target,
            Alert alert,
            AlertChange change,
            boolean over) {
        Set<String> held =
                transaction.holds(alert.alertId()).stream().map(Hold::receiver).collect(Collectors.toSet());
        return Plan.of(
                routed,
                target,
                alert.current().at(),
                over,
                told(transaction, current, alert, change, held),
                held,
                quiet(transaction, current));
    }

    /** The question is spared where the answer is known: one route that tells everything. */
    private static Set<String> told(
            NotificationTransaction transaction, Routes current, Alert alert, AlertChange change, Set<String> held) {
        if (change.type() == ChangeType.OPENED) {
            return Set.of();
        }
        return current.trivial() && held.isEmpty()
                ? Set.of(current.root().receiver())
                : transaction.receiversTold(alert.alertId());
    }

    private static void carryOut(
            NotificationTransaction transaction, Plan plan, Alert alert, int sequence, Instant now) {
        plan.hold()
                .forEach((receiver, reason) -> transaction.hold(
                        new Hold(alert.alertId(), receiver, reason, sequence), now.plus(Reminders.LOOK_AGAIN)));
        plan.release().forEach(receiver -> transaction.release(alert.alertId(), receiver));
        escalateLater(transaction, alert, plan.escalate(), now);
    }

    private static void escalateLater(
            NotificationTransaction transaction, Alert alert, Collection<Escalation> steps, Instant now) {
        if (alert.acknowledgement() == null) {
            steps.forEach(step -> transaction.planEscalation(alert.alertId(), step.receiver(), now.plus(step.after())));
        }
    }

    private void group(
            NotificationTransaction transaction,
            Routes current,
            List<Route> grouped,
            Target target,
            Alert alert,
            AlertChange change,
            Instant now) {
        Map<String, Route> byId = current.all().collect(Collectors.toMap(Route::id, route -> route));
        boolean anyGroups = byId.values().stream().anyMatch(route -> route.grouping() != null);
        if (!anyGroups) {
            return;
        }
        Map<String, Group> wanted = new LinkedHashMap<>();
        for (Route route : grouped) {
            Grouping grouping = route.grouping();
            if (grouping != null) {
                wanted.put(
                        route.id(),
                        Group.of(route.id(), route.receiver(), grouping.labels(alert.alertId(), target.labels())));
            }
        }
        for (Group in : transaction.lockGroupsOf(alert.alertId())) {
            Group instead = wanted.get(in.routeId());
            if (instead != null && !instead.id().equals(in.id())) {
                // Its labels have moved it to another group of the same route, which tells the same receiver.
                transaction.removeMember(in.id(), alert.alertId());
            } else {
                wanted.remove(in.routeId());
                news(transaction, byId.get(in.routeId()), in, alert, change, now);
            }
        }
        if (alert.state() != AlertState.RESOLVED) {
            wanted.values().stream()
                    .sorted(Comparator.comparing(Group::id))
                    .map(transaction::lockGroup)
                    .forEach(group -> join(transaction, byId.get(group.routeId()), group, alert, change, now));
        }
    }

    private static void news(
            NotificationTransaction transaction,
            @Nullable Route route,
            Group group,
            Alert alert,
            AlertChange change,
            Instant now) {
        if (route != null && Flush.isNews(change.type())) {
            join(transaction, route, group, alert, change, now);
        }
    }

    private static void join(
            NotificationTransaction transaction,
            @Nullable Route route,
            Group group,
            Alert alert,
            AlertChange change,
            Instant now) {
        Grouping grouping = route == null ? null : route.grouping();
        if (grouping != null) {
            transaction.putMember(group.id(), alert.alertId(), change.type(), change.sequence());
            transaction.saveGroup(group.withFlushAt(Flush.due(grouping, group, now)));
        }
    }

    private Quiet quiet(NotificationTransaction transaction, Routes current) {
        return quiet(transaction, current, () -> open(transaction));
    }

    private static Quiet quiet(
            NotificationTransaction transaction, Routes current, Supplier<? extends Collection<OpenAlert>> open) {
        return new Quiet(current, transaction.silences(), open::get);
    }

    /** What may inhibit others now. */
    List<OpenAlert> open(NotificationTransaction transaction) {
        return transaction.openAlerts().stream()
                .map(alert ->
                        new OpenAlert(alert.alertId(), Target.of(alert, places).labels()))
                .toList();
    }

    /**
     * Looks at what a receiver was not told.
     *
     * @param open alerts that may inhibit
     */
    void lookAgain(
            NotificationTransaction transaction,
            Alert alert,
            String receiver,
            Supplier<List<OpenAlert>> open,
            Instant now) {
        Routes current = routes.get();
        Optional<Hold> hold = transaction.holds(alert.alertId()).stream()
                .filter(h -> h.receiver().equals(receiver))
                .findFirst();
        if (hold.isEmpty()) {
            return;
        }
        Target target = Target.of(alert, places);
        Optional<Route> route = routeTo(current, target, receiver);
        if (quiet(transaction, current, open)
                .reason(target, route.orElse(null), cityClock.get())
                .isPresent()) {
            transaction.lookAgainAt(alert.alertId(), receiver, now.plus(Reminders.LOOK_AGAIN));
            return;
        }
        boolean over = alert.state() == AlertState.RESOLVED;
        if (!over || transaction.receiversTold(alert.alertId()).contains(receiver)) {
            transaction.sendLast(
                    alert,
                    over ? alert.sequence() : hold.get().fromSequence(),
                    receiver,
                    current.root().receiver(),
                    now);
        }
        transaction.release(alert.alertId(), receiver);
        if (!over) {
            escalateLater(transaction, alert, route.map(Route::escalation).orElse(List.of()), now);
        }
    }

    private static Optional<Route> routeTo(Routes current, Target target, String receiver) {
        return current.match(target.labels()).routes().stream()
                .filter(route -> route.grouping() == null && route.receiver().equals(receiver))
                .findFirst();
    }

    /**
     * Tells somebody else of an alert that nobody has acknowledged.
     *
     * @param open alerts that may inhibit
     */
    void escalate(
            NotificationTransaction transaction,
            Alert alert,
            String receiver,
            Supplier<List<OpenAlert>> open,
            Instant now) {
        Routes current = routes.get();
        if (alert.acknowledgement() != null || alert.state() == AlertState.RESOLVED) {
            transaction.endEscalations(alert.alertId());
        } else if (quiet(transaction, current, open)
                .reason(Target.of(alert, places), null, cityClock.get())
                .isPresent()) {
            transaction.postponeEscalation(alert.alertId(), receiver, now.plus(Reminders.LOOK_AGAIN));
        } else {
            transaction.sendLast(alert, 0, receiver, current.root().receiver(), now);
            transaction.escalated(alert.alertId(), receiver);
        }
    }

    /**
     * Looks at a group whose time has come; it is locked.
     *
     * @param open alerts that may inhibit
     */
    void flush(NotificationTransaction transaction, Group group, Supplier<List<OpenAlert>> open, Instant now) {
        Routes current = routes.get();
        Optional<Route> found = current.all()
                .filter(route -> route.id().equals(group.routeId()))
                .findFirst();
        Grouping grouping = found.map(Route::grouping).orElse(null);
        if (found.isEmpty() || grouping == null) {
            transaction.postponeGroup(group.id(), now.plus(Reminders.LOOK_AGAIN));
            return;
        }
        Route route = found.get();
        Quiet quiet = quiet(transaction, current, open);
        List<Member> members = transaction.members(group.id()).stream()
                .map(member -> judged(member, route, quiet))
                .toList();
        Flush flush = Flush.of(grouping, group.notifiedAt(), members, now);
        members.forEach(member -> transaction.saveMember(group.id(), member));
        if (flush.reason().speaks()) {
            speak(transaction, current, route, group, flush, now);
        } else {
            transaction.saveGroup(group.withFlushAt(flush.next()));
        }
        flush.leaving()
                .forEach(member ->
                        transaction.removeMember(group.id(), member.alert().alertId()));
    }

    /** News compares with its event's time; what was kept quiet, and what is only repeated, with the city's clock. */
    private Member judged(Member member, Route route, Quiet quiet) {
        Alert alert = member.alert();
        boolean news = member.hasNews() && member.muted() == null;
        Instant at = news ? alert.current().at() : cityClock.get();
        String muted = quiet.reason(Target.of(alert, places), route, at).orElse(null);
        return new Member(alert, member.news(), member.newsSequence(), member.toldSequence(), muted);
    }

    private void speak(
            NotificationTransaction transaction, Routes current, Route route, Group before, Flush flush, Instant now) {
        Group group = before.spoken(now, flush.next());
        transaction.saveGroup(group);
        transaction.send(
                group.id(),
                group.sequence(),
                Messages.GROUP_TYPE,
                types(flush),
                messages.group(group, flush, now),
                Set.of(route.receiver()),
                current.root().receiver(),
                now);
        for (Member member : flush.alerts()) {
            Alert alert = member.alert();
            transaction.saveMember(
                    group.id(), new Member(alert, member.news(), member.newsSequence(), alert.sequence(), null));
            if (member.open()) {
                escalateLater(transaction, alert, route.escalation(), now);
            }
        }
    }

    /** An endpoint that wants only openings is not told of a group in which something has ended. */
    private static List<String> types(Flush flush) {
        Set<String> types = new TreeSet<>();
        types.add(Messages.GROUP_TYPE);
        for (Member member : flush.alerts()) {
            ChangeType change = flush.reason() == Flush.Reason.REPEAT ? ChangeType.OPENED : member.change();
            if (change != null) {
                types.add(change.wireName());
            }
        }
        return List.copyOf(types);
    }

    /** Routes an open alert anew, after the configuration has changed: who has not heard of it is told. */
    void reroute(NotificationTransaction transaction, Alert alert, Instant now) {
        Routes current = routes.get();
        Target target = Target.of(alert, places);
        Routed routed = current.match(target.labels());
        Set<String> told = transaction.receiversTold(alert.alertId());
        Plan plan =
                Plan.of(routed, target, alert.current().at(), false, Set.of(), Set.of(), quiet(transaction, current));
        plan.tell().stream()
                .filter(receiver -> !told.contains(receiver))
                .forEach(receiver ->
                        transaction.sendLast(alert, 0, receiver, current.root().receiver(), now));
        carryOut(
                transaction,
                new Plan(plan.tell(), untold(plan.hold(), told), Set.of(), plan.grouped(), plan.escalate()),
                alert,
                alert.sequence(),
                now);
        AlertChange standing = new AlertChange(
                ChangeType.OPENED, alert.sequence(), null, true, alert.current().at());
        regroup(transaction, current, plan.grouped(), target, alert, standing, now);
    }

    private static Map<String, String> untold(Map<String, String> hold, Set<String> told) {
        return hold.entrySet().stream()
                .filter(entry -> !told.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Groups that have it already know of it. */
    private void regroup(
            NotificationTransaction transaction,
            Routes current,
            List<Route> grouped,
            Target target,
            Alert alert,
            AlertChange standing,
            Instant now) {
        Set<String> in = transaction.lockGroupsOf(alert.alertId()).stream()
                .map(Group::routeId)
                .collect(Collectors.toSet());
        List<Route> others =
                grouped.stream().filter(route -> !in.contains(route.id())).toList();
        group(
                transaction,
                current,
                others,
                target,
                alert,
                new AlertChange(ChangeType.UPDATED, standing.sequence(), null, true, standing.at()),
                now);
        Set<String> told = transaction.receiversTold(alert.alertId());
        for (Group group : transaction.lockGroupsOf(alert.alertId())) {
            if (others.stream().anyMatch(route -> route.id().equals(group.routeId()))
                    && told.contains(group.receiver())) {
                // Under another name, or by itself, its receiver has heard of the alert.
                transaction.saveMember(
                        group.id(), new Member(alert, standing.type(), standing.sequence(), alert.sequence(), null));
                transaction.saveGroup(group.toldBefore(now));
            }
        }
    }
}

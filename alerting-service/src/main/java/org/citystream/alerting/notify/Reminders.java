package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.inhibit.InhibitRule.OpenAlert;
import org.citystream.alerting.notify.NotificationStore.Waiting;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told without an event: groups whose time has come, what was kept quiet, and alerts that nobody has
 * acknowledged. All of it stands in the store, so that a restart goes on and several instances share the work. Used by one
 * thread.
 */
public final class Reminders {
    /** How often what is kept quiet, or could not be told, is looked at again. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** How long another instance may route by another configuration, as while one is rolled out. */
    static final Duration ROLL_OUT = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);
    private static final int BATCH = 200;

    private final NotificationStore store;
    private final Notifier notifier;
    private final Supplier<Routes> routes;
    private final InstantSource clock;

    /** Hash of the configuration that this instance has routed by, or found in force. */
    private @Nullable String followed;

    private @Nullable Instant disagreeingSince;

    /** @param clock wall clock */
    public Reminders(NotificationStore store, Notifier notifier, Supplier<Routes> routes, InstantSource clock) {
        this.store = store;
        this.notifier = notifier;
        this.routes = routes;
        this.clock = clock;
    }

    /** Does what is due; returns how many things it looked at. What fails is looked at again later, the others now. */
    public int work() {
        Instant now = clock.instant();
        Instant later = now.plus(LOOK_AGAIN);
        Supplier<List<OpenAlert>> open = once(() -> store.notifying(notifier::open));
        List<Waiting> held = store.heldAndDue(now, BATCH);
        for (Waiting w : held) {
            onAlert(
                    w,
                    (transaction, alert) -> notifier.lookAgain(transaction, alert, w.receiver(), open, now),
                    transaction -> transaction.lookAgainAt(w.alertId(), w.receiver(), later));
        }
        List<Waiting> unacknowledged = store.escalationsDue(now, BATCH);
        for (Waiting w : unacknowledged) {
            onAlert(
                    w,
                    (transaction, alert) -> notifier.escalate(transaction, alert, w.receiver(), open, now),
                    transaction -> transaction.postponeEscalation(w.alertId(), w.receiver(), later));
        }
        Set<String> grouping = grouping(routes.get());
        int groups = 0;
        while (groups < BATCH && flushNext(grouping, open, now)) {
            groups++;
        }
        return held.size() + unacknowledged.size() + groups;
    }

    /** What may inhibit is asked for once, and only if something depends on it. */
    private static <T> Supplier<T> once(Supplier<T> question) {
        List<T> answer = new ArrayList<>(1);
        return () -> {
            if (answer.isEmpty()) {
                answer.add(question.get());
            }
            return answer.get(0);
        };
    }

    private void onAlert(
            Waiting waiting,
            BiConsumer<NotificationTransaction, Alert> work,
            Consumer<NotificationTransaction> postponement) {
        try {
            onAlert(waiting.alertId(), work);
        } catch (RuntimeException e) {
            LOG.warn("{} is put off: {}", waiting, e.toString());
            postpone(postponement);
        }
    }

    private void postpone(Consumer<NotificationTransaction> postponement) {
        store.notifying(transaction -> {
            postponement.accept(transaction);
            return true;
        });
    }

    /** One alert to a transaction: nobody waits long, and nobody for each other. */
    private void onAlert(String alertId, BiConsumer<NotificationTransaction, Alert> work) {
        store.notifying(transaction -> {
            transaction.lock(alertId).ifPresent(alert -> work.accept(transaction, alert));
            return true;
        });
    }

    /** Routes that group: others' groups, in another instance's configuration, are for that instance. */
    private static Set<String> grouping(Routes routes) {
        return routes.all()
                .filter(route -> route.grouping() != null)
                .map(Route::id)
                .collect(Collectors.toSet());
    }

    private boolean flushNext(Set<String> grouping, Supplier<List<OpenAlert>> open, Instant now) {
        AtomicReference<Group> taken = new AtomicReference<>();
        try {
            return store.withDueGroup(now, grouping, (transaction, group) -> {
                taken.set(group);
                notifier.flush(transaction, group, open, now);
            });
        } catch (RuntimeException e) {
            Group group = taken.get();
            if (group == null) {
                throw e;
            }
            LOG.warn("group {} is put off: {}", group.id(), e.toString());
            postpone(transaction -> transaction.postponeGroup(group.id(), now.plus(LOOK_AGAIN)));
            return true;
        }
    }

    /**
     * Routes open alerts anew if this instance's configuration has changed; says whether it did. That another instance has
     * another one is no reason to: each would undo without end what the other has done.
     */
    public boolean followConfiguration() {
        Routes current = routes.get();
        Instant now = clock.instant();
        boolean inForce = store.routedBy().filter(current.hash()::equals).isPresent();
        if (inForce) {
            followed = current.hash();
            disagreeingSince = null;
        }
        // What an instance with the configuration before this one has grouped meanwhile is to be told as well.
        if (inForce
                ? !store.hasDueGroupOfOthers(now, grouping(current))
                : current.hash().equals(followed) && isBeingRolledOut(now)) {
            return false;
        }
        reroute(current, now);
        store.routedBy(current.hash());
        followed = current.hash();
        disagreeingSince = null;
        return true;
    }

    private boolean isBeingRolledOut(Instant now) {
        if (disagreeingSince == null) {
            LOG.warn("another instance routes by another configuration");
            disagreeingSince = now;
        }
        return now.isBefore(disagreeingSince.plus(ROLL_OUT));
    }

    private void reroute(Routes current, Instant now) {
        store.leaveGroups(current.all()
                .filter(route -> route.grouping() != null)
                .collect(Collectors.toMap(Route::id, Route::receiver)));
        for (String alertId : store.openAlertIds()) {
            onAlert(alertId, (transaction, alert) -> notifier.reroute(transaction, alert, now));
        }
        store.forgetGroups(grouping(current));
    }
}

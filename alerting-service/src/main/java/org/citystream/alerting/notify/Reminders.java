package org.citystream.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.notify.NotificationStore.Waiting;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routes;

/**
 * What is told without an event: groups whose time has come, what was kept quiet, and alerts that nobody has
 * acknowledged. All of it stands in the store, so that a restart goes on and several instances share the work.
 */
public final class Reminders {
    /** How often what is kept quiet is looked at again. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private static final int BATCH = 200;

    private final NotificationStore store;
    private final Notifier notifier;
    private final Supplier<Routes> routes;
    private final InstantSource clock;

    /** @param clock wall clock */
    public Reminders(NotificationStore store, Notifier notifier, Supplier<Routes> routes, InstantSource clock) {
        this.store = store;
        this.notifier = notifier;
        this.routes = routes;
        this.clock = clock;
    }

    /** Does what is due; returns how many things it looked at. */
    public int work() {
        Instant now = clock.instant();
        int done = 0;
        for (Waiting waiting : store.heldAndDue(now, BATCH)) {
            done += onAlert(waiting.alertId(), (t, alert) -> notifier.lookAgain(t, alert, waiting.receiver(), now));
        }
        for (Waiting waiting : store.escalationsDue(now, BATCH)) {
            done += onAlert(waiting.alertId(), (t, alert) -> notifier.escalate(t, alert, waiting.receiver(), now));
        }
        int groups = 0;
        while (groups < BATCH && store.withDueGroup(now, (t, group) -> notifier.flush(t, group, now))) {
            groups++;
        }
        return done + groups;
    }

    /** One alert to a transaction: nobody waits long, and nobody for each other. */
    private int onAlert(String alertId, BiConsumer<NotificationTransaction, Alert> work) {
        return store.notifying(transaction -> {
            transaction.lock(alertId).ifPresent(alert -> work.accept(transaction, alert));
            return 1;
        });
    }

    /** Routes open alerts anew if the configuration is not the one they were routed by; says whether it did. */
    public boolean followConfiguration() {
        Routes current = routes.get();
        if (store.routedBy().filter(current.hash()::equals).isPresent()) {
            return false;
        }
        Set<String> ids = current.all().map(Route::id).collect(Collectors.toSet());
        store.forgetGroups(ids);
        Instant now = clock.instant();
        for (String alertId : store.openAlertIds()) {
            onAlert(alertId, (transaction, alert) -> notifier.reroute(transaction, alert, now));
        }
        store.routedBy(current.hash());
        return true;
    }
}

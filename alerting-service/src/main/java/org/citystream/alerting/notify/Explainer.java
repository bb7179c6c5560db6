package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.function.Supplier;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.inhibit.InhibitRule.OpenAlert;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.place.Places;
import org.citystream.alerting.route.Routed;
import org.citystream.alerting.route.Routes;

/** Says where an alert would go and why, by the routes, silences and open alerts there are. Changes nothing. */
public final class Explainer {
    private final NotificationStore store;
    private final Supplier<Routes> routes;
    private final Places places;

    public Explainer(NotificationStore store, Supplier<Routes> routes, Places places) {
        this.store = store;
        this.routes = routes;
        this.places = places;
    }

    /** @param at the time that silences and intervals are compared with */
    public Explanation explain(Alert alert, Instant at) {
        return explain(Target.of(alert, places), at);
    }

    /** An alert that there need not be, known by its labels alone. */
    public Explanation explain(LabelSet labels, Instant at) {
        return explain(new Target("", labels, Place.UNKNOWN), at);
    }

    private Explanation explain(Target target, Instant at) {
        Routes current = routes.get();
        Routed routed = current.match(target.labels());
        return store.notifying(transaction -> {
            Quiet quiet = new Quiet(
                    current,
                    transaction.silences(),
                    () -> transaction.openAlerts().stream()
                            .map(alert -> new OpenAlert(
                                    alert.alertId(), Target.of(alert, places).labels()))
                            .toList());
            return new Explanation(
                    target,
                    routed,
                    routed.routes().stream()
                            .map(route -> new Explanation.Answer(
                                    route, quiet.reason(target, route, at).orElse(null)))
                            .toList());
        });
    }
}

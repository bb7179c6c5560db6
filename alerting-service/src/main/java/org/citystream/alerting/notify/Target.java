package org.citystream.alerting.notify;

import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.label.LabelSet;
import org.citystream.alerting.place.Place;
import org.citystream.alerting.place.Places;

/** An alert as routes, silences and inhibition see it. */
public record Target(String alertId, LabelSet labels, Place place) {

    public static Target of(Alert alert, Places places) {
        Place place = places.of(alert.current().subject());
        Place located = alert.current().location() == null
                ? place
                : new Place(
                        place.corridor(),
                        place.district(),
                        place.sensors(),
                        alert.current().location());
        return new Target(alert.alertId(), LabelSet.of(alert, located), located);
    }
}

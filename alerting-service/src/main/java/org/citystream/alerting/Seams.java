package org.citystream.alerting;

import org.citystream.alerting.lifecycle.AlertStore;
import org.citystream.alerting.notify.Outbox;

/** Where something can be put between the service and what it stands on, such as the moment at which a test kills it. */
interface Seams {
    Seams NONE = new Seams() {};

    default AlertStore store(AlertStore store) {
        return store;
    }

    default Outbox outbox(Outbox outbox) {
        return outbox;
    }
}

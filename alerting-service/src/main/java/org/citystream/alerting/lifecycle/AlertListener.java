package org.citystream.alerting.lifecycle;

import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;

/** Hears of changes once they are committed; must return at once. */
@FunctionalInterface
public interface AlertListener {
    void changed(Alert alert, AlertChange change);
}

package org.citystream.alerting.lifecycle;

import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;

/** Writes what endpoints are sent about a change. */
@FunctionalInterface
public interface AlertMessages {
    String write(Alert alert, AlertChange change);
}

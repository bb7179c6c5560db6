package org.citystream.alerting.lifecycle;

import org.citystream.alerting.alert.Alert;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded already of the episodes that an event names.
 *
 * @param own alert of the event's own episode
 * @param replaced alert of the episode that it replaces
 * @param successor alert of the episode that replaces it
 */
record Known(
        @Nullable Alert own,
        @Nullable Alert replaced,
        @Nullable Alert successor) {

    static final Known NOTHING = new Known(null, null, null);
}

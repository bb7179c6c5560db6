package org.citystream.alerting.place;

import org.citystream.model.event.Subject;

/** Where subjects lie. */
@FunctionalInterface
public interface Places {
    /** {@link Place#UNKNOWN} if nobody knows. */
    Place of(Subject subject);
}

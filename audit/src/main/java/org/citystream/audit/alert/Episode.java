package org.citystream.audit.alert;

import java.time.Instant;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.Transition;
import org.citystream.model.place.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * An episode as far as its events have been read.
 *
 * @param last its newest event
 * @param arrivedAt of that event, wall clock
 * @param openedWhere the place that its first event names
 * @param first number of its first event, counted over all events
 * @param newest number of its newest event
 */
record Episode(CityEvent last, Instant arrivedAt, @Nullable GeoPoint openedWhere, long first, long newest) {

    static Episode begun(CityEvent event, Instant arrivedAt, long number) {
        return new Episode(event, arrivedAt, event.location(), number, number);
    }

    Episode then(CityEvent event, Instant arrived, long number) {
        return new Episode(event, arrived, openedWhere, first, number);
    }

    boolean isOver() {
        return last.endedAt() != null || last.transition() == Transition.CLOSED || isWithdrawn();
    }

    boolean isWithdrawn() {
        return last.transition() == Transition.WITHDRAWN;
    }

    /** Its alert goes on with the episode that replaces it. */
    boolean isTakenOver() {
        return isWithdrawn() && last.replacedBy() != null;
    }

    String named() {
        return "episode " + last.episodeId() + " (" + last.kind().wireName() + " at "
                + last.subject().id() + ", " + last.transition().wireName() + " " + last.at() + ")";
    }
}

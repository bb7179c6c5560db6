package org.citystream.analytics.pane;

import org.citystream.model.event.CityEvent;

/**
 * What the world was last told of an episode.
 *
 * @param revision of the last event
 * @param event the fold's event behind it: revision 0, natural transition
 * @param as what the last event said of it
 */
record Told(int revision, CityEvent event, Status as) {
    enum Status {
        CURRENT,
        STALE,
        WITHDRAWN
    }

    String episodeId() {
        return event.episodeId();
    }

    boolean isOpen() {
        return as != Status.WITHDRAWN && event.endedAt() == null;
    }
}

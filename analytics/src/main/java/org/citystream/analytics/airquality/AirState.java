package org.citystream.analytics.airquality;

import org.citystream.analytics.episode.Episodes;

/** What a station's clock hours have led to: the means of the last day, and where the rules stand. Immutable. */
public final class AirState {
    static final AirState INITIAL = new AirState(RecentHours.NONE, Episodes.NONE);

    private final RecentHours hours;
    private final Episodes episodes;

    AirState(RecentHours hours, Episodes episodes) {
        this.hours = hours;
        this.episodes = episodes;
    }

    RecentHours hours() {
        return hours;
    }

    Episodes episodes() {
        return episodes;
    }
}

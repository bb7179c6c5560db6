package org.citystream.analytics.airquality;

import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.threshold.Windows;

/** What a station's clock hours have led to: the means of the last day, and what the rules look back on and where they stand. Immutable. */
public final class AirState {
    static final AirState INITIAL = new AirState(RecentHours.NONE, Windows.NONE, Episodes.NONE);

    private final RecentHours hours;
    private final Windows windows;
    private final Episodes episodes;

    AirState(RecentHours hours, Windows windows, Episodes episodes) {
        this.hours = hours;
        this.windows = windows;
        this.episodes = episodes;
    }

    RecentHours hours() {
        return hours;
    }

    Windows windows() {
        return windows;
    }

    Episodes episodes() {
        return episodes;
    }
}

package org.citystream.analytics.airquality;

import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.threshold.Windows;

/** What a station's clock hours have led to: the means of the last day, what repeats itself, and what the rules look back on and where they stand. Immutable. */
public final class AirState {
    static final AirState INITIAL = new AirState(RecentHours.NONE, AirRepeats.NONE, Windows.NONE, Episodes.NONE);

    private final RecentHours hours;
    private final AirRepeats repeats;
    private final Windows windows;
    private final Episodes episodes;

    AirState(RecentHours hours, AirRepeats repeats, Windows windows, Episodes episodes) {
        this.hours = hours;
        this.repeats = repeats;
        this.windows = windows;
        this.episodes = episodes;
    }

    RecentHours hours() {
        return hours;
    }

    AirRepeats repeats() {
        return repeats;
    }

    Windows windows() {
        return windows;
    }

    Episodes episodes() {
        return episodes;
    }
}

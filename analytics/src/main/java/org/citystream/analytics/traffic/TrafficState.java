package org.citystream.analytics.traffic;

import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.threshold.Windows;

/**
 * State of a road segment.
 *
 * @param freeFlow learned
 * @param effectiveLength learned
 * @param typical learned
 * @param repeats how long detectors have said the same
 * @param matched vehicles matched lately
 * @param windows what threshold rules look back on
 * @param episodes where the rules stand
 */
public record TrafficState(
        FreeFlow freeFlow,
        EffectiveLength effectiveLength,
        TypicalWeek typical,
        Repeats repeats,
        MatchedVehicles matched,
        Windows windows,
        Episodes episodes) {

    TrafficState with(Episodes newEpisodes) {
        return new TrafficState(freeFlow, effectiveLength, typical, repeats, matched, windows, newEpisodes);
    }
}

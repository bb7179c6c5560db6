package org.citystream.analytics.traffic;

import org.citystream.analytics.episode.Episodes;
import org.citystream.analytics.threshold.Windows;

/** State of a road segment: what has been learned, vehicles matched lately, and what the rules look back on and where they stand. */
public record TrafficState(FreeFlow freeFlow, MatchedVehicles matched, Windows windows, Episodes episodes) {}

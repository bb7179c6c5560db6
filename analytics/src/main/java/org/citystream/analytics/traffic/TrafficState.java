package org.citystream.analytics.traffic;

import org.citystream.analytics.episode.Episodes;

/** State of a road segment: what has been learned, vehicles matched lately, and where the rules stand. */
public record TrafficState(FreeFlow freeFlow, MatchedVehicles matched, Episodes episodes) {}

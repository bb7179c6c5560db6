package org.citystream.analytics.corridor;

import java.util.TreeMap;
import org.citystream.analytics.traffic.LearnedPercentile;

/**
 * State of a corridor. Never changed once a fold has returned it.
 *
 * @param congestion where each congestion rule stands, by rule id
 * @param incidents likewise of incident rules
 * @param flows of each station lately, veh/h, by segment
 * @param occupancies likewise, in hundredths of a percent
 * @param sites what is usual between neighbours, by the upstream segment
 * @param travelTimes tenths of the travel time index of every minute
 */
public record CorridorState(
        TreeMap<String, Queues> congestion,
        TreeMap<String, Incidents> incidents,
        TreeMap<String, RecentMinutes> flows,
        TreeMap<String, RecentMinutes> occupancies,
        TreeMap<String, Site> sites,
        LearnedPercentile travelTimes) {}

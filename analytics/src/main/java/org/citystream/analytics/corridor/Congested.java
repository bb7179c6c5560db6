package org.citystream.analytics.corridor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Neighbouring stations that are congested together: indices into the corridor's stations, both included.
 *
 * @param tail most upstream
 * @param head most downstream
 */
record Congested(int tail, int head) {
    /** Stations that say nothing are bridged, up to so many in a row. */
    private static final int BRIDGED_AT_MOST = 2;
    /** Neighbours further apart than this have nothing to say about each other. */
    private static final double NEIGHBOURS_WITHIN_M = 3_000;

    /** What a station is to its neighbours. */
    enum Kind {
        /** Its own dwell is completed. */
        CONGESTED,
        /** Slow, but not yet for long. */
        ENTERING,
        UNKNOWN,
        FREE
    }

    /** All groups with at least one station that is congested by itself, from upstream to downstream. */
    static List<Congested> groups(List<Station> stations, List<Kind> kinds) {
        List<Congested> groups = new ArrayList<>();
        int tail = -1;
        int head = -1;
        boolean congested = false;
        for (int i = 0; i < stations.size(); i++) {
            if (kinds.get(i) == Kind.UNKNOWN) {
                continue;
            }
            boolean joins = kinds.get(i) != Kind.FREE && head >= 0 && isNeighbour(stations, head, i);
            if (head >= 0 && !joins) {
                add(groups, tail, head, congested);
                head = -1;
                congested = false;
            }
            if (kinds.get(i) != Kind.FREE) {
                tail = head < 0 ? i : tail;
                head = i;
                congested |= kinds.get(i) == Kind.CONGESTED;
            }
        }
        if (head >= 0) {
            add(groups, tail, head, congested);
        }
        return groups;
    }

    private static boolean isNeighbour(List<Station> stations, int upstream, int downstream) {
        return downstream - upstream - 1 <= BRIDGED_AT_MOST
                && stations.get(downstream).positionM() - stations.get(upstream).positionM() <= NEIGHBOURS_WITHIN_M;
    }

    private static void add(List<Congested> groups, int tail, int head, boolean congested) {
        if (congested) {
            groups.add(new Congested(tail, head));
        }
    }

    TreeSet<String> members(List<Station> stations) {
        TreeSet<String> members = new TreeSet<>();
        for (int i = tail; i <= head; i++) {
            members.add(stations.get(i).id());
        }
        return members;
    }
}

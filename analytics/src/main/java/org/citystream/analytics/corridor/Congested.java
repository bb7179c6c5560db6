package org.citystream.analytics.corridor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Neighbouring stations that are congested together: indices into the corridor's stations, both included.
 *
 * @param tail most upstream
 * @param head most downstream
 * @param settled whether the dwell of one of them is completed; otherwise they have only just become slow
 * @param slow whether one of them is slow now; otherwise they are about to be free
 */
record Congested(int tail, int head, boolean settled, boolean slow) {
    /** Stations that say nothing, or have flown again for moments only, are bridged, up to so many in a row. */
    private static final int BRIDGED_AT_MOST = 2;
    /** Neighbours further apart than this have nothing to say about each other. */
    private static final double NEIGHBOURS_WITHIN_M = 3_000;

    /** What a station is to its neighbours. */
    enum Kind {
        /** Slow, its own dwell completed. */
        CONGESTED,
        /** Congested still, but not slow now. */
        LEAVING,
        /** Slow, but not yet for long. */
        ENTERING,
        UNKNOWN,
        /** Flows, but was slow moments ago, or is a hole in a queue. */
        RECOVERED,
        FREE;

        boolean isInQueue() {
            return this == CONGESTED || this == LEAVING || this == ENTERING;
        }
    }

    /** All groups, from upstream to downstream. */
    static List<Congested> groups(List<Station> stations, List<Kind> kinds) {
        List<Congested> groups = new ArrayList<>();
        int tail = -1;
        int head = -1;
        for (int i = 0; i < stations.size(); i++) {
            Kind kind = kinds.get(i);
            if (kind == Kind.UNKNOWN || kind == Kind.RECOVERED) {
                continue;
            }
            if (head >= 0 && !(kind.isInQueue() && isNeighbour(stations, head, i))) {
                groups.add(of(tail, head, kinds));
                head = -1;
            }
            if (kind.isInQueue()) {
                tail = head < 0 ? i : tail;
                head = i;
            }
        }
        if (head >= 0) {
            groups.add(of(tail, head, kinds));
        }
        return groups;
    }

    private static Congested of(int tail, int head, List<Kind> kinds) {
        List<Kind> own = kinds.subList(tail, head + 1);
        return new Congested(
                tail,
                head,
                own.contains(Kind.CONGESTED) || own.contains(Kind.LEAVING),
                own.contains(Kind.CONGESTED) || own.contains(Kind.ENTERING));
    }

    private static boolean isNeighbour(List<Station> stations, int upstream, int downstream) {
        return downstream - upstream - 1 <= BRIDGED_AT_MOST
                && stations.get(downstream).positionM() - stations.get(upstream).positionM() <= NEIGHBOURS_WITHIN_M;
    }

    /** Whether it lies just upstream of a station. */
    boolean reaches(List<Station> stations, int downstream) {
        return head < downstream && isNeighbour(stations, head, downstream);
    }

    TreeSet<String> members(List<Station> stations) {
        TreeSet<String> members = new TreeSet<>();
        for (int i = tail; i <= head; i++) {
            members.add(stations.get(i).id());
        }
        return members;
    }
}

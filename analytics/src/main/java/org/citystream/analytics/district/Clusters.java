package org.citystream.analytics.district;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which stations hang together: each can be reached from each of its cluster by way of neighbours. */
final class Clusters {
    private Clusters() {}

    /**
     * The clusters of some stations, by the first station of each.
     *
     * @param stations all of the district, by id
     * @param chosen ids of those that are looked at
     */
    static List<List<Neighbour>> of(List<Neighbour> stations, Set<String> chosen) {
        List<Neighbour> left = new ArrayList<>(
                stations.stream().filter(each -> chosen.contains(each.id())).toList());
        List<List<Neighbour>> clusters = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Neighbour> cluster = new ArrayList<>();
            ArrayDeque<Neighbour> reached = new ArrayDeque<>(List.of(left.remove(0)));
            while (!reached.isEmpty()) {
                Neighbour here = reached.remove();
                cluster.add(here);
                List<Neighbour> next = left.stream().filter(here::isNeighbourOf).toList();
                left.removeAll(next);
                reached.addAll(next);
            }
            clusters.add(
                    cluster.stream().sorted(Comparator.comparing(Neighbour::id)).toList());
        }
        return clusters;
    }

    static TreeSet<String> ids(List<Neighbour> cluster) {
        TreeSet<String> ids = new TreeSet<>();
        cluster.forEach(station -> ids.add(station.id()));
        return ids;
    }
}

package org.citystream.analytics.place;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Which subjects form which group at which time, such as the segments of a corridor or the stations of a district. */
final class SubjectGroups {
    private final Function<String, NavigableMap<Long, SubjectProfile>> profiles;
    private final BiPredicate<String, SubjectProfile> belongs;
    private final Comparator<SubjectProfile> order;
    /** Subjects that ever may have belonged to a group. */
    private final Map<String, TreeSet<String>> candidates = new HashMap<>();

    private final Map<String, TreeMap<Long, List<SubjectProfile>>> built = new HashMap<>();

    /**
     * @param profiles of a subject, by when each begins to hold
     * @param belongs whether a subject of this profile belongs to a group
     * @param order within a group
     */
    SubjectGroups(
            Function<String, NavigableMap<Long, SubjectProfile>> profiles,
            BiPredicate<String, SubjectProfile> belongs,
            Comparator<SubjectProfile> order) {
        this.profiles = profiles;
        this.belongs = belongs;
        this.order = order;
    }

    /** Something about a subject has changed, and it may belong to these groups at some time. */
    void changed(String subjectId, Set<String> groupIds) {
        groupIds.forEach(
                id -> candidates.computeIfAbsent(id, key -> new TreeSet<>()).add(subjectId));
        built.keySet()
                .removeIf(id -> candidates.getOrDefault(id, new TreeSet<>()).contains(subjectId));
    }

    /** The group at a time. The same list while nothing changes. */
    List<SubjectProfile> at(String groupId, long at) {
        Map.Entry<Long, List<SubjectProfile>> entry = groups(groupId).floorEntry(at);
        return entry == null ? List.of() : entry.getValue();
    }

    /**
     * From when on, and for good as far as is known, a group has no subjects that once had some, epoch ms; {@link
     * Long#MAX_VALUE}: it has some, or never had.
     */
    long emptySince(String groupId) {
        return Moments.since(groups(groupId), List::isEmpty);
    }

    /** The first moment from {@code from} until {@code to}, epoch ms, at which a group has no subjects; {@link Long#MAX_VALUE}: none. */
    long emptyAt(String groupId, long from, long to) {
        return Moments.first(groups(groupId), List::isEmpty, from, to);
    }

    private TreeMap<Long, List<SubjectProfile>> groups(String groupId) {
        return built.computeIfAbsent(groupId, this::build);
    }

    private TreeMap<Long, List<SubjectProfile>> build(String groupId) {
        TreeSet<String> subjects = candidates.getOrDefault(groupId, new TreeSet<>());
        TreeSet<Long> changes = new TreeSet<>();
        subjects.forEach(id -> changes.addAll(profiles.apply(id).keySet()));
        TreeMap<Long, List<SubjectProfile>> byTime = new TreeMap<>();
        for (Long from : changes) {
            byTime.put(
                    from,
                    subjects.stream()
                            .map(id -> profiles.apply(id).floorEntry(from).getValue())
                            .filter(profile -> belongs.test(groupId, profile))
                            .sorted(order)
                            .toList());
        }
        return byTime;
    }
}

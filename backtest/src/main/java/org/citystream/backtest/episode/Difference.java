package org.citystream.backtest.episode;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.wire.WireName;
import org.jspecify.annotations.Nullable;

/**
 * An episode of one rule set held against the other set's.
 *
 * @param left absent: only the right set raises it
 * @param right absent: only the left set raises it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
        String ruleId,
        Kind kind,
        @Nullable RaisedEpisode left,
        @Nullable RaisedEpisode right) {

    /** How two sets differ in an episode. */
    public enum Kind {
        SAME,
        /** Both raise it, with other times or another severity. */
        CHANGED,
        ONLY_LEFT,
        ONLY_RIGHT;

        @JsonValue
        public String wireName() {
            return WireName.of(this);
        }
    }

    /**
     * Pairs what the same rule raises in both sets: first the same episode, then the earliest that overlaps at the same
     * subject.
     */
    public static List<Difference> between(List<RaisedEpisode> left, List<RaisedEpisode> right) {
        Map<String, RaisedEpisode> unpaired = new LinkedHashMap<>();
        right.forEach(episode -> unpaired.put(episode.ruleId() + ' ' + episode.episodeId(), episode));
        List<Difference> differences = new ArrayList<>();
        List<RaisedEpisode> rest = new ArrayList<>();
        for (RaisedEpisode episode : left) {
            RaisedEpisode same = unpaired.remove(episode.ruleId() + ' ' + episode.episodeId());
            if (same == null) {
                rest.add(episode);
            } else {
                Kind kind = episode.isLike(same) ? Kind.SAME : Kind.CHANGED;
                differences.add(new Difference(episode.ruleId(), kind, episode, same));
            }
        }
        for (RaisedEpisode episode : rest) {
            String overlapping = unpaired.entrySet().stream()
                    .filter(other -> other.getValue().ruleId().equals(episode.ruleId())
                            && other.getValue().overlaps(episode))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
            RaisedEpisode moved = overlapping == null ? null : unpaired.remove(overlapping);
            differences.add(
                    new Difference(episode.ruleId(), moved == null ? Kind.ONLY_LEFT : Kind.CHANGED, episode, moved));
        }
        unpaired.values()
                .forEach(episode -> differences.add(new Difference(episode.ruleId(), Kind.ONLY_RIGHT, null, episode)));
        return differences;
    }

    /** How many there are of each kind, by rule. */
    public static Map<String, Map<Kind, Long>> counts(List<Difference> differences) {
        Map<String, Map<Kind, Long>> counts = new TreeMap<>();
        for (Difference difference : differences) {
            counts.computeIfAbsent(difference.ruleId, id -> new TreeMap<>()).merge(difference.kind, 1L, Long::sum);
        }
        return counts;
    }
}

package org.citystream.backtest.episode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.citystream.recordings.TruthRow;
import org.jspecify.annotations.Nullable;

/**
 * How good detection was of what has a subject and no place on a road, such as bad air at a station. A truth row and an
 * episode match when kind and subject are the same and the episode overlaps {@code [start, end + 15 min]}; one to one,
 * earliest first; every other episode of those kinds is a false alarm.
 *
 * @param meanTimeToDetectSeconds from the start of what happened to when people would have been told
 */
public record SubjectScore(
        int events,
        int detected,
        @Nullable Double detectionRate,
        int falseAlarms,
        @Nullable Double meanTimeToDetectSeconds) {
    private static final Duration AFTERWARDS = Duration.ofMinutes(15);

    /** @param truth of kinds that are not scored on roads */
    public static SubjectScore of(List<TruthRow> truth, List<RaisedEpisode> episodes) {
        List<RaisedEpisode> unexplained = new ArrayList<>(episodes.stream()
                .filter(episode -> episode.isAlert()
                        && truth.stream()
                                .anyMatch(
                                        row -> row.kind().equals(episode.kind().wireName())))
                .toList());
        int detected = 0;
        double seconds = 0;
        for (TruthRow row :
                truth.stream().sorted(Comparator.comparing(TruthRow::start)).toList()) {
            RaisedEpisode match = unexplained.stream()
                    .filter(episode -> fits(row, episode))
                    .findFirst()
                    .orElse(null);
            if (match != null) {
                unexplained.remove(match);
                detected++;
                seconds += Math.max(
                        0, Duration.between(row.start(), match.openedAt()).toSeconds());
            }
        }
        return new SubjectScore(
                truth.size(),
                detected,
                truth.isEmpty() ? null : (double) detected / truth.size(),
                unexplained.size(),
                detected == 0 ? null : seconds / detected);
    }

    private static boolean fits(TruthRow row, RaisedEpisode episode) {
        Instant end = row.end() == null ? Instant.MAX : row.end().plus(AFTERWARDS);
        Instant endedAt = episode.endedAt();
        return row.kind().equals(episode.kind().wireName())
                && row.subject().equals(episode.subject().id())
                && !episode.startedAt().isAfter(end)
                && (endedAt == null || endedAt.isAfter(row.start()));
    }
}

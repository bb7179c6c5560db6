package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citystream.model.rule.RuleKind;
import org.citystream.recordings.TruthRow;
import org.jspecify.annotations.Nullable;

/**
 * Which episode is which thing that happened. The two match when they are of the same kind (congestion also matches the
 * queue of an incident), overlap in time, {@link #GRACE} after the end included, and lie within one detector spacing of
 * each other. One to one, earliest first: an incident has at most one incident and one congestion episode; whatever is
 * left over is a false alarm.
 */
final class Matching {
    /** Discharge and exit dwell end after what caused them. */
    static final Duration GRACE = Duration.ofMinutes(15);

    /** @param truth and its episode */
    record Match(TruthRow truth, Detection detection) {
        /** From its start to when it was told, not below 0. */
        Duration timeToDetect() {
            Duration taken = Duration.between(truth.start(), detection.openedAt());
            return taken.isNegative() ? Duration.ZERO : taken;
        }
    }

    private final List<Match> matches = new ArrayList<>();
    private final List<Detection> falseAlarms = new ArrayList<>();
    private final List<TruthRow> truth;

    /**
     * @param truth rows of kinds incident and congestion
     * @param detections by when they were told
     */
    Matching(List<TruthRow> truth, List<Detection> detections, Roads roads) {
        this.truth =
                truth.stream().sorted(Comparator.comparing(TruthRow::start)).toList();
        Set<TruthRow> explainedAsIncident = new HashSet<>();
        Set<TruthRow> explainedAsCongestion = new HashSet<>();
        for (Detection detection : detections) {
            Set<TruthRow> explained =
                    detection.kind() == RuleKind.INCIDENT ? explainedAsIncident : explainedAsCongestion;
            TruthRow row = this.truth.stream()
                    .filter(candidate -> !explained.contains(candidate) && fits(candidate, detection, roads))
                    .findFirst()
                    .orElse(null);
            if (row == null) {
                falseAlarms.add(detection);
            } else {
                explained.add(row);
                matches.add(new Match(row, detection));
            }
        }
    }

    private static boolean fits(TruthRow row, Detection detection, Roads roads) {
        return sameKind(row, detection) && sameTime(row, detection) && samePlace(row, detection, roads);
    }

    private static boolean sameKind(TruthRow row, Detection detection) {
        return row.kind().equals(detection.kind().wireName())
                || (row.kind().equals(RuleKind.INCIDENT.wireName()) && detection.kind() == RuleKind.CONGESTION);
    }

    private static boolean sameTime(TruthRow row, Detection detection) {
        Instant end = row.end() == null ? Instant.MAX : row.end().plus(GRACE);
        Instant until = detection.endedAt() == null ? Instant.MAX : detection.endedAt();
        return !detection.startedAt().isAfter(end) && !until.isBefore(row.start());
    }

    private static boolean samePlace(TruthRow row, Detection detection, Roads roads) {
        if (row.subject().equals(detection.subject()) && stretch(row, roads) == null) {
            return true;
        }
        String corridor = corridor(row, roads);
        Stretch stretch = stretch(row, roads);
        Stretch touched = detection.touched();
        if (corridor == null || !corridor.equals(detection.corridor())) {
            return row.subject().equals(detection.subject());
        }
        return stretch == null
                || touched == null
                || roads.withinOneSpacing(corridor, stretch).touches(touched);
    }

    private static @Nullable String corridor(TruthRow row, Roads roads) {
        if (row.corridor() != null) {
            return row.corridor();
        }
        Roads.Place place = roads.place(row.subject());
        return place != null ? place.corridor() : row.subjectType().equals("corridor") ? row.subject() : null;
    }

    /** The road a row is about; null: it does not say. */
    static @Nullable Stretch stretch(TruthRow row, Roads roads) {
        Double from = row.fromM();
        Double to = row.toM();
        if (from != null && to != null) {
            return new Stretch(from, to);
        }
        Roads.Place place = row.subjectType().equals("road-segment") ? roads.place(row.subject()) : null;
        return place == null ? null : new Stretch(place.positionM(), place.positionM());
    }

    List<Match> matches() {
        return matches;
    }

    List<Detection> falseAlarms() {
        return falseAlarms;
    }

    List<TruthRow> truth() {
        return truth;
    }

    List<TruthRow> missed() {
        Set<TruthRow> found = new HashSet<>();
        matches.forEach(match -> found.add(match.truth()));
        return truth.stream().filter(row -> !found.contains(row)).toList();
    }
}

package org.citystream.scoring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.rule.RuleKind;
import org.citystream.recordings.TruthRow;
import org.citystream.scoring.Matching.Match;
import org.jspecify.annotations.Nullable;

/**
 * How good detection was. Absent figures could not be worked out, because nothing was there to work them out from.
 *
 * @param events that are known to have happened
 * @param detected of them, by an episode of whatever matching kind
 * @param falseAlarms episodes that match nothing that happened
 * @param falseAlarmsPerCorridorDay a segment on no corridor counts as one
 * @param falseAlarmsPerThousandDecisions a decision is a minute of a segment with a known speed
 * @param meanTimeToDetectSeconds from the start of what happened to the first episode told
 * @param headErrorM mean distance from the true head (downstream end) of queue or incident
 * @param queueLengthErrorM mean difference of the longest extent told from the true one
 * @param byKind the same counts for each kind of truth
 * @param withoutQueue incidents that touched no more than a place: they can hardly be seen, and are counted above too
 */
record TrafficScore(
        int events,
        int detected,
        @Nullable Double detectionRate,
        int falseAlarms,
        @Nullable Double falseAlarmsPerCorridorDay,
        @Nullable Double falseAlarmsPerThousandDecisions,
        @Nullable Double meanTimeToDetectSeconds,
        @Nullable Double headErrorM,
        @Nullable Double queueLengthErrorM,
        Map<String, Group> byKind,
        Group withoutQueue,
        @JsonIgnore List<TruthRow> missed,
        @JsonIgnore List<Detection> unexplained) {

    /**
     * Some of the events.
     *
     * @param calledSo by an episode of their own kind
     */
    record Group(
            int events,
            int detected,
            int calledSo,
            @Nullable Double meanTimeToDetectSeconds) {}

    /**
     * @param roads of the recording
     * @param length of the recording
     * @param decisions minutes of segments with a known speed
     */
    static TrafficScore of(Matching matching, Roads roads, Duration length, long decisions) {
        Map<TruthRow, List<Match>> found = byTruth(matching);
        Map<String, Group> byKind = new TreeMap<>();
        for (RuleKind kind : List.of(RuleKind.CONGESTION, RuleKind.INCIDENT)) {
            List<TruthRow> rows = matching.truth().stream()
                    .filter(row -> row.kind().equals(kind.wireName()))
                    .toList();
            byKind.put(kind.wireName(), group(rows, found));
        }
        List<TruthRow> withoutQueue = matching.truth().stream()
                .filter(row -> row.kind().equals(RuleKind.INCIDENT.wireName()) && isPlace(Matching.stretch(row, roads)))
                .toList();
        Group all = group(matching.truth(), found);
        int falseAlarms = matching.falseAlarms().size();
        double corridorDays = roads.count() * length.toSeconds() / 86_400.0;
        return new TrafficScore(
                all.events(),
                all.detected(),
                ratio(all.detected(), all.events(), 4),
                falseAlarms,
                ratio(falseAlarms, corridorDays, 4),
                ratio(1000.0 * falseAlarms, decisions, 4),
                all.meanTimeToDetectSeconds(),
                mean(headErrors(found, roads)),
                mean(lengthErrors(matching, roads)),
                byKind,
                group(withoutQueue, found),
                matching.missed(),
                matching.falseAlarms());
    }

    private static boolean isPlace(@Nullable Stretch stretch) {
        return stretch != null && stretch.lengthM() == 0;
    }

    private static Map<TruthRow, List<Match>> byTruth(Matching matching) {
        Map<TruthRow, List<Match>> found = new LinkedHashMap<>();
        for (Match match : matching.matches()) {
            found.computeIfAbsent(match.truth(), row -> new ArrayList<>()).add(match);
        }
        return found;
    }

    private static Group group(List<TruthRow> rows, Map<TruthRow, List<Match>> found) {
        List<Double> times = new ArrayList<>();
        int calledSo = 0;
        for (TruthRow row : rows) {
            List<Match> matches = found.getOrDefault(row, List.of());
            matches.stream()
                    .map(Match::timeToDetect)
                    .min(Comparator.naturalOrder())
                    .ifPresent(time -> times.add((double) time.toSeconds()));
            calledSo += matches.stream()
                            .anyMatch(
                                    match -> match.detection().kind().wireName().equals(row.kind()))
                    ? 1
                    : 0;
        }
        return new Group(rows.size(), times.size(), calledSo, mean(times));
    }

    /** Of each event, by the episode of its own kind where there is one. */
    private static List<Double> headErrors(Map<TruthRow, List<Match>> found, Roads roads) {
        List<Double> errors = new ArrayList<>();
        found.forEach((row, matches) -> {
            Match best = matches.stream()
                    .min(Comparator.comparing(
                            match -> !match.detection().kind().wireName().equals(row.kind())))
                    .orElseThrow();
            Stretch stretch = Matching.stretch(row, roads);
            double head = best.detection().headM();
            if (stretch != null && !Double.isNaN(head)) {
                errors.add(Math.abs(head - stretch.toM()));
            }
        });
        return errors;
    }

    private static List<Double> lengthErrors(Matching matching, Roads roads) {
        List<Double> errors = new ArrayList<>();
        for (Match match : matching.matches()) {
            Stretch truth = Matching.stretch(match.truth(), roads);
            Stretch largest = match.detection().largest();
            if (match.detection().kind() == RuleKind.CONGESTION
                    && truth != null
                    && !isPlace(truth)
                    && largest != null) {
                errors.add(Math.abs(largest.lengthM() - truth.lengthM()));
            }
        }
        return errors;
    }

    private static @Nullable Double mean(List<Double> values) {
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        return ratio(sum, values.size(), 1);
    }

    private static @Nullable Double ratio(double value, double of, int decimals) {
        double scale = Math.pow(10, decimals);
        return of == 0 ? null : Double.valueOf(Math.round(value / of * scale) / scale);
    }
}

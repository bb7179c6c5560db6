package org.citystream.scoring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.citystream.model.rule.RuleKind;
import org.citystream.recordings.TruthRow;
import org.citystream.scoring.Matching.Match;
import org.citystream.scoring.TrafficTrial.Judgement;
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
 * @param meanTimeAfterArrivalSeconds the same from when traffic first was slow at a detector there
 * @param headErrorM mean distance from the true head (downstream end) of queue or incident
 * @param queueLengthErrorM mean difference of the longest extent told from the true one
 * @param byKind the same counts for each kind of truth
 * @param withoutQueue incidents that touched no more than a place: they can hardly be seen, and are counted above too
 */
public record TrafficScore(
        int events,
        int detected,
        @Nullable Double detectionRate,
        int falseAlarms,
        @Nullable Double falseAlarmsPerCorridorDay,
        @Nullable Double falseAlarmsPerThousandDecisions,
        @Nullable Double meanTimeToDetectSeconds,
        @Nullable Double meanTimeAfterArrivalSeconds,
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
     * @param headWithinSpacing share of heads, of those known, within one detector spacing
     */
    public record Group(
            int events,
            int detected,
            int calledSo,
            @Nullable Double meanTimeToDetectSeconds,
            @Nullable Double meanTimeAfterArrivalSeconds,
            @Nullable Double headErrorM,
            @Nullable Double headWithinSpacing) {}

    /** Sums up one or several trials. */
    public static TrafficScore of(List<Judgement> judgements) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Detection> falseAlarms = new ArrayList<>();
        List<Double> lengthErrors = new ArrayList<>();
        double corridorDays = 0;
        long decisions = 0;
        for (Judgement judgement : judgements) {
            outcomes.addAll(Outcome.of(judgement));
            falseAlarms.addAll(judgement.matching().falseAlarms());
            lengthErrors.addAll(lengthErrors(judgement));
            corridorDays += judgement.roads().count() * judgement.length().toSeconds() / 86_400.0;
            decisions += judgement.decisions();
        }
        Map<String, Group> byKind = new TreeMap<>();
        for (RuleKind kind : List.of(RuleKind.CONGESTION, RuleKind.INCIDENT)) {
            byKind.put(kind.wireName(), group(outcomes, outcome -> outcome.isOf(kind)));
        }
        Group all = group(outcomes, outcome -> true);
        return new TrafficScore(
                all.events(),
                all.detected(),
                ratio(all.detected(), all.events(), 4),
                falseAlarms.size(),
                ratio(falseAlarms.size(), corridorDays, 4),
                ratio(1000.0 * falseAlarms.size(), decisions, 4),
                all.meanTimeToDetectSeconds(),
                all.meanTimeAfterArrivalSeconds(),
                all.headErrorM(),
                mean(lengthErrors, 1),
                byKind,
                group(outcomes, outcome -> outcome.isOf(RuleKind.INCIDENT) && outcome.isPlace()),
                outcomes.stream()
                        .filter(outcome -> !outcome.isDetected())
                        .map(Outcome::row)
                        .toList(),
                falseAlarms);
    }

    private static Group group(List<Outcome> all, Predicate<Outcome> wanted) {
        List<Outcome> outcomes = all.stream().filter(wanted).toList();
        List<Outcome> heads = outcomes.stream()
                .filter(outcome -> !Double.isNaN(outcome.headErrorM()))
                .toList();
        return new Group(
                outcomes.size(),
                (int) outcomes.stream().filter(Outcome::isDetected).count(),
                (int) outcomes.stream().filter(Outcome::isCalledSo).count(),
                mean(
                        outcomes.stream()
                                .filter(Outcome::isDetected)
                                .map(outcome -> (double) outcome.timeToDetect().toSeconds())
                                .toList(),
                        1),
                mean(
                        outcomes.stream()
                                .flatMap(outcome -> outcome.timeAfterArrival().stream())
                                .map(time -> (double) time.toSeconds())
                                .toList(),
                        1),
                mean(heads.stream().map(Outcome::headErrorM).toList(), 1),
                ratio(heads.stream().filter(Outcome::isHeadWithinSpacing).count(), heads.size(), 4));
    }

    private static List<Double> lengthErrors(Judgement judgement) {
        List<Double> errors = new ArrayList<>();
        for (Match match : judgement.matching().matches()) {
            Stretch truth = Matching.stretch(match.truth(), judgement.roads());
            Stretch largest = match.detection().largest();
            boolean queue = match.detection().kind() == RuleKind.CONGESTION;
            if (queue && truth != null && truth.lengthM() > 0 && largest != null) {
                errors.add(Math.abs(largest.lengthM() - truth.lengthM()));
            }
        }
        return errors;
    }

    private static @Nullable Double mean(List<Double> values, int decimals) {
        return ratio(values.stream().mapToDouble(Double::doubleValue).sum(), values.size(), decimals);
    }

    private static @Nullable Double ratio(double value, double of, int decimals) {
        double scale = Math.pow(10, decimals);
        return of == 0 ? null : Double.valueOf(Math.round(value / of * scale) / scale);
    }

    /** As a table for people. */
    public void print(PrintWriter out) {
        new ScoreTable(out).print(this);
    }

    /** What was missed, and what was called without reason. */
    public void printDetails(PrintWriter out) {
        new ScoreTable(out).printDetails(this);
    }
}

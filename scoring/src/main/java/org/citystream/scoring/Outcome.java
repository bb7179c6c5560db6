package org.citystream.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.rule.RuleKind;
import org.citystream.recordings.TruthRow;
import org.citystream.scoring.Matching.Match;
import org.citystream.scoring.TrafficTrial.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * What became of one thing that happened.
 *
 * @param matches its episodes, by when they were told; none: it was missed
 */
record Outcome(TruthRow row, List<Match> matches, Judgement judgement) {

    /** Of every row, in order of time. */
    static List<Outcome> of(Judgement judgement) {
        Matching matching = judgement.matching();
        Map<TruthRow, List<Match>> found = new LinkedHashMap<>();
        matching.truth().forEach(row -> found.put(row, new ArrayList<>()));
        matching.matches()
                .forEach(match -> found.computeIfAbsent(match.truth(), row -> new ArrayList<>())
                        .add(match));
        return found.entrySet().stream()
                .map(entry -> new Outcome(entry.getKey(), entry.getValue(), judgement))
                .toList();
    }

    boolean isOf(RuleKind kind) {
        return row.kind().equals(kind.wireName());
    }

    boolean isDetected() {
        return !matches.isEmpty();
    }

    /** Whether it was told as what it is. */
    boolean isCalledSo() {
        return matches.stream().anyMatch(this::isOfItsKind);
    }

    private boolean isOfItsKind(Match match) {
        return isOf(match.detection().kind());
    }

    /** Of the first episode; only if it was detected. */
    Duration timeToDetect() {
        return matches.stream()
                .map(Match::timeToDetect)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The same from when traffic first was slow at a detector there; empty where it never was, or it was missed. */
    Optional<Duration> timeAfterArrival() {
        Stretch stretch = stretch();
        String corridor = row.corridor();
        if (stretch == null || corridor == null || matches.isEmpty()) {
            return Optional.empty();
        }
        Instant told = row.start().plus(timeToDetect());
        return judgement
                .slow()
                .first(roads().segments(corridor, roads().withinOneSpacing(corridor, stretch)), row.start(), told)
                .map(arrived -> Duration.between(arrived, told));
    }

    private Roads roads() {
        return judgement.roads();
    }

    private @Nullable Stretch stretch() {
        return Matching.stretch(row, roads());
    }

    /** Whether it touched no more than a place. */
    boolean isPlace() {
        Stretch stretch = stretch();
        return stretch != null && stretch.lengthM() == 0;
    }

    /** Distance of the told head from the true one, by the episode of its own kind where there is one; NaN: unknown. */
    double headErrorM() {
        Stretch stretch = stretch();
        return stretch == null
                ? Double.NaN
                : matches.stream()
                        .min(Comparator.comparing(match -> !isOfItsKind(match)))
                        .map(match -> Math.abs(match.detection().headM() - stretch.toM()))
                        .orElse(Double.NaN);
    }

    boolean isHeadWithinSpacing() {
        Stretch stretch = stretch();
        String corridor = row.corridor();
        return stretch != null && corridor != null && headErrorM() <= roads().spacingM(corridor, stretch.toM());
    }
}

package org.citystream.backtest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.place.SensorLog;
import org.citystream.backtest.episode.Difference;
import org.citystream.backtest.episode.RaisedEpisode;
import org.citystream.backtest.episode.SubjectScore;
import org.citystream.backtest.run.BoundedRun;
import org.citystream.jobs.control.HeldControls;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;
import org.citystream.recordings.TruthRow;
import org.citystream.scoring.TrafficFindings;
import org.citystream.scoring.TrafficScore;
import org.jspecify.annotations.Nullable;

/**
 * Two rule sets over the same past.
 *
 * @param warmUntil episodes told before are marked {@code warmUp}
 * @param readings records read by all runs
 * @param rules by id: those on which the sets can differ
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Comparison(
        String past,
        Instant from,
        Instant to,
        Instant warmUntil,
        long readings,
        double seconds,
        Side left,
        Side right,
        Map<String, Map<Difference.Kind, Long>> rules,
        @JsonIgnore List<Difference> differences) {

    /**
     * What one rule set would have raised.
     *
     * @param alerts episodes of rules that are not shadows
     * @param alertsPerRuleAndDay by rule id
     * @param traffic congestion and incidents held against the truth; absent without one
     * @param others what else the truth speaks of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Side(
            String label,
            Map<String, Integer> versions,
            int episodes,
            int alerts,
            double alertsPerDay,
            Map<String, Double> alertsPerRuleAndDay,
            @Nullable TrafficScore traffic,
            @Nullable SubjectScore others,
            @JsonIgnore List<RaisedEpisode> raised) {}

    /** Runs both; a kind of readings about which both sets say the same is run once. */
    static Comparison of(Past past, RuleSet left, RuleSet right, @Nullable List<TruthRow> truth) throws Exception {
        long begun = System.nanoTime();
        Plan plan = new Plan(past, left, right);
        past.expect(plan.records());
        Found foundLeft = new Found(past);
        Found foundRight = new Found(past);
        for (SensorKind kind : plan.kinds) {
            BoundedRun.Told told = run(past, kind, left, truth);
            foundLeft.add(told);
            foundRight.add(plan.isSame(kind) ? told : run(past, kind, right, truth));
        }
        Side leftSide = foundLeft.side(left, truth);
        Side rightSide = foundRight.side(right, truth);
        List<Difference> differences = Difference.between(leftSide.raised, rightSide.raised);
        return new Comparison(
                past.description(),
                past.from(),
                past.to(),
                past.warmUntil(),
                plan.records(),
                Math.round((System.nanoTime() - begun) / 1e8) / 10.0,
                leftSide,
                rightSide,
                Difference.counts(differences),
                differences);
    }

    private static BoundedRun.Told run(Past past, SensorKind kind, RuleSet rules, @Nullable List<TruthRow> truth)
            throws Exception {
        HeldControls controls = new HeldControls(past.sensors(), rules.rules());
        return BoundedRun.of(kind, past.input(kind), controls, truth != null);
    }

    /** Which kinds of readings are to be decided about, and how often. */
    private static final class Plan {
        private final Past past;
        private final RuleSet left;
        private final RuleSet right;
        private final Set<SensorKind> kinds = new TreeSet<>();

        Plan(Past past, RuleSet left, RuleSet right) {
            this.past = past;
            this.left = left;
            this.right = right;
            for (SensorKind kind : past.kinds()) {
                if (!left.hashes(kind).isEmpty() || !right.hashes(kind).isEmpty()) {
                    kinds.add(kind);
                }
            }
        }

        boolean isSame(SensorKind kind) {
            return left.hashes(kind).equals(right.hashes(kind));
        }

        long records() {
            return kinds.stream()
                    .mapToLong(kind -> past.count(kind) * (isSame(kind) ? 1 : 2))
                    .sum();
        }
    }

    /** What the runs of one set told. */
    private static final class Found {
        private final Past past;
        private final List<CityEvent> events = new ArrayList<>();
        private final TrafficFindings findings = new TrafficFindings();

        Found(Past past) {
            this.past = past;
        }

        void add(BoundedRun.Told told) {
            events.addAll(told.events());
            told.events().forEach(findings::event);
            told.summaries().forEach(findings::summary);
        }

        Side side(RuleSet set, @Nullable List<TruthRow> truth) {
            List<RaisedEpisode> raised = RaisedEpisode.of(events, past.from(), past.to(), past.warmUntil());
            double days =
                    Math.max(1e-9, Duration.between(past.from(), past.to()).toSeconds() / 86_400.0);
            Map<String, Integer> versions = new TreeMap<>();
            Map<String, Double> perDay = new TreeMap<>();
            for (Rule rule : set.rules()) {
                versions.put(rule.id(), rule.version());
                long alerts = raised.stream()
                        .filter(episode -> episode.isAlert() && episode.ruleId().equals(rule.id()))
                        .count();
                perDay.put(rule.id(), rounded(alerts / days));
            }
            int alerts = (int) raised.stream().filter(RaisedEpisode::isAlert).count();
            return new Side(
                    set.label(),
                    versions,
                    raised.size(),
                    alerts,
                    rounded(alerts / days),
                    perDay,
                    truth == null || !past.kinds().contains(SensorKind.TRAFFIC) ? null : traffic(truth),
                    truth == null ? null : others(truth, raised),
                    raised);
        }

        private TrafficScore traffic(List<TruthRow> truth) {
            SensorLog sensors = new SensorLog();
            past.sensors().forEach(sensors::apply);
            return TrafficScore.of(List.of(findings.judge(sensors, truth, past.from(), past.to())));
        }

        private @Nullable SubjectScore others(List<TruthRow> truth, List<RaisedEpisode> raised) {
            List<TruthRow> rows = truth.stream()
                    .filter(row -> !TrafficFindings.isOnRoads(row)
                            && !row.start().isBefore(past.from())
                            && !row.start().isAfter(past.to()))
                    .toList();
            return rows.isEmpty() ? null : SubjectScore.of(rows, raised);
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }
}

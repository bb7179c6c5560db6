package org.citystream.analytics.airquality;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.citystream.model.rule.SeverityStep;
import org.jspecify.annotations.Nullable;

/** Which side of a limit or an index level a station's hour is on: the same for its own episodes and its district's. */
public final class AirStanding {
    private AirStanding() {}

    /** Whether a rule is about a limit or a level, which neighbouring stations can be above together. */
    public static boolean judges(Rule rule) {
        return rule.condition() instanceof Condition.Exceedance || rule.condition() instanceof Condition.IndexLevel;
    }

    /**
     * What the hour says about a rule that this {@link #judges}.
     *
     * @param telling words and evidence of the station's own episode; absent: nobody will ask
     */
    public static Verdict of(Rule rule, StationHour hour, Verdict.@Nullable Telling telling) {
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            return exceeds(rule, exceedance, hour, telling);
        }
        if (rule.condition() instanceof Condition.IndexLevel level) {
            return reaches(rule, level, hour, telling);
        }
        throw new IllegalArgumentException("a rule of kind " + rule.kind().wireName() + " is judged elsewhere");
    }

    /**
     * Consecutive means without a gap: a mean that is missing while the station speaks ends the run. While the whole station
     * is silent an open episode stays open (and goes stale), and a run that has not opened one ends; but a day is decided even
     * if its last hour is silent. A mean that is a lower
     * bound is above the limit or says nothing.
     */
    private static Verdict exceeds(
            Rule rule, Condition.Exceedance exceedance, StationHour hour, Verdict.@Nullable Telling telling) {
        boolean byDay = exceedance.averaging() == Averaging.DAY;
        if (byDay && hour.day() == null) {
            return Verdict.undecided(lowest(rule));
        }
        Optional<BigDecimal> mean = hour.averages().mean(exceedance.averaging(), exceedance.pollutant());
        boolean above = mean.isPresent() && mean.get().compareTo(BigDecimal.valueOf(exceedance.above())) > 0;
        if (!above && hour.averages().isLowerBound(exceedance.averaging(), exceedance.pollutant())) {
            return Verdict.undecided(lowest(rule));
        }
        boolean unheard = hour.silent() && !(byDay && mean.isPresent());
        Verdict verdict = new Verdict(
                above ? Standing.ENTER : unheard ? Standing.BETWEEN : Standing.EXIT,
                severity(rule, bound -> mean.isPresent() && mean.get().compareTo(BigDecimal.valueOf(bound)) > 0),
                dwell(exceedance, byDay),
                AirFold.PANE,
                telling);
        return hour.day() == null || !byDay ? verdict : verdict.since(hour.day());
    }

    /** So many days are at least an hour less than so many times 24 hours, where clocks go forward. */
    private static Duration dwell(Condition.Exceedance exceedance, boolean byDay) {
        Duration each = byDay ? Duration.ofDays(1) : AirFold.PANE;
        Duration all = each.multipliedBy(exceedance.consecutive());
        return byDay ? all.minusHours(1) : all;
    }

    private static Verdict reaches(
            Rule rule, Condition.IndexLevel condition, StationHour hour, Verdict.@Nullable Telling telling) {
        Integer level = hour.level(condition.index());
        if (level == null || hour.silent()) {
            return Verdict.undecided(lowest(rule));
        }
        Standing standing = level >= condition.enterLevelAtLeast()
                ? Standing.ENTER
                : level <= condition.exitLevelAtMost() ? Standing.EXIT : Standing.BETWEEN;
        return new Verdict(
                standing, severity(rule, bound -> level >= bound), condition.enterFor(), condition.exitFor(), telling);
    }

    private interface Reached {
        boolean reached(double bound);
    }

    private static Severity lowest(Rule rule) {
        return rule.severity().get(0).severity();
    }

    /** The last step that is reached; the first if none. */
    private static Severity severity(Rule rule, Reached reached) {
        Severity severity = lowest(rule);
        for (SeverityStep step : rule.severity()) {
            if (step.bound() == null || reached.reached(step.bound())) {
                severity = step.severity();
            }
        }
        return severity;
    }
}

package org.citystream.analytics.airquality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.citystream.analytics.airquality.AirQualityIndex.SubIndex;
import org.citystream.analytics.episode.Verdict;
import org.citystream.analytics.episode.Verdict.Standing;
import org.citystream.analytics.pane.Pane;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Pollutant;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.Severity;
import org.citystream.model.rule.SeverityStep;
import org.citystream.model.wire.JsonCodec;

/** What one clock hour of a station says about a rule. */
final class AirPolicy {
    private final String stationId;
    private final Pane pane;
    private final Assessment assessment;
    private final HourSources sources;
    private final Instant start;

    AirPolicy(String stationId, Pane pane, Assessment assessment, HourSources sources, Instant start) {
        this.stationId = stationId;
        this.start = start;
        this.pane = pane;
        this.assessment = assessment;
        this.sources = sources;
    }

    Verdict judge(Rule rule) {
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            return exceeds(rule, exceedance);
        }
        if (rule.condition() instanceof Condition.IndexLevel level) {
            return indexLevel(rule, level);
        }
        if (rule.condition() instanceof Condition.RapidRise rise) {
            return rapidRise(rule, rise);
        }
        return Verdict.undecided(rule.severity().get(0).severity());
    }

    // ---- hourly means above a limit ----------------------------------------------------------------------------

    /**
     * Consecutive means without a gap: an hour whose mean is missing while the station speaks ends the run. While the
     * whole station is silent an open episode stays open (and goes stale), and a run that has not opened one ends.
     */
    private Verdict exceeds(Rule rule, Condition.Exceedance exceedance) {
        BigDecimal mean = assessment.means().get(exceedance.pollutant());
        BigDecimal limit = BigDecimal.valueOf(exceedance.above());
        boolean above = mean != null && mean.compareTo(limit) > 0;
        Standing standing = above ? Standing.ENTER : pane.isEmpty() ? Standing.BETWEEN : Standing.EXIT;
        BigDecimal severityOf = mean == null ? BigDecimal.ZERO : mean;
        return new Verdict(
                standing,
                severity(rule, bound -> severityOf.compareTo(BigDecimal.valueOf(bound)) > 0),
                AirFold.PANE.multipliedBy(exceedance.consecutiveHours()),
                AirFold.PANE,
                new ExceedanceTelling(exceedance, mean == null ? Optional.empty() : Optional.of(mean)));
    }

    private final class ExceedanceTelling implements Verdict.Telling {
        private final Condition.Exceedance exceedance;
        private final Optional<BigDecimal> mean;

        ExceedanceTelling(Condition.Exceedance exceedance, Optional<BigDecimal> mean) {
            this.exceedance = exceedance;
            this.mean = mean;
        }

        @Override
        public String summary() {
            Pollutant pollutant = exceedance.pollutant();
            String value =
                    mean.map(found -> shown(found) + " " + pollutant.unit()).orElse("not measured");
            return displayName(pollutant) + " at " + stationId + ": " + value + " over one hour, limit "
                    + shown(BigDecimal.valueOf(exceedance.above())) + " " + pollutant.unit() + " for "
                    + exceedance.consecutiveHours() + " consecutive "
                    + (exceedance.consecutiveHours() == 1 ? "hour" : "hours");
        }

        @Override
        public JsonNode evidence(Instant from, Instant to) {
            ObjectNode evidence = commonEvidence(from, to);
            Pollutant pollutant = exceedance.pollutant();
            ObjectNode observed = evidence.putObject("observed").put("pollutant", pollutant.wireName());
            mean.ifPresent(found -> observed.put("value", found.doubleValue()));
            observed.put("unit", pollutant.unit());
            evidence.putObject("threshold")
                    .put("above", exceedance.above())
                    .put("unit", pollutant.unit())
                    .put("consecutiveHours", exceedance.consecutiveHours());
            evidence.put("hours", Duration.between(from, to).toHours());
            return evidence;
        }
    }

    // ---- levels of an index ------------------------------------------------------------------------------------

    private Verdict indexLevel(Rule rule, Condition.IndexLevel condition) {
        Optional<Integer> found = assessment.level(condition.index());
        if (found.isEmpty() || pane.isEmpty()) {
            return Verdict.undecided(rule.severity().get(0).severity());
        }
        int level = found.get();
        Standing standing = level >= condition.enterLevelAtLeast()
                ? Standing.ENTER
                : level <= condition.exitLevelAtMost() ? Standing.EXIT : Standing.BETWEEN;
        return new Verdict(
                standing,
                severity(rule, bound -> level >= bound),
                condition.enterFor(),
                condition.exitFor(),
                new IndexTelling(condition, level));
    }

    private final class IndexTelling implements Verdict.Telling {
        private final Condition.IndexLevel condition;
        private final int level;

        IndexTelling(Condition.IndexLevel condition, int level) {
            this.condition = condition;
            this.level = level;
        }

        @Override
        public String summary() {
            AirIndex index = condition.index();
            String what = index == AirIndex.EUROPEAN
                    ? "European air quality index"
                    : "US AQI " + assessment.usAqi().map(SubIndex::value).orElse(0);
            return what + " at " + stationId + " is " + index.levelName(level).replace('-', ' ')
                    + assessment
                            .decisive(index)
                            .map(pollutant -> ", because of " + displayName(pollutant))
                            .orElse("");
        }

        @Override
        public JsonNode evidence(Instant from, Instant to) {
            AirIndex index = condition.index();
            ObjectNode evidence = commonEvidence(from, to);
            ObjectNode observed = evidence.putObject("observed")
                    .put("index", index.wireName())
                    .put(
                            "value",
                            index == AirIndex.EUROPEAN
                                    ? level
                                    : assessment.usAqi().map(SubIndex::value).orElse(0))
                    .put("unit", "1")
                    .put("level", index.levelName(level));
            assessment.decisive(index).ifPresent(pollutant -> observed.put("pollutant", pollutant.wireName()));
            ObjectNode means = evidence.putObject("hourlyMeans");
            assessment.means().forEach((pollutant, mean) -> means.put(pollutant.wireName(), mean.doubleValue()));
            assessment.pm25NowCast().ifPresent(value -> evidence.put("pm25NowCastUgM3", value.doubleValue()));
            assessment.pm10NowCast().ifPresent(value -> evidence.put("pm10NowCastUgM3", value.doubleValue()));
            if (index == AirIndex.EUROPEAN) {
                assessment.european().ifPresent(european -> evidence.put("incomplete", european.incomplete()));
            }
            evidence.putObject("threshold")
                    .put("enterLevelAtLeast", index.levelName(condition.enterLevelAtLeast()))
                    .put("enterFor", condition.enterFor().toString())
                    .put("exitLevelAtMost", index.levelName(condition.exitLevelAtMost()))
                    .put("exitFor", condition.exitFor().toString());
            return evidence;
        }
    }

    // ---- rises -------------------------------------------------------------------------------------------------

    /** Enters while the level rises fast; leaves when it rises by less than half of what the rule asks for. */
    private Verdict rapidRise(Rule rule, Condition.RapidRise condition) {
        Optional<Rise> found =
                Rise.of(assessment.recent().series(condition.pollutant(), start, RecentHours.REMEMBERED), (int)
                        condition.within().toHours());
        if (found.isEmpty() || pane.isEmpty()) {
            return Verdict.undecided(rule.severity().get(0).severity());
        }
        Rise rise = found.get();
        Standing standing = rise.exceeds(condition.atLeast(), condition.sigmas())
                ? Standing.ENTER
                : 2 * rise.amount() < condition.atLeast() ? Standing.EXIT : Standing.BETWEEN;
        return new Verdict(
                standing,
                rule.severity().get(0).severity(),
                AirFold.PANE,
                AirFold.PANE,
                new RiseTelling(condition, rise));
    }

    private final class RiseTelling implements Verdict.Telling {
        private final Condition.RapidRise condition;
        private final Rise rise;

        RiseTelling(Condition.RapidRise condition, Rise rise) {
            this.condition = condition;
            this.rise = rise;
        }

        @Override
        public String summary() {
            Pollutant pollutant = condition.pollutant();
            return displayName(pollutant) + " at " + stationId + " rises by " + shown(BigDecimal.valueOf(rise.amount()))
                    + " " + pollutant.unit() + " within " + condition.within().toHours() + " h; it usually changes by "
                    + shown(BigDecimal.valueOf(rise.noise())) + " " + pollutant.unit();
        }

        @Override
        public JsonNode evidence(Instant from, Instant to) {
            ObjectNode evidence = commonEvidence(from, to);
            Pollutant pollutant = condition.pollutant();
            evidence.putObject("observed")
                    .put("pollutant", pollutant.wireName())
                    .put("value", Rise.rounded(rise.amount()))
                    .put("noise", Rise.rounded(rise.noise()))
                    .put("unit", pollutant.unit());
            evidence.putObject("threshold")
                    .put("atLeast", condition.atLeast())
                    .put("within", condition.within().toString())
                    .put("sigmas", condition.sigmas())
                    .put("unit", pollutant.unit());
            return evidence;
        }
    }

    // ---- all --------------------------------------------------------------------------------------------------

    private interface Reached {
        boolean reached(double bound);
    }

    /** The last step that is reached; the first if none. */
    private static Severity severity(Rule rule, Reached reached) {
        Severity severity = rule.severity().get(0).severity();
        for (SeverityStep step : rule.severity()) {
            if (step.bound() == null || reached.reached(step.bound())) {
                severity = step.severity();
            }
        }
        return severity;
    }

    private ObjectNode commonEvidence(Instant from, Instant to) {
        ObjectNode evidence = JsonCodec.internal().createObjectNode();
        evidence.putObject("window").put("start", from.toString()).put("end", to.toString());
        sources.addTo(evidence);
        return evidence;
    }

    private static String shown(BigDecimal value) {
        return value.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    private static String displayName(Pollutant pollutant) {
        return pollutant == Pollutant.PM25 ? "PM2.5" : pollutant.name();
    }
}

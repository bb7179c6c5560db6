package org.citystream.analytics.airquality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
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
import org.citystream.model.wire.JsonCodec;

/** What one clock hour of a station says about a rule. */
final class AirPolicy {
    private final String stationId;
    private final Pane pane;
    private final Assessment assessment;
    private final StationHour means;
    private final HourSources sources;
    private final Instant start;

    AirPolicy(
            String stationId, Pane pane, Assessment assessment, StationHour means, HourSources sources, Instant start) {
        this.stationId = stationId;
        this.start = start;
        this.means = means;
        this.pane = pane;
        this.assessment = assessment;
        this.sources = sources;
    }

    Verdict judge(Rule rule) {
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            return AirStanding.of(rule, means, new ExceedanceTelling(exceedance));
        }
        if (rule.condition() instanceof Condition.IndexLevel level) {
            return AirStanding.of(rule, means, new IndexTelling(level));
        }
        if (rule.condition() instanceof Condition.RapidRise rise) {
            return rapidRise(rule, rise);
        }
        return Verdict.undecided(rule.severity().get(0).severity());
    }

    // ---- means above a limit -----------------------------------------------------------------------------------

    private final class ExceedanceTelling implements Verdict.Telling {
        private final Condition.Exceedance exceedance;

        ExceedanceTelling(Condition.Exceedance exceedance) {
            this.exceedance = exceedance;
        }

        private Optional<BigDecimal> mean() {
            return means.averages().mean(exceedance.averaging(), exceedance.pollutant());
        }

        private boolean isLowerBound() {
            return means.averages().isLowerBound(exceedance.averaging(), exceedance.pollutant());
        }

        @Override
        public String summary() {
            Pollutant pollutant = exceedance.pollutant();
            String value = mean().map(
                            found -> (isLowerBound() ? "at least " : "") + AirTerms.concentration(found, pollutant))
                    .orElse("not measured");
            return AirTerms.name(pollutant) + " at " + stationId + ": " + value + " over "
                    + AirTerms.period(exceedance.averaging()) + ", " + AirTerms.limit(exceedance);
        }

        @Override
        public JsonNode evidence(Instant from, Instant to) {
            ObjectNode evidence = commonEvidence(from, to);
            Pollutant pollutant = exceedance.pollutant();
            ObjectNode observed = evidence.putObject("observed")
                    .put("pollutant", pollutant.wireName())
                    .put("averaging", exceedance.averaging().wireName());
            mean().ifPresent(found -> observed.put("value", found.doubleValue()));
            observed.put("unit", pollutant.unit());
            if (isLowerBound()) {
                observed.put("lowerBound", true);
            }
            AirTerms.addThreshold(exceedance, evidence);
            evidence.put("hours", Duration.between(from, to).toHours());
            return evidence;
        }
    }

    // ---- levels of an index ------------------------------------------------------------------------------------

    private final class IndexTelling implements Verdict.Telling {
        private final Condition.IndexLevel condition;

        IndexTelling(Condition.IndexLevel condition) {
            this.condition = condition;
        }

        /** Asked for only of an hour that has one. */
        private int level() {
            return assessment.level(condition.index()).orElseThrow();
        }

        @Override
        public String summary() {
            AirIndex index = condition.index();
            String value = index == AirIndex.EUROPEAN
                    ? ""
                    : " " + assessment.usAqi().map(SubIndex::value).orElse(0);
            return AirTerms.name(index) + value + " at " + stationId + " is " + AirTerms.level(index, level())
                    + assessment
                            .decisive(index)
                            .map(pollutant -> ", because of " + AirTerms.name(pollutant)
                                    + (assessment.lowerBounds().contains(pollutant) ? " (a lower bound)" : ""))
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
                                    ? level()
                                    : assessment.usAqi().map(SubIndex::value).orElse(0))
                    .put("unit", "1")
                    .put("level", index.levelName(level()));
            assessment.decisive(index).ifPresent(pollutant -> observed.put("pollutant", pollutant.wireName()));
            if (!assessment.lowerBounds().isEmpty()) {
                ArrayNode bounds = observed.putArray("lowerBounds");
                assessment.lowerBounds().forEach(pollutant -> bounds.add(pollutant.wireName()));
            }
            ObjectNode means = evidence.putObject("hourlyMeans");
            assessment.means().forEach((pollutant, mean) -> means.put(pollutant.wireName(), mean.doubleValue()));
            assessment.pm25NowCast().ifPresent(value -> evidence.put("pm25NowCastUgM3", value.doubleValue()));
            assessment.pm10NowCast().ifPresent(value -> evidence.put("pm10NowCastUgM3", value.doubleValue()));
            if (index == AirIndex.EUROPEAN) {
                assessment.european().ifPresent(european -> evidence.put("incomplete", european.incomplete()));
            }
            AirTerms.addThreshold(condition, evidence);
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
            return AirTerms.name(pollutant) + " at " + stationId + " rises by "
                    + AirTerms.concentration(BigDecimal.valueOf(rise.amount()), pollutant) + " within "
                    + condition.within().toHours() + " h; it usually changes by "
                    + AirTerms.concentration(BigDecimal.valueOf(rise.noise()), pollutant);
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

    private ObjectNode commonEvidence(Instant from, Instant to) {
        ObjectNode evidence = JsonCodec.internal().createObjectNode();
        evidence.putObject("window").put("start", from.toString()).put("end", to.toString());
        sources.addTo(evidence);
        return evidence;
    }
}

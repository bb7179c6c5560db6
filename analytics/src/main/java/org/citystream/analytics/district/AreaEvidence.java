package org.citystream.analytics.district;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citystream.analytics.airquality.AirTerms;
import org.citystream.analytics.airquality.StationHour;
import org.citystream.analytics.episode.EpisodeSubject;
import org.citystream.analytics.episode.Hysteresis;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/** What an episode of a district rests on, in words and as data. */
final class AreaEvidence {
    private static final int STATIONS_AT_MOST = 20;
    private static final double M_PER_KM = 1000;
    private static final int AREA_DECIMALS = 2;

    private final Rule rule;
    private final List<Neighbour> all;
    private final List<Neighbour> above;
    private final Map<String, Hysteresis> standings;
    private final Optional<Outline> outline;

    /**
     * @param all stations that the rule covers
     * @param above those of the episode
     */
    AreaEvidence(Rule rule, List<Neighbour> all, List<Neighbour> above, Map<String, Hysteresis> standings) {
        this.rule = rule;
        this.all = all;
        this.above = above;
        this.standings = standings;
        this.outline = Outline.of(above.stream()
                .map(station -> station.profile().location())
                .filter(Objects::nonNull)
                .toList());
    }

    @Nullable GeoPoint centre() {
        return outline.map(Outline::centre).orElse(null);
    }

    String summary(EpisodeSubject district) {
        String name = district.subject().name() == null
                ? district.subject().id()
                : district.subject().name();
        String stations = above.size() == 1 ? "1 station" : above.size() + " neighbouring stations";
        String reach = outline.filter(found -> above.size() > 1)
                .map(found -> String.format(Locale.ROOT, ", %.1f km across", found.acrossM() / M_PER_KM))
                .orElse("");
        return what() + " at " + stations + " in " + name + reach
                + worst().map(this::most).orElse("");
    }

    private String what() {
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            return AirTerms.name(exceedance.pollutant()) + " above "
                    + AirTerms.concentration(BigDecimal.valueOf(exceedance.above()), exceedance.pollutant());
        }
        Condition.IndexLevel condition = (Condition.IndexLevel) rule.condition();
        return AirTerms.name(condition.index()) + " " + AirTerms.level(condition.index(), condition.enterLevelAtLeast())
                + " or worse";
    }

    private String most(Neighbour worst) {
        return ", worst at " + worst.name() + " (" + valueInWords(worst) + ")";
    }

    /** Of a station that has measured. */
    private String valueInWords(Neighbour station) {
        BigDecimal value = Objects.requireNonNull(value(station));
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            return (isLowerBound(station) ? "at least " : "") + AirTerms.concentration(value, exceedance.pollutant());
        }
        Condition.IndexLevel condition = (Condition.IndexLevel) rule.condition();
        return AirTerms.level(condition.index(), value.intValueExact());
    }

    private Optional<Neighbour> worst() {
        return above.stream()
                .filter(station -> value(station) != null)
                .max(Comparator.comparing((Neighbour station) -> Objects.requireNonNull(value(station)))
                        .thenComparing(Neighbour::id, Comparator.reverseOrder()));
    }

    /** The mean, or the level of the index; null: not known of this hour. */
    private @Nullable BigDecimal value(Neighbour station) {
        StationHour hour = station.hour();
        if (hour == null) {
            return null;
        }
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            return hour.averages()
                    .mean(exceedance.averaging(), exceedance.pollutant())
                    .orElse(null);
        }
        Integer level = hour.level(((Condition.IndexLevel) rule.condition()).index());
        return level == null ? null : BigDecimal.valueOf(level);
    }

    private boolean isLowerBound(Neighbour station) {
        return station.hour() != null
                && rule.condition() instanceof Condition.Exceedance exceedance
                && station.hour().averages().isLowerBound(exceedance.averaging(), exceedance.pollutant());
    }

    /**
     * @param from start of the episode
     * @param to end of the deciding hour
     */
    JsonNode json(Instant from, Instant to) {
        ObjectNode evidence = JsonCodec.internal().createObjectNode();
        evidence.putObject("window").put("start", from.toString()).put("end", to.toString());
        addObserved(evidence.putObject("observed"));
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            AirTerms.addThreshold(exceedance, evidence);
        } else if (rule.condition() instanceof Condition.IndexLevel level) {
            AirTerms.addThreshold(level, evidence);
        }
        outline.ifPresent(found -> addExtent(found, evidence.putObject("extent")));
        ArrayNode stations = evidence.putArray("stations");
        above.stream().limit(STATIONS_AT_MOST).forEach(station -> addStation(station, stations.addObject()));
        return evidence;
    }

    private void addObserved(ObjectNode observed) {
        if (rule.condition() instanceof Condition.Exceedance exceedance) {
            observed.put("pollutant", exceedance.pollutant().wireName())
                    .put("averaging", exceedance.averaging().wireName())
                    .put("unit", exceedance.pollutant().unit());
        } else if (rule.condition() instanceof Condition.IndexLevel level) {
            observed.put("index", level.index().wireName()).put("unit", "1");
        }
        worst().ifPresent(station ->
                observed.<ObjectNode>set("value", number(station)).put("stationId", station.id()));
        observed.put("stationsAbove", above.size())
                .put(
                        "stationsHeard",
                        all.stream().filter(station -> station.hour() != null).count())
                .put("stations", all.size());
    }

    private static void addExtent(Outline outline, ObjectNode extent) {
        extent.put("acrossM", Math.round(outline.acrossM())).put("areaKm2", areaKm2(outline));
        ArrayNode hull = extent.putArray("outline");
        outline.hull()
                .forEach(place ->
                        hull.addObject().put("latitude", place.latitude()).put("longitude", place.longitude()));
    }

    private void addStation(Neighbour station, ObjectNode node) {
        node.put("stationId", station.id()).put("name", station.name()).set("value", number(station));
        if (isLowerBound(station)) {
            node.put("lowerBound", true);
        }
        Hysteresis standing = standings.get(station.id());
        if (standing != null) {
            node.put("since", Instant.ofEpochMilli(standing.openSince()).toString())
                    .put("severity", standing.severity().wireName());
        }
    }

    /** Not as a decimal with its scale: evidence that has been read back from state must be the same text. */
    private JsonNode number(Neighbour station) {
        BigDecimal value = value(station);
        if (value == null) {
            return NullNode.getInstance();
        }
        return rule.condition() instanceof Condition.Exceedance
                ? DoubleNode.valueOf(value.doubleValue())
                : IntNode.valueOf(value.intValueExact());
    }

    private static double areaKm2(Outline outline) {
        return BigDecimal.valueOf(outline.areaKm2())
                .setScale(AREA_DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    }
}

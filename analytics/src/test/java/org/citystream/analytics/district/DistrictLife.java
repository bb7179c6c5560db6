package org.citystream.analytics.district;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.airquality.AirCity;
import org.citystream.analytics.airquality.StationValues;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.GeoPoint;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.RuleCodec;

/** Stations of one city and their hours, from a midnight on, under the kernel without an engine. */
final class DistrictLife {
    /** Two hours above 200 µg/m³, severe above 300. */
    static final String NO2_RULE = """
            id: no2
            kind: air-exceedance
            pollutant: no2
            above: 200 ug/m3
            consecutive-hours: 2
            severity: {moderate: {above: 200 ug/m3}, severe: {above: 300 ug/m3}}
            """;

    static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
    /** Eight kilometres further east. */
    private static final double EIGHT_KM = 0.1291;

    private final AirCity city = new AirCity(PaneTiming.AIR);
    private int hour;

    AirCity city() {
        return city;
    }

    /** Stations a, b, c ... in a row from west to east, eight kilometres apart. */
    void row(String stations) {
        for (char station : stations.toCharArray()) {
            city.with(String.valueOf(station), new GeoPoint(56.15, 10.2 + EIGHT_KM * (station - 'a')), null);
        }
        city.clock(MIDNIGHT);
    }

    void rule(String document) throws InvalidRuleException {
        rule(document, 1, Instant.EPOCH);
    }

    void rule(String document, int version, Instant effectiveFrom) throws InvalidRuleException {
        city.add(RuleCodec.readDocument(document).get(0).withVersion(version, effectiveFrom));
    }

    /** An hour in which stations measure so much NO2; who is not named says nothing. */
    void no2(Map<String, Integer> values) {
        values.forEach((station, value) -> city.hour(station, at(hour), StationValues.of("no2UgM3", value)));
        hour++;
        city.clockSteadilyTo(at(hour).plusSeconds(90), Duration.ofSeconds(30));
    }

    /** An hour in which of a row of stations those named measure 250 µg/m³ NO2 and the others 50. */
    void above(String row, String stations) {
        Map<String, Integer> values = new TreeMap<>();
        for (char station : row.toCharArray()) {
            values.put(String.valueOf(station), stations.indexOf(station) >= 0 ? 250 : 50);
        }
        no2(values);
    }

    static Instant at(int hour) {
        return MIDNIGHT.plus(Duration.ofHours(hour));
    }

    List<CityEvent> events() {
        return city.districts().events();
    }

    CityEvent last() {
        return events().get(events().size() - 1);
    }
}

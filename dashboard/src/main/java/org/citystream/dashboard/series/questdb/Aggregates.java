package org.citystream.dashboard.series.questdb;

import java.util.Map;
import org.citystream.model.series.Series;

/** How the windows of a field become one coarser window, as SQL expressions. */
final class Aggregates {
    /*
     * Speeds are space-mean speeds: sum(q) / sum(q / v), and the harmonic mean where no flow is measured; their
     * arithmetic mean would be too high in congestion. Directions average as vectors. An index is a worst case, so the
     * worst of the hours counts, and trust likewise the lowest.
     */
    private static final Map<String, String> SPECIAL = Map.of(
            "speed_kmh",
            "coalesce(sum(CASE WHEN speed_kmh > 0 THEN flow_veh_h END)"
                    + " / sum(CASE WHEN speed_kmh > 0 THEN flow_veh_h / speed_kmh END),"
                    + " count(CASE WHEN speed_kmh > 0 THEN speed_kmh END)"
                    + " / sum(CASE WHEN speed_kmh > 0 THEN 1 / speed_kmh END),"
                    + " avg(speed_kmh))",
            "wind_direction_deg",
            "(degrees(atan2(avg(sin(radians(wind_direction_deg))), avg(cos(radians(wind_direction_deg))))) + 360) % 360",
            "us_aqi",
            "max(us_aqi)",
            "european_index",
            "max(european_index)",
            "trust",
            "min(trust)");

    private Aggregates() {}

    /** The expression for a field of the catalogue; never text from outside. */
    static String of(Series series, String field) {
        String unit = series.fields().get(field);
        if (unit == null) {
            throw new IllegalArgumentException(field + " is not a field of " + series.measurement());
        }
        String special = SPECIAL.get(field);
        if (special != null) {
            return special;
        }
        return (unit.equals(Series.TEXT) ? "last(" : "avg(") + field + ")";
    }
}

package org.citystream.dashboard.series.questdb;

import org.citystream.dashboard.series.Aggregation;
import org.citystream.model.series.Series;

/** How the windows of a field become one coarser window, as SQL expressions. */
final class Aggregates {
    private static final String SPACE_MEAN_SPEED = "coalesce(sum(CASE WHEN speed_kmh > 0 THEN flow_veh_h END)"
            + " / sum(CASE WHEN speed_kmh > 0 THEN flow_veh_h / speed_kmh END),"
            + " count(CASE WHEN speed_kmh > 0 THEN speed_kmh END)"
            + " / sum(CASE WHEN speed_kmh > 0 THEN 1 / speed_kmh END),"
            + " avg(speed_kmh))";

    private Aggregates() {}

    /** The expression for a field of the catalogue; never text from outside. */
    static String of(Series series, String field) {
        return switch (Aggregation.of(series, field)) {
            case MEAN -> "avg(" + field + ")";
            case LAST -> "last(" + field + ")";
            case HIGHEST -> "max(" + field + ")";
            case LOWEST -> "min(" + field + ")";
            case SPACE_MEAN_SPEED -> SPACE_MEAN_SPEED;
            case DIRECTION ->
                "(degrees(atan2(avg(sin(radians(" + field + "))), avg(cos(radians(" + field + "))))) + 360) % 360";
        };
    }
}

package org.citystream.dashboard.series.influxdb;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.citystream.dashboard.series.Aggregation;
import org.citystream.dashboard.series.SeriesQuery;
import org.citystream.model.series.Series;
import org.citystream.model.series.TagText;

/**
 * Questions in InfluxQL, one statement each, since InfluxDB 3 takes no more. Names come from the catalogue alone; the one
 * text from outside, the subject, is a string literal.
 */
final class InfluxQl {
    private static final long NANOS = 1_000_000_000L;

    private InfluxQl() {}

    /** The points as they are, for steps that hold one at most: grouping costs InfluxDB three times as much. */
    static String points(SeriesQuery query) {
        return "SELECT " + name(query.field()) + " FROM " + name(query.series().measurement()) + where(query);
    }

    /** Rows of {@code [window start, value...]}, where {@link Answers} knows what the values mean. */
    static String windows(SeriesQuery query) {
        String field = name(query.field());
        String from = " FROM " + name(query.series().measurement()) + where(query);
        return switch (Aggregation.of(query.series(), query.field())) {
            case MEAN -> "SELECT mean(" + field + ")" + from + byStep(query);
            case LAST -> "SELECT last(" + field + ")" + from + byStep(query);
            case HIGHEST -> "SELECT max(" + field + ")" + from + byStep(query);
            case LOWEST -> "SELECT min(" + field + ")" + from + byStep(query);
            case SPACE_MEAN_SPEED ->
                "SELECT sum(flow), sum(vehicles), count(speed), sum(pace) FROM (SELECT"
                        + " \"flow_veh_h\" AS flow, \"flow_veh_h\" / \"speed_kmh\" AS vehicles, \"speed_kmh\" AS speed,"
                        + " 1 / \"speed_kmh\" AS pace" + from + " AND \"speed_kmh\" > 0) WHERE " + within(query)
                        + byStep(query);
            case DIRECTION ->
                "SELECT mean(east), mean(north) FROM (SELECT sin(" + field + " * " + Math.PI / 180
                        + ") AS east, cos(" + field + " * " + Math.PI / 180 + ") AS north" + from + ") WHERE "
                        + within(query) + byStep(query);
        };
    }

    /** Windows of a speed in which nothing moved, if any: those that {@link #windows} leaves out. */
    static String standstill(SeriesQuery query) {
        return "SELECT mean(\"speed_kmh\") FROM " + name(query.series().measurement()) + where(query)
                + " AND \"speed_kmh\" <= 0" + byStep(query);
    }

    /** Of each subject the newest point, whole. */
    static String latest(Series series, Instant at, Duration horizon) {
        String fields = series.fields().keySet().stream().map(InfluxQl::name).collect(Collectors.joining(", "));
        return "SELECT " + fields + " FROM " + name(series.measurement()) + " WHERE "
                + within(at.minus(horizon), at) + " GROUP BY " + name(series.subjectTag())
                + " ORDER BY time DESC LIMIT 1";
    }

    /** Fails without the database or the right to read it; there need not be any data. */
    static String probe() {
        return "SELECT \"completeness\" FROM \"air\" WHERE time > now() - 1m LIMIT 1";
    }

    private static String where(SeriesQuery query) {
        return " WHERE " + name(query.series().subjectTag()) + " = " + literal(TagText.encoded(query.subject()))
                + " AND " + within(query);
    }

    private static String within(SeriesQuery query) {
        return within(query.from(), query.to());
    }

    private static String within(Instant fromExclusive, Instant toInclusive) {
        return "time > " + nanos(fromExclusive) + " AND time <= " + nanos(toInclusive);
    }

    /*
     * A point is stamped with the end of its window, and a step takes (start, end]; InfluxDB's own windows are [start, end).
     * Shifting them by the smallest unit of time turns the one into the other.
     */
    private static String byStep(SeriesQuery query) {
        return " GROUP BY time(" + query.step().getSeconds() + "s, 1ns) fill(none)";
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
    }

    private static String name(String ofCatalogue) {
        return '"' + ofCatalogue + '"';
    }

    /** Backslash and line breaks, which a literal would have to escape as well, are encoded in every tag. */
    private static String literal(String tag) {
        return "'" + tag.replace("'", "\\'") + "'";
    }
}

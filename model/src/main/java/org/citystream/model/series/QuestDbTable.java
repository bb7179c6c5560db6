package org.citystream.model.series;

import java.util.stream.Collectors;

/** The table that a measurement needs in QuestDB: writing the same time and tags again replaces the row. */
public final class QuestDbTable {
    private QuestDbTable() {}

    /** Makes it where there is none yet. */
    public static String create(Series series) {
        String tags = series.tags().stream().map(tag -> tag + " SYMBOL").collect(Collectors.joining(", "));
        String fields = series.fields().entrySet().stream()
                .map(field -> field.getKey() + (field.getValue().equals(Series.TEXT) ? " VARCHAR" : " DOUBLE"))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS '" + series.measurement() + "' (" + tags + ", " + fields
                + ", timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, "
                + String.join(", ", series.tags()) + ")";
    }

    /**
     * How long it keeps rows, counted back from its newest; what is older goes by whole days when a newer day begins.
     *
     * @param days at least 1; 0: for ever
     */
    public static String keep(Series series, int days) {
        return "ALTER TABLE '" + series.measurement() + "' SET TTL " + days + " DAYS";
    }
}

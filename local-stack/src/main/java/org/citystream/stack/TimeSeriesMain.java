package org.citystream.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.citystream.embedded.QuestDbServer;
import org.citystream.model.series.Series;

/** QuestDB with one table for each series, in which writing a point again replaces it. */
public final class TimeSeriesMain {
    private TimeSeriesMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("timeseries", TimeSeriesMain::start);
    }

    private static QuestDbServer start() throws Exception {
        QuestDbServer questDb = QuestDbServer.start(
                EmbeddedMain.dataDirectory(), EmbeddedMain.port("HTTP_PORT"), EmbeddedMain.port("SQL_PORT"));
        createTables(questDb);
        return questDb;
    }

    private static void createTables(QuestDbServer questDb) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(questDb.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (Series series : Series.ALL) {
                statement.execute(createTable(series));
            }
        }
    }

    static String createTable(Series series) {
        String tags = series.tags().stream().map(tag -> tag + " SYMBOL").collect(Collectors.joining(", "));
        String fields = series.fields().entrySet().stream()
                .map(field -> field.getKey() + (field.getValue().equals(Series.TEXT) ? " VARCHAR" : " DOUBLE"))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS '" + series.measurement() + "' (" + tags + ", " + fields
                + ", timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, "
                + String.join(", ", series.tags()) + ")";
    }
}

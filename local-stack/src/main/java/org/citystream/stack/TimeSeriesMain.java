package org.citystream.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.citystream.embedded.QuestDbServer;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.jspecify.annotations.Nullable;

/** QuestDB with one table for each series, in which writing a point again replaces it. */
public final class TimeSeriesMain {
    /** Days of history to keep; without it all of it. */
    private static final String RETENTION = "TIME_SERIES_RETENTION_DAYS";

    private static final int FOR_EVER = 0;

    private TimeSeriesMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("timeseries", TimeSeriesMain::start);
    }

    private static QuestDbServer start() throws Exception {
        int days = retentionDays(System.getenv(RETENTION));
        QuestDbServer questDb = QuestDbServer.start(
                EmbeddedMain.dataDirectory(), EmbeddedMain.port("HTTP_PORT"), EmbeddedMain.port("SQL_PORT"));
        prepareTables(questDb, days);
        return questDb;
    }

    static int retentionDays(@Nullable String setting) {
        if (setting == null || setting.isBlank()) {
            return FOR_EVER;
        }
        if (!setting.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    RETENTION + " must be a number of days, 1 to 99999, not '" + setting + "'");
        }
        return Integer.parseInt(setting);
    }

    /** Makes them where they are missing; how long they keep their rows is said anew at each start. */
    static void prepareTables(QuestDbServer questDb, int days) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(questDb.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (Series series : Series.ALL) {
                statement.execute(QuestDbTable.create(series));
                statement.execute(QuestDbTable.keep(series, days));
            }
        }
    }
}

package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citystream.embedded.QuestDbServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the local stack's QuestDB keeps points: for ever, or so many days back from its newest. */
class TimeSeriesRetentionTest {
    @TempDir
    Path directory;

    @Test
    void oldDaysGoOnlyIfThatIsAskedForAndByTheTimeOfTheData() throws Exception {
        try (QuestDbServer questDb = QuestDbServer.start(directory, 0, 0)) {
            TimeSeriesMain.prepareTables(questDb, 0);
            write(questDb, "2014-09-01T08:00:00Z");
            write(questDb, "2014-09-20T08:00:00Z");
            awaitDays(questDb, "2014-09-01", "2014-09-20");

            TimeSeriesMain.prepareTables(questDb, 7);
            write(questDb, "2014-09-21T08:00:00Z");
            awaitDays(questDb, "2014-09-20", "2014-09-21");

            TimeSeriesMain.prepareTables(questDb, 0);
            write(questDb, "2014-10-21T08:00:00Z");
            awaitDays(questDb, "2014-09-20", "2014-09-21", "2014-10-21");
        }
    }

    @Test
    void aWrongNumberOfDaysIsRefused() {
        assertThat(TimeSeriesMain.retentionDays(null)).isZero();
        assertThat(TimeSeriesMain.retentionDays("90")).isEqualTo(90);
        assertThatThrownBy(() -> TimeSeriesMain.retentionDays("90d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TIME_SERIES_RETENTION_DAYS")
                .hasMessageContaining("'90d'");
    }

    private static void write(QuestDbServer questDb, String at) throws SQLException {
        try (Connection connection = connect(questDb);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO traffic (city, segment, speed_kmh, timestamp) VALUES ('c', 's', 50, '" + at + "')");
        }
    }

    private static void awaitDays(QuestDbServer questDb, String... days) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(days(questDb)).containsExactly(days));
    }

    private static List<String> days(QuestDbServer questDb) throws SQLException {
        try (Connection connection = connect(questDb);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT timestamp FROM traffic")) {
            List<String> days = new ArrayList<>();
            while (rows.next()) {
                days.add(rows.getString(1).substring(0, 10));
            }
            return days;
        }
    }

    private static Connection connect(QuestDbServer questDb) throws SQLException {
        return DriverManager.getConnection(questDb.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
    }
}

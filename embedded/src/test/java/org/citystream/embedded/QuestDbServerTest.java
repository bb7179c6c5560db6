package org.citystream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestDbServerTest {
    @Test
    void takesLineProtocolAndAnswersSqlAlsoAfterARestart(@TempDir Path dataDir) throws Exception {
        try (QuestDbServer questDb = QuestDbServer.start(dataDir, 0, 0)) {
            assertThat(write(questDb, "traffic,segment=lind-1 speed_kmh=41.5 1700000000000000000"))
                    .isEqualTo(204);
            awaitSpeed(questDb, 41.5);
        }
        try (QuestDbServer questDb = QuestDbServer.start(dataDir, 0, 0)) {
            awaitSpeed(questDb, 41.5);
        }
    }

    private static int write(QuestDbServer questDb, String line) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(questDb.url() + "/api/v2/write?org=o&bucket=b&precision=ns"))
                .POST(BodyPublishers.ofString(line + "\n"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    private static void awaitSpeed(QuestDbServer questDb, double expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(speed(questDb)).isEqualTo(expected));
    }

    private static double speed(QuestDbServer questDb) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(questDb.jdbcUrl(), QuestDbServer.USER, QuestDbServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT speed_kmh FROM traffic")) {
            return row.next() ? row.getDouble(1) : Double.NaN;
        }
    }
}

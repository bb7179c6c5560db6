package org.citystream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PostgresServerTest {
    @Test
    void commitsReachTheDiskAndSurviveARestart(@TempDir Path dataDir) throws Exception {
        try (PostgresServer postgres = PostgresServer.start(dataDir, 0)) {
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            execute(postgres, "CREATE TABLE alert (id text)");
            execute(postgres, "INSERT INTO alert VALUES ('a-1')");
        }
        try (PostgresServer postgres = PostgresServer.start(dataDir, 0)) {
            assertThat(query(postgres, "SELECT id FROM alert")).isEqualTo("a-1");
        }
    }

    @Test
    void aServerLeftBehindByAKilledProcessIsStoppedAndItsDataAreKept(@TempDir Path dataDir) throws Exception {
        PostgresServer orphan = PostgresServer.start(dataDir, 0);
        execute(orphan, "CREATE TABLE alert (id text)");
        long orphanPid = Long.parseLong(
                Files.readAllLines(dataDir.resolve("postmaster.pid")).get(0).trim());

        LeftBehindPostgres.stop(dataDir);

        assertThat(ProcessHandle.of(orphanPid)).isEmpty();
        orphan.close();
        try (PostgresServer postgres = PostgresServer.start(dataDir, 0)) {
            assertThat(query(postgres, "SELECT count(*) FROM alert")).isEqualTo("0");
        }
    }

    @Test
    void theDeathOfTheServerIsNoticedItsCloseIsNot(@TempDir Path dataDir) throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        PostgresServer killed = PostgresServer.start(dataDir, 0);
        execute(killed, "CREATE TABLE alert (id text)");
        killed.whenLost(lost::countDown);

        PostgresProcess.of(dataDir).orElseThrow().destroyForcibly();

        assertThat(lost.await(4, TimeUnit.SECONDS)).isTrue();
        killed.close();
        AtomicBoolean lostAgain = new AtomicBoolean();
        try (PostgresServer next = PostgresServer.start(dataDir, 0)) {
            assertThat(query(next, "SELECT count(*) FROM alert")).isEqualTo("0");
            next.whenLost(() -> lostAgain.set(true));
        }
        assertThat(lostAgain).isFalse();
    }

    private static void execute(PostgresServer postgres, String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer postgres, String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}

package org.citystream.alerting.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.citystream.alerting.lifecycle.InvalidDataException;
import org.citystream.alerting.lifecycle.StoreUnavailableException;
import org.citystream.model.wire.PrintableText;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The connection to PostgreSQL. Starts without the database: what needs it fails with {@link StoreUnavailableException}
 * until it is there.
 */
public final class PostgresStore implements AutoCloseable {
    private static final String SCHEMA = "alerting";
    private static final String MIGRATIONS = "classpath:org/citystream/alerting/store/postgres/migration";
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 8;
    private static final int UNHURRIED_CONNECTIONS = 2;
    private static final int LONGEST_MESSAGE = 1000;
    private static final long RULES_LOCK = 0x6369747972756C65L;

    private final ThreadLocal<@Nullable List<Runnable>> afterwards = new ThreadLocal<>();
    private final Remembered remembered = new Remembered();
    private final HikariDataSource dataSource;
    private final HikariDataSource unhurried;
    private final Jdbi jdbi;
    private final Jdbi unhurriedJdbi;

    public PostgresStore(String url, String user, String password) {
        HikariConfig config = configuration(url, user, password);
        config.setPoolName("alerting");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        dataSource = new HikariDataSource(config);
        jdbi = jdbi(dataSource);
        HikariConfig unhurriedConfig = configuration(url, user, password);
        unhurriedConfig.setPoolName("alerting-unhurried");
        unhurriedConfig.setMaximumPoolSize(UNHURRIED_CONNECTIONS);
        unhurriedConfig.setMinimumIdle(0);
        unhurriedConfig.setConnectionInitSql("SET synchronous_commit = off");
        unhurried = new HikariDataSource(unhurriedConfig);
        unhurriedJdbi = jdbi(unhurried);
    }

    private static HikariConfig configuration(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setSchema(SCHEMA);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        // A server that vanished without a word must not hold a transaction for ever.
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A batch of inserts goes as inserts of several rows each.
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }

    private static Jdbi jdbi(HikariDataSource source) {
        Jdbi jdbi = Jdbi.create(source).installPlugin(new PostgresPlugin());
        // The driver's own choice, varchar[], has no operators in common with the columns' text[].
        jdbi.registerArrayType(String.class, "text");
        return jdbi;
    }

    /** Brings the schema up to date. */
    public void migrate() {
        try {
            Flyway.configure(PostgresStore.class.getClassLoader())
                    .dataSource(dataSource)
                    .schemas(SCHEMA)
                    .createSchemas(true)
                    .locations(MIGRATIONS)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            // Flyway's messages go on over several lines, for terminals.
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StoreUnavailableException("cannot bring the schema up to date: " + first, e);
        }
    }

    /** Why the database cannot be used; empty if it can. */
    public Optional<String> problem() {
        try {
            return query(handle -> handle.createQuery("SELECT 1")
                            .mapTo(Integer.class)
                            .findOne()
                            .isPresent()
                    ? Optional.<String>empty()
                    : Optional.of("no answer"));
        } catch (StoreUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Does {@code work} while no other instance changes rules. */
    public <T> T exclusively(Supplier<T> work) {
        return query(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(?)", RULES_LOCK);
            return work.get();
        });
    }

    /** Shared by all transactions of this instance. */
    Remembered remembered() {
        return remembered;
    }

    /** A connection of one's own, to be closed. */
    Handle open() {
        return jdbi.open();
    }

    /** Does all of {@code work} in one transaction, also what it does through other parts of the store. */
    void atomically(Consumer<Handle> work) {
        List<Runnable> afterwards = new ArrayList<>();
        this.afterwards.set(afterwards);
        try {
            query(handle -> {
                work.accept(handle);
                return afterwards;
            });
        } finally {
            this.afterwards.remove();
        }
        afterwards.forEach(Runnable::run);
    }

    /** Does something when this thread's transaction is committed; at once if there is none. */
    public void afterCommit(Runnable work) {
        List<Runnable> waiting = afterwards.get();
        if (waiting == null) {
            work.run();
        } else {
            waiting.add(work);
        }
    }

    /**
     * A single statement, which needs no transaction around it and does not wait for the disk: a crash of the database's
     * machine may take back the last second of such work.
     */
    <T> T unhurriedStatement(Function<Handle, T> work) {
        try {
            return unhurriedJdbi.withHandle(work::apply);
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    /** The same with several statements. */
    <T> T unhurriedQuery(Function<Handle, T> work) {
        try {
            return unhurriedJdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    <T> T query(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    /** SQLSTATE classes 22, 23 and 54 (too long for an index, say): the data are at fault, not the database. */
    RuntimeException translated(JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                // It goes on over several lines, and shows what was to be stored.
                String message = "PostgreSQL: " + PrintableText.of(String.valueOf(sql.getMessage()), LONGEST_MESSAGE);
                return state.startsWith("22") || state.startsWith("23") || state.startsWith("54")
                        ? new InvalidDataException(message, e)
                        : new StoreUnavailableException(message, e);
            }
        }
        return new StoreUnavailableException("PostgreSQL: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        unhurried.close();
        dataSource.close();
    }
}

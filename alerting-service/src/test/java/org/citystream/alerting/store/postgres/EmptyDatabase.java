package org.citystream.alerting.store.postgres;

import org.citystream.testsupport.PostgresExtension;

/** A database for many tests: its schema made once, and emptied by deleting, which is cheaper than TRUNCATE with fsync. */
public final class EmptyDatabase {
    private EmptyDatabase() {}

    /** Once a class. */
    public static void prepare(PostgresExtension postgres) {
        try (PostgresStore store =
                new PostgresStore(postgres.jdbcUrl(), PostgresExtension.USER, PostgresExtension.PASSWORD)) {
            store.migrate();
        }
    }

    /** Before each test. What belongs to alerts, endpoints, messages and groups goes with them. */
    public static void empty(PostgresExtension postgres) {
        postgres.execute("DELETE FROM alerting.alerts; DELETE FROM alerting.endpoints; DELETE FROM alerting.messages;"
                + " DELETE FROM alerting.groups; DELETE FROM alerting.silences; DELETE FROM alerting.consumer_offsets;"
                + " UPDATE alerting.routing SET hash = 'default'");
    }
}

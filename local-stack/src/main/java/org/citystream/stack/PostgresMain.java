package org.citystream.stack;

import org.citystream.embedded.PostgresServer;

/** PostgreSQL. */
public final class PostgresMain {
    private PostgresMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run(
                "postgres",
                () -> PostgresServer.start(EmbeddedMain.dataDirectory(), EmbeddedMain.port("POSTGRES_PORT")));
    }
}

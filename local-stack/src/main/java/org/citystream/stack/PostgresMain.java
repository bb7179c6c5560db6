package org.citystream.stack;

import java.io.IOException;
import java.nio.file.Path;
import org.citystream.embedded.PostgresServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL. */
public final class PostgresMain {
    private static final Logger log = LoggerFactory.getLogger(PostgresMain.class);

    private PostgresMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("postgres", PostgresMain::start);
    }

    private static PostgresServer start() throws IOException {
        PostgresServer server = PostgresServer.start(
                EmbeddedMain.dataDirectory(),
                EmbeddedMain.port("POSTGRES_PORT"),
                Path.of(EmbeddedMain.setting("BINARIES_DIR")));
        server.whenLost(PostgresMain::endWithIt);
        // Unpacking took a hundred megabytes; from here on this process does nothing but wait.
        System.gc();
        return server;
    }

    /** There is nothing left to close; the supervisor starts both again. */
    private static void endWithIt() {
        log.error("the PostgreSQL server has died");
        Runtime.getRuntime().halt(1);
    }
}

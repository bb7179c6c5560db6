package org.citystream.stack;

import java.io.IOException;
import java.nio.file.Path;
import org.citystream.embedded.PostgresServer;

/** PostgreSQL. */
public final class PostgresMain {
    private PostgresMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("postgres", PostgresMain::start);
    }

    private static PostgresServer start() throws IOException {
        PostgresServer server = PostgresServer.start(
                EmbeddedMain.dataDirectory(),
                EmbeddedMain.port("POSTGRES_PORT"),
                Path.of(EmbeddedMain.setting("BINARIES_DIR")));
        // Unpacking took a hundred megabytes; from here on this process does nothing but wait.
        System.gc();
        return server;
    }
}

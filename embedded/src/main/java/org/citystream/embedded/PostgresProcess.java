package org.citystream.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process of a data directory. PostgreSQL's own lock file tells which it is; only one that is a {@code postgres}
 * on that very directory counts. Needs no PostgreSQL library.
 */
public final class PostgresProcess {
    private PostgresProcess() {}

    /** The server that runs on this directory, if one does; its connections are its children. */
    public static Optional<ProcessHandle> of(Path dataDir) throws IOException {
        List<String> lines = lockFile(dataDir);
        if (lines.size() < 2 || !Files.isSameFile(Path.of(lines.get(1).trim()), dataDir)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
    }

    /** {@code postmaster.pid}: the process id in its first line, the data directory in its second. */
    private static List<String> lockFile(Path dataDir) throws IOException {
        try {
            return Files.readAllLines(dataDir.resolve("postmaster.pid"));
        } catch (NoSuchFileException nothingRuns) {
            return List.of();
        }
    }
}
